"""きょう: the day's work, each one press away, on a first day and on another."""

import shutil
from datetime import timedelta

import pytest
from register_fixtures import new_version
from sheet_fixtures import point, put
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.served.clock import now_in_japan, now_in_utc
from layers.served.register import register_now
from layers.served.town import VARIABLE
from surveys.record.walk import WALK
from surveys.store.drafts import Draft, keep_draft


@pytest.fixture
def register(small_town, tmp_path, monkeypatch):
    folder = tmp_path / "town"
    shutil.copytree(small_town, folder, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield register_now()
    register_now().engine.dispose()


def shown(**asked):
    page = AppTest.from_file(str(ROOT / "pages" / "today.py"), default_timeout=120)
    for name, text in asked.items():
        page.query_params[name] = text
    page.run()
    assert not page.exception
    return " ".join(one.proto.body for one in page.get("html"))


def test_on_a_first_day_there_are_three_ways_to_begin_and_the_figures_there_are(register):
    said = shown()
    assert "見て書いた記録は、まだありません" in said
    for way in ("/imports", "/record", "/walks", "/coverage"):
        assert f"href='{way}'" in said
    assert "通いの場があります" in said and "次の踏査" not in said


def test_the_days_work_is_one_press_away(register):
    day = now_in_japan().date()
    put(register, "park", "p1", {"name": "<b>中央公園"}, place=point(1, 2), on="2020-01-01")
    ahead = {"name": "来週の踏査", "on": (day + timedelta(days=7)).isoformat(), "places": ["p1"]}
    put(register, WALK.id, "w2", ahead, place=None)
    put(register, WALK.id, "w1", {**ahead, "name": "東町を歩く", "on": day.isoformat()}, place=None)
    keep_draft(
        register,
        Draft(id="d1", type="bench", changed_at=now_in_utc(), answers={"note": "x"}, by="田中"),
    )
    said = shown()
    assert "きょうの踏査" in said and "/walks?walk=w1" in said and "ほかに 1回" in said
    assert "/karte?site=p1" in said and "中央公園" in said and "<b>中央公園" not in said
    assert "/record?draft=d1" in said and "田中" in said
    assert "まだ何も届いていません" in said
    assert "Today's walk" in shown(lang="en") and "lang=en" in shown(lang="en")


def test_a_walk_begun_today_stays_todays_until_every_place_was_come_to(register):
    day = now_in_japan().date()
    for id_ in ("p1", "p2"):
        put(register, "park", id_, {"name": id_}, place=point(1, 2), on="2020-01-01")
    walk = {"name": "東町を歩く", "on": day.isoformat(), "places": ["p1", "p2"]}
    put(register, WALK.id, "w1", walk, place=None)
    for id_, told in (("p1", "あと 1か所"), ("p2", "これから歩く踏査")):
        seen = register.site(id_)
        register.save(
            new_version(
                id_, {**seen.answers, "note": "見た"}, type="park", before=seen.state, walk_id="w1"
            )
        )
        assert told in shown()
    assert "きょうの踏査" not in shown()
