"""An office's first day: an empty folder, files dropped in any order, the sentence; no command seen."""

import json
import os
import re

import pytest
from browser_town import MARKS, WAIT, settled
from given_files import small_files
from playwright.sync_api import expect
from served_process import answering, free_port, start_kayoi

from geo.sources.town_folder import load_town

pytestmark = MARKS

COMMAND = r"kayoi [a-z]|--[a-z]|town\.toml|コマンド"


@pytest.fixture
def files(tmp_path):
    """The small town's files, one broken and one of another city among them, and a gathered list."""
    made = small_files(tmp_path / "files")
    whole = json.loads(made["border.geojson"].read_text("utf-8"))
    whole["features"][0]["properties"] = {"N03_004": "大槌町", "N03_007": "03461"}
    other = tmp_path / "files" / "N03-20240101_03.geojson"
    other.write_text(json.dumps(whole), encoding="utf-8")
    cho = json.loads(made["cho.geojson"].read_text("utf-8"))
    for one in cho["features"]:
        one["properties"]["CITY_NAME"] = "焼津市"
    made["cho.geojson"].write_text(json.dumps(cho, ensure_ascii=False), encoding="utf-8")
    broken = tmp_path / "files" / "道.osm.pbf"
    broken.write_bytes(b"\x00\x00\x00\x0dnot a map at all")
    return made | {"other": other, "broken": broken}


@pytest.fixture
def served(tmp_path):
    folder, port = tmp_path / "わたしの 街", free_port()
    server = start_kayoi(
        "serve", "--town", str(folder), "--port", str(port),
        env={**os.environ, "KAYOI_LANG": "ja", "HOME": str(tmp_path)},
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    with answering(server, address):
        yield folder, address


def test_from_an_empty_folder_to_the_sentence_and_to_streets_later(window, served, files):
    folder, address = served
    page = window.new_page()
    page.set_default_timeout(WAIT)
    page.goto(address)
    expect(page.get_by_role("heading", name="どんな街をつくるか")).to_be_visible()
    assert page.url.startswith(f"{address}/make")
    # Without streets first, people before the areas they belong to, one broken, one of elsewhere.
    give(page, [files["people.csv"], files["broken"], files["other"]], 3)
    give(page, [files["salons.csv"], files["cho.geojson"], files["border.geojson"]], 6)
    page.get_by_role("button", name="静岡県焼津市").click()
    expect(
        page.get_by_text("岩手県大槌町のファイルです。焼津市のものではありません")
    ).to_be_visible()
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text("読めない")
    expect(main).to_contain_text("なくてもつくれます。道のりではなく直線の距離で数え")
    no_command(page)
    page.get_by_role("button", name="この街をつくる").click()
    expect(page.get_by_text("街ができました")).to_be_visible(timeout=3 * WAIT)
    expect(main).to_contain_text("直線")
    expect(main).to_contain_text("ここまで")
    no_command(page)
    assert load_town(folder).streetless and int(load_town(folder).cells["people_65"].sum()) == 400
    page.get_by_role("button", name="終わる").click()
    # Later: streets come, and what they change is seen before they are taken.
    give(page, [files["streets.osm"]], 1)
    page.get_by_role("button", name="新しい街をつくって").click()
    expect(page.get_by_text("替えると、こう変わります")).to_be_visible(timeout=3 * WAIT)
    # A line may break between a word and what stands in brackets behind it.
    table = page.locator("table.kz-table").inner_text().replace(" ", "")
    assert "なし（直線で数える）" in table and "km" in table and "％）直線" in table
    no_command(page)
    page.get_by_role("button", name="新しい街に替える").click()
    expect(page.get_by_text("街はできています")).to_be_visible()
    assert not load_town(folder).streetless
    page.goto(f"{address}/coverage")
    expect(page.locator(".kz-read").first).to_contain_text("65歳以上の")
    assert "直線" not in page.locator(".kz-read").first.inner_text()
    page.close()


def give(page, files, count):
    page.locator("input[type=file]").first.set_input_files(files)
    expect(page.get_by_text(f"置いたファイル {count}")).to_be_visible()
    settled(page)


def no_command(page):
    text = page.locator("[data-testid=stMain]").inner_text()
    assert not re.search(COMMAND, text), re.search(f".*({COMMAND}).*", text)[0]
