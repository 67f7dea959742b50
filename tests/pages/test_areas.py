"""地区シート: what is chosen stands in the address, the file holds it, and a council sees no small count."""

import io
import json
import re
import shutil
import zipfile

import pytest
import shapely
from pdf_pages import pages_of
from streamlit.testing.v1 import AppTest
from where import ROOT

from geo.say.masked import MASKED
from layers.asked import read_asked
from layers.maps.picked_map import drawn_group, picked_group, picked_legend
from layers.pdf.make import PdfError
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now
from pages.parts.sheets.choice import Choice

PAGE = ROOT / "pages" / "areas.py"
ONE, TWO = "99201008000", "99201009000"


@pytest.fixture
def town(filled_town, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(shutil.copytree(filled_town, tmp_path / "town")))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield town_now()
    register_now().engine.dispose()


@pytest.fixture
def maps(monkeypatch):
    """The layers of each map that was drawn, and what tells it that it was pressed."""
    drawn = []

    def mount(key, data, told):
        drawn.append((key, data["layers"], told))

    monkeypatch.setattr("pages.parts.frame.show_map._mount", mount)
    return drawn


def opened(**query):
    page = AppTest.from_file(str(PAGE), default_timeout=120)
    for key, value in ({"lang": "ja"} | query).items():
        page.query_params[key] = value
    return again(page)


def again(page):
    page.run()
    assert not page.exception, page.exception
    return page


def texts(page):
    raw = [
        re.sub(r"<style>.*?</style>|<[^>]+>", "", one.proto.body, flags=re.DOTALL)
        for one in page.get("html")
    ]
    told = " ".join(re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), one) for one in raw)
    return told.replace("\u200b", "")


def said(page, name):
    found = page.query_params.get(name, "")
    return found if isinstance(found, str) else found[0]


def chosen_on(maps):
    (layer,) = [one for one in maps[-1][1] if one["function"] == "picked"]
    return layer["options"]["ids"]


def made(page):
    """The file of the download button: its name and its bytes."""
    held = page.session_state["sh_made"]
    return held.name, held.data


def press(page, key):
    page.button(key=key).click()
    return again(page)


def test_all_are_chosen_at_first_and_each_way_of_choosing_is_the_address(town, maps):
    page = opened()
    ids = [str(one) for one in town.division("町丁目")["area_id"]]
    assert chosen_on(maps) == ids and f"{len(ids)}枚" in texts(page)
    press(page, "sh_none")
    assert said(page, "areas") == "none:" and "まだ1つも" in texts(page)
    assert page.button(key="sh_make").disabled
    page.checkbox(key=f"sh_on_0_{ids[0]}").check()
    again(page)
    assert said(page, "areas") == ids[0] and chosen_on(maps) == [ids[0]]
    assert "地区のうち 1枚" in texts(page)
    press(page, "sh_all")
    assert "areas" not in page.query_params
    # A press on the map takes out what is chosen.
    choice = Choice(division="町丁目", ids=tuple(ids), names=tuple(ids), chosen=tuple(ids))
    assert choice.turned(ids[3]) == f"but:{ids[3]}"
    opened(areas=choice.turned(ids[3]))
    assert chosen_on(maps) == [*ids[:3], *ids[4:]]


def test_a_reload_shows_the_same_and_another_division_begins_with_all(town, maps):
    asked = {"areas": f"{ONE},{TWO}", "for": "council", "size": "A3", "order": "name", "file": "each",
             "compare": "2026-10-01", "without": "memo,why", "people": "75", "within": "800m"}  # fmt: skip
    page = opened(**asked)
    assert {name: said(page, name) for name in asked} == asked
    assert chosen_on(maps) == [ONE, TWO] and "2枚（A3で、" in texts(page)
    links = " ".join(one.proto.body for one in page.get("html"))
    for part in ("for&#61;council", "size&#61;A3", "compare&#61;2026-10-01", "within&#61;800m"):
        assert part in links or part.replace("&#61;", "=") in links
    page = opened(areas=f"{ONE},{TWO}")
    page.session_state["q_division"] = "日常生活圏域"
    again(page)
    assert "areas" not in page.query_params and "4枚" in texts(page)
    assert "この番号の地区はありません" not in texts(page)
    assert "この番号の地区はありません（x）" in texts(opened(areas=f"x,{ONE}"))


def test_the_file_holds_the_chosen_areas_and_goes_when_the_choice_does(town, maps):
    page = press(opened(areas=f"{ONE},{TWO}"), "sh_make")
    name, data = made(page)
    assert re.fullmatch(rf"{town.name}_町丁目_地区シート_\d{{4}}-\d\d-\d\d_庁内用\.pdf", name)
    whole = "".join(pages_of(data)).replace(" ", "")
    names = dict(zip(town.division("町丁目")["area_id"].astype(str),
                     town.division("町丁目")["area_name"], strict=True))  # fmt: skip
    assert all(f"{names[one]}では" in whole for one in (ONE, TWO))
    assert sum(f"{one}では、歩いて" in whole for one in names.values()) == 2
    assert "2枚ができました" in texts(page) and page.get("download_button")
    press(page, "sh_all")
    assert "sh_made" not in page.session_state and not page.get("download_button")


