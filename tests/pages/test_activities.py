"""The page of the log: by day, filtered, empty, one entry; the form that writes one; the line of today.

Through `pages.parts.log.entry`, `pages.parts.log.listed`, `pages.parts.log.said`, `pages.parts.log.steps`,
`pages.parts.record.who`, `pages.parts.record.linked` and `pages.parts.form.noticed`.
"""

import shutil

import pytest
from register_fixtures import new_version
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.served.register import register_now
from layers.served.town import VARIABLE
from pages.parts.frame.office import today
from pages.parts.log.said import say_day, say_people
from surveys.formats.format import FORMATS
from surveys.record.privacy import REASON
from surveys.store.drafts import Draft, keep_draft, list_drafts
from surveys.store.log import LogQuery, each_entry


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
def log(register):
    for id_, answers in {
        "a": {
            "name": "協議体",
            "on": "2026-12-01",
            "kind": "meeting",
            "people_count": 20,
            "about": "yes",
        },
        "b": {"name": "電話<b>", "on": "2026-11-30", "kind": "company", "area": ["東町"]},
        "c": {"on_text": "9月16日", "note": "田中さんから"},
    }.items():
        register.save(new_version(id_, answers, type="activity"))
    return register


def opened(page="activities", **asked):
    made = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=120)
    for key, value in {"lang": "ja", **asked}.items():
        made.query_params[key] = value
    made.run()
    assert not made.exception, made.exception
    return made


def said(page):
    return "\n".join(one.proto.body for one in page.get("html"))


def test_an_empty_log_says_so_and_where_to_begin(register):
    text = said(opened())
    assert (
        "活動記録は、まだありません" in text
        and "/record?type=activity" in text
        and "/imports" in text
    )


def test_entries_stand_by_day_each_safe_and_marked_where_it_names_somebody(log):
    text = said(opened())
    assert (
        text.index("日がはっきりしない：9月16日")
        < text.index("令和8年12月1日")
        < text.index("令和8年11月30日")
    )
    assert "<b>" not in text.split("電話")[1][:10] and "約20人" in text
    assert text.count("個人の情報らしいことばあり") == 1 and "3件" in text


def test_bringing_in_stays_in_sight_and_files_say_that_they_are_the_offices(log, monkeypatch):
    names = []
    monkeypatch.setattr(
        DeltaGenerator, "download_button", lambda *_, **given: names.append(given["file_name"])
    )
    assert "表を読みこむ" in said(opened())
    assert len(names) == len(FORMATS) and all("庁内用" in one for one in names)


def test_month_kind_and_area_stand_in_the_address(log):
    assert "1件" in said(opened(month="2026-11"))
    assert "entry=a" in said(opened(kind="meeting"))
    assert "entry=b" not in said(opened(kind="meeting"))
    nothing = said(opened(month="2026-11", kind="meeting"))
    assert "この条件の活動記録はありません" in nothing
    assert "entry=b" in said(opened(**{"in": "東町"}))


def test_a_chosen_month_is_offered_as_its_two_halves(log):
    assert "半月" not in said(opened())
    text = said(opened(month="2026-12"))
    assert "活動記録（半月） 1〜15日" in text and "活動記録（半月） 16〜31日" in text
    assert "since=2026-12-01" in text and "since=2026-12-16" in text


def test_an_entry_is_shown_whole_and_says_what_to_write_instead(log):
    text = said(opened(entry="c"))
    assert "「田中さん」" in text and "役職・年代・地区" in text and "/record?site=c" in text
    assert "その活動記録は" in opened(entry="none").warning[0].value


def test_a_next_step_is_a_line_of_today_until_it_is_done(register):
    day = today().isoformat()
    answers = {"name": "訪問", "next_step": "業者に電話", "next_on": day}
    register.save(new_version("a", answers, type="activity"))
    assert "業者に電話" in said(opened("today"))
    page = opened(entry="a")
    page.button(key="next_a").click().run()
    assert not page.exception
    assert register.site("a", logs=True).answer("next_state") == "done"
    assert "業者に電話" not in said(opened("today"))


def write(page, **texts):
    draft = page.query_params["draft"]
    id_ = draft if isinstance(draft, str) else draft[0]
    for key, text in texts.items():
        boxes = {one.key: one for one in (*page.text_input, *page.text_area)}
        boxes[f"f:{id_}:{key}"].set_value(text)
    page.run()
    page.button(key=f"save:{id_}").click().run()
    assert not page.exception
    return id_


def test_an_entry_is_written_without_a_place_and_leads_back_to_the_log(register):
    page = opened("record", type="activity")
    write(page, name="協議体", note="買い物の話")
    text = said(page)
    assert "保存済み" in text and "次に確認する日" not in text and "/activities?entry=" in text
    (entry,) = each_entry(register, LogQuery())
    assert entry.answers["on"] == today().isoformat() and entry.place is None


def test_a_name_is_told_while_writing_and_saved_for_a_reason_alone(register):
    page = opened("record", type="activity")
    id_ = write(page, name="電話", note="田中さん（090-1234-5678）から")
    text = said(page)
    assert "「田中さん」" in text and "電話番号のようです" in text
    assert "個人情報を残すわけ" in text and not list(each_entry(register, LogQuery()))
    write(page, private_reason="見守りの同意あり")
    (entry,) = each_entry(register, LogQuery())
    assert entry.answers[REASON] == "見守りの同意あり" and id_


def test_a_draft_that_says_no_more_than_its_day_is_nobodys_work(register):
    page = opened("record", type="activity")
    assert len(list_drafts(register)) <= 1 and "書きかけ" not in said(opened())
    keep_draft(
        register,
        Draft(
            id="d9", type="activity", changed_at="2026-12-02T10:00:00Z", answers={"name": "途中"}
        ),
    )
    assert "途中" in said(opened()) and "途中" not in said(opened("today"))
    assert page.query_params["draft"]


@pytest.mark.parametrize(
    ("answers", "day"),
    [
        ({"on": "unknown", "on_text": "春"}, "春"),
        ({}, "日が不明"),
        ({"on": "2026-12-01"}, "令和8年12月1日"),
    ],
)
def test_a_day_is_said_as_far_as_it_is_known(answers, day):
    assert say_day(answers, "ja") == day


def test_people_are_said_as_they_were_written():
    assert say_people({"people_text": "計10箇所"}, "ja") == "計10箇所"
    assert (
        say_people({"people_count": 40, "about": "yes", "total": "yes"}, "en")
        == "about 40 people in all"
    )
