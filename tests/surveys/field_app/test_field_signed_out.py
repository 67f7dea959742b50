"""Signed out outdoors, and a tablet opened without https: written on, kept, and sent afterwards."""

import re
import subprocess
import sys

import pytest
from browser_town import ARGUMENTS, MARKS, WAIT
from field_town import FieldTown, Tablet, held_by, picture, say_who
from field_writing import answer, begin, received, save, send_now, wait_until_sent
from playwright.sync_api import expect

pytestmark = MARKS

NAME, PASSWORD, NEXT = "田中", "桜の木の下で会いましょう", "つぎの合いことばはこれです"


def kayoi_user(town, action, password=None):
    words = [sys.executable, "-m", "geo.cli", "user", action, NAME, "--town", str(town.folder)]
    given = ["--password-stdin"] if password else []
    subprocess.run([*words, *given], input=password, text=True, check=True, capture_output=True)


@pytest.fixture(scope="module")
def closed_town(built_towns, tmp_path_factory):
    """A town of its own that asks for sign-in."""
    made = FieldTown(built_towns.filled(), tmp_path_factory.mktemp("closed") / "town")
    kayoi_user(made, "add", PASSWORD)
    yield made.start()
    made.kill()


@pytest.fixture
def tablet(playwright, chromium, closed_town, tmp_path):
    made = Tablet(playwright, chromium, tmp_path / "profile", closed_town.address)
    yield made
    made.close()
    assert made.faults == []


def sign_in(page, password=PASSWORD):
    page.get_by_label("名前").fill(NAME)
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="サインイン").click()


def take_along(tablet):
    page = tablet.open()
    sign_in(page)
    page.get_by_role("button", name="この端末に入れる").click()
    say_who(page)
    return page


def end_on_the_server(tablet, town):
    kayoi_user(town, "disable")
    kayoi_user(town, "enable")
    return PASSWORD


def change_the_password(tablet, town):
    kayoi_user(town, "password", NEXT)
    return NEXT


def lose_the_cookie(tablet, town):
    tablet.kill()
    tablet.open("/field/manifest.webmanifest")
    tablet.context.clear_cookies()
    return PASSWORD


@pytest.mark.parametrize("lose", [end_on_the_server, lose_the_cookie, change_the_password])
def test_who_is_signed_out_outdoors_writes_on_and_sends_after_signing_in(tablet, closed_town, lose):
    page, name = take_along(tablet), f"{lose.__name__}のベンチ"
    page.wait_for_function("() => navigator.serviceWorker.controller !== null", timeout=WAIT)
    tablet.context.set_offline(True)
    begin(page, name=name)
    answer(page, "背もたれ", "あり")
    page.locator(".shoot input[type=file]").set_input_files(picture(5))
    expect(page.locator(".shot:not(.busy)")).to_have_count(1, timeout=WAIT)
    save(page)
    password = lose(tablet, closed_town)
    page = tablet.open()
    tablet.context.set_offline(False)
    send_now(page)
    expect(page.locator("#chip")).to_contain_text(
        "サインインすると送る・送っていない 1件", timeout=WAIT
    )
    expect(page.get_by_text("記録はこの端末に残っている。サインインすると送る")).to_be_visible()
    assert received(closed_town, name) == []
    tablet.context.set_offline(True)
    page.reload()
    begin(page, name=name + "2")
    save(page)
    assert {row["state"] for row in held_by(page, "outbox")} <= {"waiting", "trying"}
    tablet.context.set_offline(False)
    send_now(page)
    page.get_by_role("link", name="サインインする", exact=True).click()
    sign_in(page, password)
    page.wait_for_function("() => location.pathname === '/field/'", timeout=WAIT)
    wait_until_sent(page)
    expect(page.get_by_text("端末 2件・写真 1枚 ＝ サーバー 2件・1枚")).to_be_visible(timeout=WAIT)
    assert [one["state"] for each in (name, name + "2") for one in received(closed_town, each)] == [
        "kept"
    ] * 2


def test_without_https_it_says_what_is_missing_and_words_are_sent_all_the_same(
    playwright, chromium, closed_town, tmp_path, monkeypatch
):
    kayoi_user(closed_town, "password", PASSWORD)
    rules = "--host-resolver-rules=MAP tablet.test 127.0.0.1"
    monkeypatch.setattr("field_town.ARGUMENTS", [*ARGUMENTS, rules])
    address = f"http://tablet.test:{closed_town.port}"
    tablet = Tablet(playwright, chromium, tmp_path / "plain", address)
    try:
        page = tablet.open()
        sign_in(page)
        needs = page.get_by_text("https で始まるアドレスで開いてください").first
        expect(needs).to_be_visible(timeout=WAIT)
        page.get_by_role("button", name="この端末に入れる").click()
        expect(page.get_by_text("電波がないと開けない").first).to_be_visible(timeout=WAIT)
        begin(page, name="http のベンチ")
        page.locator(".shoot input[type=file]").set_input_files(picture(6))
        said = page.locator(".q-fault").get_by_text(
            "写真を残すには https で始まるアドレスで開いてください"
        )
        expect(said).to_be_visible(timeout=WAIT)
        page.get_by_role("button", name="今いる所にする").click()
        expect(page.get_by_text(re.compile("暗号化されていない（http）")).first).to_be_visible(
            timeout=WAIT
        )
        save(page)
        wait_until_sent(page)
        assert tablet.faults == []
    finally:
        tablet.close()
    (one,) = received(closed_town, "http のベンチ")
    assert one["state"] == "kept"