def test_one_each_for_a_council_is_a_zip_without_the_offices_mark(town, maps):
    page = press(opened(areas=f"{ONE},{TWO}", file="each", **{"for": "council"}), "sh_make")
    name, data = made(page)
    assert name.endswith(".zip") and "庁内用" not in name
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == 2
        assert all(
            "庁内用" not in "".join(pages_of(archive.read(one))) for one in archive.namelist()
        )


def test_a_councils_page_shows_no_count_below_ten_and_the_office_all(town, maps):
    office, council = texts(opened()), texts(opened(**{"for": "council"}))
    small = re.compile(r"届かない [1-9]人")
    assert small.search(office), "the demo has an area of few"
    assert not small.search(council) and f"届かない {MASKED.ja}" in council
    assert "数えなければ、届かない人は" in office and "数えなければ" not in council
    assert "10人未満の数" in council and "10人未満の数" not in office


def test_a_shape_is_drawn_corner_by_corner_named_and_made(town, maps):
    box = town.plane.to_degrees(town.border.centroid.buffer(500, cap_style="square"))
    corners = [f"{lat:.5f},{lng:.5f}" for lng, lat in shapely.get_coordinates(box)[:4].tolist()]
    page = opened(mode="shape")
    assert "形の角を順に" in texts(page) and page.button(key="sh_make").disabled
    assert "あと 1つ" in texts(opened(mode="shape", corners=";".join(corners[:2])))
    page = opened(mode="shape", corners=";".join(corners), name="駅の北")
    assert "形の中の人" in texts(page) and "駅の北" in texts(page)
    name, data = made(press(page, "sh_make"))
    assert "_駅の北_地区シート_" in name and "駅の北では" in pages_of(data)[0].replace(" ", "")
    press(page, "sh_back")
    assert said(page, "corners") == ";".join(corners[:3])
    press(page, "sh_clear")
    assert "corners" not in page.query_params
    crossing = ";".join(corners[one] for one in (0, 2, 1, 3))
    assert "線が交わっています" in texts(opened(mode="shape", corners=crossing))
    assert "アドレスの一部" in texts(opened(mode="shape", corners="here"))


def test_a_shape_comes_in_a_file_and_what_is_none_is_refused_in_words(town, maps):
    box = town.plane.to_degrees(town.border.centroid.buffer(500, cap_style="square"))
    data = json.dumps(
        {"type": "Feature", "properties": {}, "geometry": json.loads(shapely.to_geojson(box))}
    )
    page = opened(mode="shape")
    page.file_uploader[0].set_value(("みなと.geojson", data.encode(), "application/geo+json"))
    again(page)
    assert "みなと" in texts(page) and "渡されたファイルの形" in texts(page)
    assert made(press(page, "sh_make"))[0].startswith(f"{town.name}_みなと_")
    page.file_uploader[0].set_value(("a.geojson", b"<OGRVRTDataSource/>", "application/geo+json"))
    again(page)
    assert page.button(key="sh_make").disabled and "kz-fault" in str(
        [one.proto.body for one in page.get("html")]
    )


def test_a_failure_says_what_to_do_and_that_nothing_was_lost(town, maps, monkeypatch):
    def fail(*_args):
        raise PdfError("template")

    monkeypatch.setattr("pages.parts.sheets.making.as_pdf", fail)
    page = press(opened(areas=ONE), "sh_make")
    assert "元のデータは変わっていません" in texts(page) and "template" not in texts(page)
    assert not page.get("download_button")


def test_the_list_is_searched_by_name_and_unfolds(town, maps):
    page = opened()
    assert len(page.checkbox) == 12
    press(page, "sh_show_more")
    assert len(page.checkbox) == len(town.division("町丁目"))
    page.text_input(key="sh_find").set_value("緑ヶ丘")
    again(page)
    assert len(page.checkbox) == 3
    page.text_input(key="sh_find").set_value("どこにもない")
    assert "その名前の地区はありません" in texts(again(page))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_card_of_an_area_leads_to_its_sheet(town, maps, lang):
    page = AppTest.from_file(str(ROOT / "pages" / "coverage.py"), default_timeout=120)
    page.query_params["lang"], page.query_params["at"] = lang, f"area:{ONE}"
    again(page)
    body = " ".join(one.proto.body for one in page.get("html"))
    word = "この地区のシート" if lang == "ja" else "This area's sheet"
    assert word in body and f"areas={ONE}" in body.replace("&#61;", "=")


def test_english_is_whole(town, maps):
    for query in ({}, {"mode": "shape", "for": "council"}):
        told = re.sub(r"Sources?:.*", "", texts(opened(lang="en", **query)))
        left = re.findall(r"[ぁ-ん]+", re.sub(r"“[^”]*”|\([^)]*\)", "", told))
        assert left in ([], ["ヶ"]), left


def test_the_map_names_its_layers(town):
    assert "かいた形" in picked_legend("ja", drawn=True) and "chosen" in picked_legend("en")
    assert picked_group("町丁目", "v", [ONE]) is not None
    assert drawn_group(read_asked({}), "町丁目", "v", [(35.0, 138.0)]) is not None
