"""The demo town has something to say on every page, of every kept kind and in every report.

A new page or kept kind fails here until the demo has a story for it, or a reason why not.
"""

import html
import re
import shutil
from datetime import timedelta

import pytest
from built_towns import TODAY
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest
from where import ROOT

from geo.base.words import Words
from geo.sources.town_folder import load_town
from layers.day.reported import make_report
from layers.served.clock import now_in_japan
from layers.served.register import register_now
from layers.served.town import VARIABLE
from pages.parts.frame.declared import find_pages
from surveys.reports import REPORTS
from surveys.reports.parts.days import before, cut_days
from surveys.reports.parts.made import MadeText
from surveys.reports.parts.paper import count_rows
from surveys.store.kept import KINDS
from surveys.store.listing import count_types, list_walks
from surveys.store.plans import list_plans
from surveys.store.register import open_register
from surveys.types import RECORD_TYPES

# What stands on a page at first sight only where the demo has it: a pattern a line.
SAYS = {
    "today": (
        r"次の踏査", r"書きかけ　[1-9]", r"次回のアプローチ　[1-9]", r"決まって、まだ記録のないこと　[1-9]",
        r"確認の時期の所　[1-9]", r"確かめる記録が [1-9]",
    ),
    "coverage": (r"前に見たとき.+新しい1（.+）、数えなくなった1（", r"届かない|がない65歳以上"),
    "gaps": (r"いちばん多いのは、.+のあたり", r"「どの町丁目にも徒歩500mに1か所」"),
    "before_after": (r"新しく届く [1-9]", r"届かなくなる [1-9]", r"再開", r"休止"),
    "plans": (r"ならべて見る（[2-9]案）",),
    "siting": (r"1\. .+＋[1-9]",),
    "week": (r"がいちばん多く、[1-9]",),
    "meeting": (r"映す検討案",),
    "map": (r"地区ごとに、届く人の割合と、通いの場を見せる", r"地区ごとの届く割合　[1-9]"),
    "sites": (r"[1-9]\d*か所。そのうち [1-9]\d*か所は、確認の時期",),
    "record": (r"続きから", r"団地中央公園"),
    "activities": (r"[1-9]\d*件", r"スマートフォンの教室・相談", r"予定", r"中止"),
    "concerns": (r"市 [1-9]\d*件", r"答えを待っているもの [1-9]", r"答え：", r"期限を\d+日すぎ"),
    "walks": (r"まだの踏査が [1-9]\d*回、途中の踏査が [1-9]\d*回、おわった踏査が [1-9]",),
    "karte": (r"床がなおり、月曜から再開した",),
    "received": (r"合っている", r"残っている", r"預かっている記録（1件）", r"歩いた跡（1本）"),
    "same": (r"あと [1-9]\d*組", r"これまでの答え"),
    "areas": (r"[1-9]\d*枚",),
    "reports": (r"コーディネーター活動記録",),
    "export": (r"がない65歳以上",),
    "imports": (r"公園一覧\.csv", r"検討案「"),
    "make": (r"いまの街のもと", r"demo_streets\.osm"),
    "where": (r"9種類の資料のうち [1-9]",),
}  # fmt: skip
# A page that opens with an address of its own.
ASKED = {"karte": {"site": "S07"}}
# Page → why it says nothing of the demo until it is asked.
SILENT = {"near": "a point is asked for first, and kept nowhere"}
# Kept kind → why the demo has none of it.
NONE = {
    "account": "a password everybody knows would be a door; whoever serves others makes accounts",
    "session": "of the moment: nobody is signed in to a town that was just made",
    "sign_in_try": "of the moment: nobody has tried",
}


@pytest.fixture(scope="module")
def town(built_towns, tmp_path_factory):
    """The demo made today, for pages go by today's clock."""
    made = built_towns.filled(now_in_japan().date())
    return shutil.copytree(made, tmp_path_factory.mktemp("says") / "town")


@pytest.fixture
def served(town, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(town))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield town
    register_now().engine.dispose()


@pytest.fixture
def register(filled_town, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    made = open_register(filled_town)
    yield made
    made.engine.dispose()


def said(page):
    """All that stands on a page, as a person reads it, in one line each."""
    blocks, done = [page.main], []
    while blocks:
        for one in blocks.pop().children.values():
            blocks += [one] if getattr(one, "children", None) else []
            done.append(one)
    texts = [
        str(text)
        for one in done
        for name in ("body", "label", "help", "value")
        if isinstance(text := getattr(getattr(one, "proto", None), name, ""), str)
    ]
    return html.unescape(re.sub(r"<[^>]+>", "", "\n".join(texts)))


def test_every_page_is_told_of():
    assert {*SAYS, *SILENT} == set(find_pages()) and not set(SAYS) & set(SILENT)


@pytest.mark.parametrize("id_", SAYS)
def test_a_page_says_something_at_first_sight(served, id_):
    page = AppTest.from_file(str(ROOT / "pages" / f"{id_}.py"), default_timeout=300)
    for key, value in ASKED.get(id_, {}).items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    text = said(page)
    assert [one for one in SAYS[id_] if not re.search(one, text)] == [], text


def test_every_kept_kind_and_record_type_is_in_the_demo(register):
    assert set(NONE) <= set(KINDS)
    with register.engine.connect() as connection:
        counts = {
            id_: sum(connection.scalar(select(func.count()).select_from(one)) for one in kind.tables)
            for id_, kind in KINDS.items()
            if kind.tables
        }  # fmt: skip
    # These two have no table of their own.
    counts |= {"photo": len(list(register.photos.ids())), "walk": len(list_walks(register))}
    assert set(counts) == set(KINDS)
    assert {id_ for id_ in KINDS if not counts[id_]} == set(NONE)
    assert set(count_types(register)) == set(RECORD_TYPES)


def test_plans_are_weighed_and_built(register):
    plans = list_plans(register)
    assert (
        sum(not one.state for one in plans) >= 3 and sum(one.state == "taken" for one in plans) == 2
    )
    assert {one.do for plan in plans for one in plan.changes} >= {"add", "bench", "stop", "days"}


def spans(report):
    """The period before today's, and today's."""
    year = timedelta(days=365)
    cut = report.cut
    now = (TODAY - year, TODAY) if cut == "whole" else cut_days(TODAY, TODAY, cut)[0]
    return before(*now, cut), now


@pytest.mark.parametrize("id_", REPORTS)
def test_every_report_has_something_of_this_period_and_the_last(filled_town, register, id_):
    town = load_town(filled_town)
    for days in spans(REPORTS[id_]):
        papers = make_report(register, town, REPORTS[id_], days, lang="ja", today=TODAY)
        assert count_rows(papers) > 0, (id_, days)


def test_this_quarter_begins_with_the_texts_of_the_last(filled_town, register):
    town, report = load_town(filled_town), REPORTS["quarter"]
    for days, own in zip(spans(report), (False, True), strict=True):
        (paper,) = make_report(register, town, report, days, lang="ja", today=TODAY)
        texts = [one for one in paper.parts if isinstance(one, MadeText)]
        assert len(texts) == 12 and all(one.text for one in texts)
        assert {bool(one.carried) for one in texts} == {own}


def test_the_reasons_are_written():
    assert all(isinstance(why, str) and len(why) > 20 for why in [*SILENT.values(), *NONE.values()])
    assert all(isinstance(kind.words, Words) for kind in KINDS.values())
