"""前と後, and the line that leads there: what a walk changed is said, named, and seen once."""

import json
import re
import shutil

import pytest
from register_fixtures import new_version
from shapely import Point
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.routes.answers import make_answer_routes
from layers.served.clock import today_in_japan
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now
from layers.served.walking import day_now

COVERAGE = ROOT / "pages" / "coverage.py"
BEFORE_AFTER = ROOT / "pages" / "before_after.py"
ANSWER = "people=65&walker=elderly&within=500m&division=町丁目"


@pytest.fixture
def town(filled_town, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(shutil.copytree(filled_town, tmp_path / "town")))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield town_now()
    register_now().engine.dispose()


def opened(file, **query):
    page = AppTest.from_file(str(file), default_timeout=120)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def texts(page):
    raw = [re.sub(r"<[^>]+>", " ", one.proto.body) for one in page.get("html")]
    return " ".join(re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), one) for one in raw)


def add_salon(town):
    lon, lat = town.plane.to_lonlat([-1300.0], [3600.0])
    register_now().save(
        new_version(
            "new", {"name": "新しい集い", "activities": [{"_id": "a", "state": "active"}]},
            type="salon", place=Point(float(lon[0]), float(lat[0])),
            made_at=f"{today_in_japan()}T00:00:00Z",
        )
    )  # fmt: skip


def test_what_was_recorded_since_the_last_look_is_told_until_it_is_seen(town):
    opened(COVERAGE, lang="ja").button(key="since_seen").click().run()  # what the demo has to tell
    assert "前に見たとき" not in texts(opened(COVERAGE, lang="ja"))
    add_salon(town)
    page = opened(COVERAGE, lang="ja")
    assert re.search(r"前に見たとき（令和.*?）から：新しい1（新しい集い）", texts(page))
    link = next(one.proto.body for one in page.get("html") if "before_after" in one.proto.body)
    assert re.search(r"from=\d{4}-\d\d-\d\d", link) and "known=on" in link
    assert "新しい1" in texts(opened(COVERAGE, lang="ja"))  # a reload does not take it away
    page.button(key="since_seen").click().run()
    assert "前に見たとき" not in texts(opened(COVERAGE, lang="ja"))


def test_the_ledger_of_the_demo_says_who_lost_a_hall_and_adds_up(town):
    page = opened(BEFORE_AFTER, lang="ja", **{"from": "2026-06-22"})
    said = texts(page)
    assert "届かなくなる 103人" in said and "西町公会堂 休止 −103" in said
    assert "いま分かっているかぎりの、その日のようすで数える" in said
    table = next(one.proto.body for one in page.get("html") if "<table" in one.proto.body)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table)[1:]
    figures = [
        [int(re.sub(r"\D", "", cell)) for cell in re.findall(r"<td class='n'>(.*?)</td>", row)]
        for row in rows
    ]
    assert [sum(column) for column in zip(*figures[:-1], strict=True)][:2] == figures[-1][:2]
    assert sum(figures[-1]) == int(day_now().built.cells["people_65"].sum())


def test_an_earlier_day_that_is_not_earlier_is_said_so(town):
    page = opened(BEFORE_AFTER, lang="ja", **{"from": today_in_japan()})
    assert "前の日が、後の日より前ではありません" in texts(page)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("from=2026-06-22&known=maybe", "known is on or nothing"),
        ("from=yesterday", "no day"),
        ("known=on", "no day at all"),
    ],
)
def test_an_address_that_says_no_day_is_refused_in_words(town, query, why):
    client = TestClient(Starlette(routes=make_answer_routes()))
    assert client.get(f"/answer/changes.geojson?{ANSWER}&{query}").status_code == 400, why
    shown = opened(BEFORE_AFTER, lang="ja", **dict(one.split("=") for one in query.split("&")))
    assert "地区ごとの増減" in [one.value for one in shown.subheader], why


def test_the_map_gets_what_the_table_says(town):
    client = TestClient(Starlette(routes=make_answer_routes()))
    answer = client.get(f"/answer/changes.geojson?{ANSWER}&from=2026-06-22")
    features = json.loads(answer.text)["features"]
    assert sum(one["properties"]["lost"] for one in features) == 103
    assert sum(one["properties"]["gained"] for one in features) == 0


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ({"from": "1900-01-01"}, ""),
        ({"from": "1899-12-31"}, "1899-12-31 は古すぎます"),
        ({"from": "9999-12-31"}, "9999-12-31 は、まだ来ていない日です"),
        ({"from": "きのう"}, "「きのう」は日付として読めません"),
        ({"from": "2026-06-22", "known": "yes"}, "known の「yes」は分かりません"),
        ({"from": "2026-06-22", "weekday": "祝"}, "曜日「祝」が読めません"),
        ({"from": "2026-06-22", "eligible": "yes"}, "「yes」は分かりません"),
        ({"from": "2026-06-22", "half": "am"}, ""),
        ({"to": "2026-07-01", "form": "2026-06-22"}, "この画面では使わないもの: form・to"),
    ],
)
def test_what_an_address_says_is_used_or_said_not_to_be(town, query, line):
    page = opened(BEFORE_AFTER, lang="ja", **query)
    said = texts(page)
    assert ("アドレスの一部を使っていません" in said) == bool(line)
    assert line in said
    if not line:
        assert page.date_input(key="q_before").value.isoformat() == query["from"]
