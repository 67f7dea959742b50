"""The page that writes down one site: drafts that are opened, and what a receipt says."""

import shutil
from types import SimpleNamespace

import pytest
import shapely
from register_fixtures import new_version
from streamlit.testing.v1 import AppTest
from town_fixtures import at
from where import ROOT

from geo.base.problems import InputError
from geo.base.words import Words
from layers.served.register import register_now
from layers.served.town import VARIABLE
from pages.parts.form.form import Form
from pages.parts.frame.office import now_text
from pages.parts.record import draft, form
from surveys.record.history import NOTHING
from surveys.store.drafts import Draft, keep_draft, list_drafts


@pytest.fixture
def register(small_town, tmp_path, monkeypatch):
    made = tmp_path / "town"
    shutil.copytree(small_town, made, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(made))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = register_now()
    groups = [{"_id": "1", "schedule": [{"freq": "weekly", "weekdays": [1]}], "state": "paused"}]
    for site_id, status in (("S01", "active"), ("S02", "closed"), ("S03", "paused")):
        version = new_version(
            site_id, {"name": f"集い{site_id}", "activities": groups}, before=NOTHING, type="salon",
            place=shapely.Point(*at(1, 1)), status={"is": status},
        )  # fmt: skip
        found.save(version)
    yield found
    found.engine.dispose()


def opened(**asked):
    page = AppTest.from_file(str(ROOT / "pages" / "record.py"), default_timeout=120)
    for key, value in {"lang": "ja", **asked}.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def draft_of(page):
    said = page.query_params["draft"]
    return said if isinstance(said, str) else said[0]


def saved(page):
    """Press save on the form and return what the receipt says."""
    id_ = draft_of(page)
    page.button(key=f"save:{id_}").click()
    page.run()
    assert not page.exception, page.exception
    return " ".join(one.proto.body for one in page.get("html"))


def test_a_form_opened_three_times_is_one_untouched_draft_and_none_to_go_on_with(register):
    for _ in range(3):
        opened(site="S01")
    assert len(list_drafts(register)) == 1
    assert "続きから" not in [one.value for one in opened().subheader]


@pytest.mark.parametrize(("site_id", "told"), [("S01", True), ("S02", False), ("S03", True)])
def test_only_a_site_that_stands_is_told_when_to_come_again(register, site_id, told):
    said = saved(opened(site=site_id))
    assert "受付番号" in said and ("次に確認する日" in said) == told


def test_parts_of_a_form_keep_their_answers_and_leave_those_of_the_others(register, monkeypatch):
    first = Draft(id="d1", type="park", changed_at=now_text(), answers={"note": "坂の下"})
    state = {"draft:d1": first, "draft:d1:stored": "9:00", "draft:d1:kept": first.changed_at}
    keep_draft(register, first, over=first.changed_at)
    monkeypatch.setattr(draft.st, "session_state", state)
    office = SimpleNamespace(register=register, lang="ja")
    assert draft._keep_part(office, "d1", {"name": "こかげ"}, ["name", "toilet"])
    assert draft._keep_part(office, "d1", {"toilet": "usable"}, ["name", "toilet"])
    (kept,) = list_drafts(register)
    assert kept.answers == {"note": "坂の下", "toilet": "usable"}


@pytest.mark.parametrize(
    ("whole", "kept", "done"),
    [(True, True, []), (False, True, ["told"]), (False, False, ["rerun", "told"])],
)
def test_a_part_alone_says_that_it_is_kept_and_else_the_page_is_drawn(
    monkeypatch, whole, kept, done
):
    seen = []
    monkeypatch.setattr(form.st, "rerun", lambda: seen.append("rerun"))
    monkeypatch.setattr(form, "show_kept", lambda *_: seen.append("told"))
    turn = form.Turn(keep=lambda *_: kept, whole=whole)
    form._keep_part(Form("d1", None, "ja"), turn, {}, [])
    assert seen == done  # a real rerun goes no further


def test_what_cannot_be_kept_of_one_part_is_told_by_the_page(register, monkeypatch):
    page = opened(type="park")
    id_ = draft_of(page)

    def refuse(*_given, **_how):
        raise InputError(Words("書けません", "cannot write"))

    monkeypatch.setattr("pages.parts.record.draft.keep_draft", refuse)
    page.text_input(key=f"f:{id_}:name").set_value("こかげ児童公園")
    page.run()
    assert not page.exception, page.exception
    assert any("下書きを残せていません" in one.proto.body for one in page.get("html"))
    assert [one.value for one in page.error]
    assert page.text_input(key=f"f:{id_}:name").value == "こかげ児童公園"
