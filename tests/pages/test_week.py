"""どの曜日か: the week's table and small maps as a council reads them, and what is said where no day is known."""

import re
import shutil

import pytest
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.cards.week_table import parts_table, week_table
from layers.served.register import register_now
from layers.served.town import VARIABLE
from layers.served.week import week_now

WEEK = ROOT / "pages" / "week.py"


@pytest.fixture
def register(filled_town, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(shutil.copytree(filled_town, tmp_path / "town")))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield register_now()
    register_now().engine.dispose()


def opened(**query):
    page = AppTest.from_file(str(WEEK), default_timeout=120)
    for key, value in ({"lang": "ja"} | query).items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def bodies(page):
    return " ".join(one.proto.body for one in page.get("html"))


def texts(page):
    raw = re.sub(r"<[^>]+>", " ", bodies(page))
    return re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), raw)


def test_the_week_is_read_aloud_tabled_and_mapped(register):
    page = opened()
    said = texts(page)
    assert "がいちばん多く、" in said and "いちばん少ないのは" in said
    assert "届くことと、通うことは同じではありません" in said
    assert re.search(r"火曜\s+[\d,]+人", said) and "いつか分からない" in said
    assert bodies(page).count("data:image/svg+xml") >= 8  # a small map a weekday, and one of all
    assert [one.proto.label for one in page.get("download_button")] == ["書き出す"] * 3


def test_every_figure_of_the_table_is_the_weeks_own(register):
    from layers.asked import read_asked

    week = week_now(read_asked({}))
    told = re.sub(r"<[^>]+>", " ", week_table(week, "weekly", "ja"))
    row = week.row(weekday="tue", half="am", at_least="weekly")
    assert f"{int(row['within']):,}人" in re.search(r"火曜(.*?)水曜", told)[1]
    assert "だれでも来られる" in parts_table(week, "whom", "any", "ja")


def test_what_the_address_says_is_what_the_small_maps_show(register):
    every, morning = (bodies(opened(**query)) for query in ({}, {"time": "am", "often": "weekly"}))
    assert re.findall(r"alt='([^']*)'", every) != re.findall(r"alt='([^']*)'", morning)


def test_without_a_known_day_it_says_what_to_write(register, monkeypatch):
    monkeypatch.setattr("geo.say.week.days_known", lambda week: False)
    said = texts(opened())
    assert "いつ開くか分かる通いの場が、まだありません" in said and "毎週火曜 10:00〜11:30" in said


def test_the_picture_of_the_week_is_one_svg(register):
    page = opened(picture="on")
    (part,) = [one for one in page.get("bidi_component") if "1080" in str(one.proto)]
    assert "どの曜日なら" in str(part.proto.json) or "u3069" in str(part.proto)
