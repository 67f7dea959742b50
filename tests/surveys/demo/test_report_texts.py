"""The quarter's texts of the demo come again in the quarter after, and its log is one of every kind.

Through `surveys.demo.report_texts`, `surveys.demo.activities`.
"""

from datetime import date

from built_towns import TODAY

from surveys.demo.activities import LOG
from surveys.demo.kinds import own_kinds
from surveys.demo.report_texts import HELD, LATER, TEXTS, quarter_before, write_report_words
from surveys.reports import REPORTS
from surveys.reports.parts.written import read_written
from surveys.store.report_words import list_words
from surveys.types.activity import STAGES


def test_a_quarter_is_cut_at_the_years_end():
    assert quarter_before(date(2026, 1, 1)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert quarter_before(date(2026, 12, 31)) == (date(2026, 7, 1), date(2026, 9, 30))


def test_texts_and_a_number_are_of_the_two_quarters_before_todays(register):
    write_report_words(register, division="町丁目", today=TODAY)
    written = read_written(register, REPORTS["quarter"], "町丁目").by_span
    assert list(written) == ["2026-04-01/2026-06-30", "2026-07-01/2026-09-30"]
    for span, texts in zip(written, (TEXTS, TEXTS | LATER), strict=True):
        words = written[span]
        by_hand = {key: one for key, one in words.items() if key not in TEXTS}
        assert {key: one.value for key, one in words.items() if key in TEXTS} == texts
        month = span[:7]
        assert [(key, one.value) for key, one in by_hand.items()] == [(f"work/{month}/held", HELD)]
        assert all(one.why for one in by_hand.values())


def test_nothing_is_written_after_the_day_the_demo_is_made(register):
    write_report_words(register, division="町丁目", today=date(2026, 10, 1))
    assert max(one.made_at for one in list_words(register, "quarter", "町丁目")) < "2026-10-02"


def test_the_log_is_of_every_kind_and_three_days_are_not_known():
    assert {one.kind for one in LOG} == {one.id for one in own_kinds()}
    assert {one.stage for one in LOG} == {one.id for one in STAGES}
    assert len(LOG) >= 60 and max(one.ago for one in LOG) < 460
    assert sum(bool(one.on_text) for one in LOG) == 3
    assert sum(bool(one.ahead[1]) and not one.ahead[2] for one in LOG) >= 5
