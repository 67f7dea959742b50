"""A log's file brought in: what cannot be right is told, and a report made here is no log.

Through `surveys.imports.row`, `surveys.imports.say_rows` and `surveys.imports.kinds`.
"""

from datetime import date

import pytest
from register_fixtures import NOW, new_version

from geo.base.problems import InputError
from surveys.imports.asked import find_asked
from surveys.imports.say_rows import say_rows
from surveys.reports import REPORTS
from surveys.reports.parts.ground import AS_SAID
from surveys.reports.parts.made import Job
from surveys.reports.parts.paper import make_papers
from surveys.reports.parts.workbook import dump_papers
from surveys.reports.parts.written import read_written
from surveys.types import LOGS

CONSULT = LOGS["activity"].field("kind").choice("consult").words.ja
LOG = f"""日程,種類,事業・会議名等
令和8年11月5日,{CONSULT},会議A
1803年4月1日,なんだろう,会議B
2206-04-01,{CONSULT},会議C
"""


def test_a_kind_nobody_has_and_a_day_that_is_a_slip_are_told_and_kept(desk):
    plan = desk.take(LOG, type_id="activity", file="記録.csv")
    assert [one.split("　")[1] for one in say_rows(plan, "ja")] == ["新しい記録"] * 3
    told = [[(one.column, one.reason.ja[:8]) for one in row.problems] for row in plan.rows]
    far, unknown = ("日程", "ずっと前か、ずっ"), ("種類", "種類の中にない言")
    assert [sorted(one) for one in told] == [[], sorted([far, unknown]), [far]]
    kept = [one.answers for one in desk.book.sites_of(desk.book.site_ids(), logs=True).values()]
    assert {one.get("own_kind") for one in kept} == {None, "なんだろう"}
    assert {one["on"] for one in kept} == {"2026-11-05", "1803-04-01", "2206-04-01"}


@pytest.mark.parametrize("heads", ["日程,事業・会議名等,対応時間", "日付,会議名,内容"])
def test_a_log_is_known_by_what_its_rows_are_called(desk, heads):
    """Its days alone are a 通いの場's, too."""
    plan = desk.take(
        f"{heads}\n令和8年11月5日,サロン訪問,30\n", type_id="activity", file="一覧.csv"
    )
    assert plan.kind.type is LOGS["activity"]


def test_a_time_in_hours_is_minutes_and_one_in_words_stands_in_the_report(desk):
    rows = "令和8年11月5日,1時間30分\n令和8年11月6日,午前中\n令和8年11月7日,1.5h\n"
    desk.take(f"日程,対応時間（分）\n{rows}", type_id="activity", file="記録.csv")
    job = Job(ground=AS_SAID, lang="ja", today=date(2026, 12, 2), mapped={}, words_of=lambda *_: {})
    days = (date(2026, 11, 1), date(2026, 11, 15))
    (paper,) = make_papers(desk.book, REPORTS["half_month"], *days, job)
    at = paper.tables[0].heads.index("対応時間（分）")
    assert [row[at].text for row in paper.tables[0].rows][:3] == ["90", "午前中", "90"]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("form", REPORTS)
def test_a_report_is_not_taken_for_a_log_but_where_it_lists_entries(desk, form, lang):
    desk.book.save(
        new_version("a", {"on": "2026-11-05", "kind": "consult", "name": "相談"}, type="activity")
    )
    report = REPORTS[form]
    written = read_written(desk.book, report, "")
    job = Job(ground=AS_SAID, lang=lang, today=date(2026, 12, 2), mapped={}, words_of=written.of)
    papers = make_papers(desk.book, report, date(2026, 11, 1), date(2026, 11, 15), job)
    data = dump_papers(papers[:1], lang, NOW)
    listed = form in ("half_month", "dated_list")
    try:
        plan = desk.plan(data, type_id="activity", file="a.xlsx")
    except InputError:
        assert not listed
        return
    kind = find_asked(plan, None).kind
    if listed or not any(one.version for one in plan.rows):
        assert kind is None
    else:
        assert kind.other.en == "a report"
