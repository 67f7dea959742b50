"""会議: gap, why, plans, what we do; each with its figures, without a plan too; led by keys."""

import re
import shutil

import pytest
from register_fixtures import new_version
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.asked import read_asked
from layers.day.decided import is_carried_out
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now
from layers.served.walking import day_now
from pages.parts.meeting.concerns import ASKED
from pages.parts.meeting.hidden import hidden_now
from surveys.record.plan import Change, Plan
from surveys.store.listing import SiteQuery, each_site
from surveys.store.plans import bring_back, find_plan, list_plans, put_away, save_plan

MEETING = ROOT / "pages" / "meeting.py"
HOSTILE = "<b>{{7*7}}</b>"


@pytest.fixture
def register(filled_town, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(shutil.copytree(filled_town, tmp_path / "town")))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield register_now()
    register_now().engine.dispose()


def without_story(register):
    """Put the demo's own plans away, and let no council see its concerns."""
    for one in list_plans(register):
        put_away(register, one.id, now="2026-12-01T00:00:00.000Z")
    for site in list(each_site(register, SiteQuery(types=("concern",)))):
        answers = {**site.answers, "audience": "staff"}
        register.save(
            new_version(site.id, answers, type="concern", before=site.state, place=site.place)
        )


def keep(register, id_, title, *changes):
    plan = Plan(id=id_, number=0, parent=0, title=title, changes=changes, by="地区の係",
                made_at="2026-12-01T00:00:00.000Z")  # fmt: skip
    return save_plan(register, plan)


def opened(**query):
    page = AppTest.from_file(str(MEETING), default_timeout=120)
    for key, value in ({"lang": "ja"} | query).items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def texts(page):
    raw = re.sub(r"<[^>]+>", " ", " ".join(one.proto.body for one in page.get("html")))
    return re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), raw)


def title(page):
    return page.title[0].value


def salon_at(register):
    table = day_now().salons
    return str(table["site_id"].iloc[0])


def test_without_a_plan_the_gap_and_why_are_shown_and_how_to_make_one(register):
    without_story(register)
    page = opened()
    page.button(key="mt_start").click().run()
    assert page.query_params["step"] in ("1", ["1"]) and "none" in page.query_params["plans"]
    assert title(page) == "通いの場まで、歩いて通えるのは何人か"
    assert "届くことと、通うことは同じではありません" in texts(page) and "前提：" in texts(page)
    assert "「空白をさがす」と同じです" in texts(page)
    page.button(key="mt_next").click().run()
    assert title(page).endswith("の人は、なぜ届かないか") and "わけを分けると" in texts(page)
    page.button(key="mt_next").click().run()
    assert "まだ検討案がありません" in texts(page) and page.button(key="mt_next").disabled
    page.button(key="mt_back").click().run()
    page.button(key="mt_leave").click().run()
    assert "step" not in page.query_params and page.button(key="mt_start")


def test_two_plans_then_what_is_decided(register):
    site = salon_at(register)
    keep(register, "p", "休みの案", Change(do="pause", site_id=site))
    keep(register, "q", HOSTILE, Change(do="close", site_id=site))
    shown = {"plans": "p,q"}
    first, second = (opened(step=str(step), **shown) for step in (3, 4))
    assert "案A「休みの案」" in title(first) and "案B" in title(second)
    for page in (first, second):
        assert "届かなくなるのは" in texts(page) or "届かなくなる人もいません" in texts(page)
    away = find_plan(register, "p")
    put_away(register, "p", now="2026-12-02T00:00:00.000Z", by="係")
    gone, second = (opened(step=str(step), **shown) for step in (3, 4))
    assert "案A「休みの案」" in title(gone) and "しまってあります" in texts(gone)
    assert "案B" in title(second)
    assert "しまってあります" in texts(opened(**shown))
    bring_back(register, "p", now="2026-12-03T00:00:00.000Z", by="地区の係")
    assert find_plan(register, "p").changes == away.changes
    last = opened(step="5", **shown)
    assert "進める案" in str(last.segmented_control) or title(last) == "どの案で進めるか"
    decided = opened(step="5", decided="p", **shown)
    assert title(decided) == "これから、何をするか"
    assert "地区の係" in texts(decided) and "休みに入った日に" in texts(decided)
    assert opened(step="99", decided="p", **shown).button(key="mt_next").disabled


def test_a_plan_that_was_carried_out_says_so_and_is_asked_about_no_more(register):
    plane = town_now().plane
    done = [one.id for one in list_plans(register) if is_carried_out(register, one, plane)]
    site = salon_at(register)
    keep(register, "p", "休みの案", Change(do="pause", site_id=site))
    assert done, "the demo has a plan that was built"
    shown = {"plans": f"{done[0]},p"}
    page = opened(step="3", **shown)
    assert "もう行われています" in texts(page) and "新しく届く" not in texts(page)
    last = opened(step="5", **shown)
    assert title(last) == "これから、何をするか" and "休みに入った日に" in texts(last)


def test_what_is_hidden_is_found_once_for_all_screens_and_each_plans_counts_with_them(register):
    asked, salons = read_asked({}), day_now().salons["site_id"]
    alone = hidden_now(asked, [])
    assert hidden_now(asked, []) is alone
    paused = [hidden_now(asked, [(Change(do="pause", site_id=str(one)),)]) for one in salons]
    assert any(one.counts - alone.counts for one in paused)
    # A plan that cannot be counted shows no count, and hides none.
    gone = (Change(do="pause", site_id="nowhere"),)
    assert hidden_now(asked, [gone]) == alone


def test_a_concern_a_council_may_see_stands_last_with_its_answer_and_nothing_private(register):
    without_story(register)
    steps = {
        "name": "田中さん宅の坂", "state": "working", "thought": "秘密の考え", "actor": "秘密の課",
        "private_reason": "秘密のわけ", "note": "秘密の話", "tier": "tier_2", "area": ["西原", "鈴木さん宅の辺り"],
        "way": [
            {"_id": "a", "on": "2026-05-01", "what": "raised", "level": "tier_2", "meeting": "第2回 協議体"},
            {"_id": "b", "on": "2026-08-01", "what": "answered", "level": "city", "note": "鈴木さんが手すりをつける"},
        ],
    }  # fmt: skip
    register.save(new_version("staff", {**steps, "name": "庁内の課題"}, type="concern", place=None))
    last = opened(step="99", plans="none")
    assert title(last) != str(ASKED.ja) and "庁内の課題" not in texts(last)
    for audience, id_ in (("council", "seen"), ("public", "all")):
        answers = {**steps, "audience": audience}
        register.save(new_version(id_, answers, type="concern", place=None))
    page = opened(step="99", plans="none")
    told = texts(page)
    assert title(page) == ASKED.ja and told.count("宅の坂") == 2
    assert (
        "答え（令和8年8月1日）：（伏せた）が手すりをつける" in told
        and "出た会議：第2回 協議体" in told
    )
    assert "市" in told and "取り組み中" in told
    assert "地区：西原、（伏せた）宅の辺り" in told or "地区：西原、（伏せた）の辺り" in told
    for hidden in ("田中", "鈴木", "秘密", "庁内の課題"):
        assert hidden not in told
    assert "Answer (" in texts(opened(step="99", plans="none", lang="en"))
