"""The page of concerns: the board by level, one concern, what is written on its way, what the log says.

Through `pages.parts.concern.board`, `pages.parts.concern.card`, `pages.parts.concern.forms`,
`pages.parts.log.about` and `pages.parts.meeting.concerns`.
"""

import shutil
from datetime import timedelta

import pytest
from register_fixtures import new_version
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.served.register import register_now
from layers.served.town import VARIABLE
from pages.parts.frame.office import today
from pages.parts.meeting.concerns import shown_concerns
from surveys.record.privacy import REASON

CONCERNS = {
    "up": {
        "name": "店<b>がない", "tag": ["shopping"], "area": ["緑町"], "state": "talking", "tier": "tier_2",
        "actor": "社協", "next_step": "店に聞く",
        "way": [{"_id": "a", "on": "2026-05-01", "what": "raised", "level": "tier_2", "meeting": "第2回 第2層協議体"},
                {"_id": "b", "on": "2026-06-01", "what": "sent_up", "level": "tier_1", "meeting": "連携会議"}],
    },
    "old": {"name": "ごみ出し", "tag": ["rubbish"], "tier": "tier_3", "state": "solved", "result": "当番で手伝う"},
    "new": {"name": "暗い公園", "tag": ["walking"]},
}  # fmt: skip


@pytest.fixture
def register(small_town, tmp_path, monkeypatch):
    made = tmp_path / "town"
    shutil.copytree(small_town, made, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(made))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = register_now()
    yield found
    found.engine.dispose()


@pytest.fixture
def board(register):
    late = (today() - timedelta(days=3)).isoformat()
    for id_, answers in CONCERNS.items():
        more = {"due": late} if id_ == "up" else {}
        register.save(new_version(id_, answers | more, type="concern", place=None))
    return register


def opened(page="concerns", **asked):
    made = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=120)
    for key, value in {"lang": "ja", **asked}.items():
        made.query_params[key] = value
    made.run()
    assert not made.exception, made.exception
    return made


def said(page):
    return "\n".join(one.proto.body for one in page.get("html"))


def write(page, what, id_="up", **parts):
    turn = page.session_state["way_turn"] if "way_turn" in page.session_state else 0  # noqa: SIM401 - it has no get
    page.session_state[f"way_what:{id_}:{turn}"] = what
    page.run()
    key = f"way:{id_}:{what}"
    for part, value in parts.items():
        page.session_state[f"{key}:{part}"] = value
    page.run()
    page.button(key=f"{key}:save").click().run()
    assert not page.exception, page.exception
    return page


def test_an_empty_board_says_where_to_begin(register):
    text = said(opened())
    assert "課題は、まだありません" in text and "/record?type=concern" in text


def test_each_stands_under_its_level_with_who_has_it_and_how_late_it_is(board):
    text = said(opened())
    assert text.index("第1層</h3>") < text.index("concern=up") < text.index("第3層</h3>")
    assert text.index("concern=old") < text.index("層が未定</h3>")
    assert "<b>がない" not in text and "期限を3日すぎています" in text and "答え待ち" in text
    assert (
        "出た会議：第2回 第2層協議体" in text
        and "担当：社協" in text
        and "次にすること：店に聞く" in text
    )
    assert "答え：当番で手伝う" in text and "配食・配送" in text and "家事援助" in text
    assert "第1層 <b>1</b>件" in text and "答えを待っているもの <b class='gap'>1</b>件" in text
    english = said(opened(lang="en"))
    assert "3 days past its day" in english and "Raised at: 第2回 第2層協議体" in english


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"in": "緑町"}, {"up"}), ({"kind": "housework"}, {"old"}), ({"state": "open"}, {"up", "new"}),
     ({"late": "on"}, {"up"}), ({"words": "暗い"}, {"new"}), ({"state": "solved", "kind": "outing"}, set())],
)  # fmt: skip
def test_the_board_is_filtered_by_what_stands_in_the_address(board, asked, found):
    text = said(opened(**asked))
    assert {one for one in CONCERNS if f"concern={one}" in text} == found
    assert ("この条件の課題はありません" in text) == (not found)


def test_it_is_sent_up_answered_told_and_taken_back_and_no_version_is_lost(board):
    page = write(opened(concern="up"), "sent_up", meeting="推進協議会", note="移動販売をふやす")
    concern = board.site("up")
    assert [one["what"] for one in concern.answer("way")] == ["raised", "sent_up", "sent_up"]
    assert concern.answer("way")[2] | {"_id": ""} == {
        "_id": "", "on": today().isoformat(), "what": "sent_up", "level": "city", "meeting": "推進協議会",
        "note": "移動販売をふやす",
    }  # fmt: skip
    assert "「上げた」を" in said(page) and "推進協議会" in said(page)
    page = write(page, "answered", note="来年度に\nはじめる")
    answers = board.site("up").answers
    assert (answers["result"], answers["state"], len(answers["way"])) == (
        "来年度に はじめる",
        "working",
        4,
    )
    page.button(key="way_undo").click().run()
    answers = board.site("up").answers
    assert "result" not in answers and answers["state"] == "talking" and len(answers["way"]) == 3
    assert len(board.versions("up")) == 4
    assert concern.title == board.site("up").title


def test_who_else_wrote_meanwhile_loses_nothing(board):
    page = opened(concern="up")
    before = board.site("up").state
    more = {**board.site("up").answers, "actor": "市の課"}
    board.save(new_version("up", more, type="concern", before=before))
    write(page, "talked", note="店が来る日をきめた")
    concern = board.site("up")
    assert concern.answer("actor") == "市の課" and len(concern.answer("way")) == 3
    assert not concern.state.conflicts


def test_what_names_somebody_is_not_saved_from_here_and_says_how_it_may_be(board):
    page = write(opened(concern="up"), "talked", note="田中さんが困る")
    assert "保存していません" in said(page) and len(board.site("up").answer("way")) == 2
    assert board.versions("up")[-1].patch and "way_done" not in page.session_state


def test_a_card_tells_day_and_kind_of_the_entries_that_speak_of_it_and_no_text(board):
    entry = {
        "name": "鳴禽カナリア",
        "on": "2026-11-30",
        "kind": "company",
        "related_concern": ["up"],
    }
    board.save(new_version("log", entry, type="activity"))
    for page in (opened(concern="up"), opened("karte", site="up")):
        text = said(page)
        assert "この所の活動記録　1件" in text and "entry=log" in text and "企業連携" in text
        assert "令和8年11月30日" in text and "鳴禽" not in text
    assert "この所の活動記録" not in said(opened(concern="old"))


def test_a_concern_that_is_not_there_is_said_and_the_board_stands(board):
    page = opened(concern="none")
    assert "その課題は" in page.warning[0].value and "concern=up" in said(page)


def test_a_council_is_shown_only_what_it_may_see_and_nobody_by_name(board):
    assert shown_concerns(board) == []
    answers = {
        "name": "田中さん宅の坂", "audience": "council", "thought": "秘密の考え", "actor": "秘密の課",
        "result": "鈴木さんが直した", REASON: "秘密のわけ", "state": "solved",
    }  # fmt: skip
    board.save(new_version("seen", answers, type="concern", place=None))
    assert [one.id for one in shown_concerns(board)] == ["seen"]


def test_where_it_was_raised_is_written_of_one_that_has_no_way_yet(board):
    write(opened(concern="new"), "raised", id_="new", meeting="第1回 協議体")
    (step,) = board.site("new").answer("way")
    assert (step["what"], step["level"], step["meeting"]) == ("raised", "tier_3", "第1回 協議体")
