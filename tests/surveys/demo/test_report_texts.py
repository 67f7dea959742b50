"""The quarter's texts of the demo come again in the quarter after, and its log is one of every kind.

Through `surveys.demo.report_texts`, `surveys.demo.activities`.
"""

from datetime import date

from built_towns import TODAY

from surveys.demo.activities import LOG
from surveys.demo.report_texts import HELD, TEXTS, quarter_before, write_report_words
from surveys.reports import REPORTS
from surveys.reports.parts.written import read_written
from surveys.types.activity import KINDS


def test_a_quarter_is_cut_at_the_years_end():
    assert quarter_before(date(2026, 1, 1)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert quarter_before(date(2026, 12, 31)) == (date(2026, 7, 1), date(2026, 9, 30))


def test_texts_and_one_number_are_of_the_quarter_before_the_last(register):
    write_report_words(register, division="町丁目", today=TODAY)
    written = read_written(register, REPORTS["quarter"], "町丁目").by_span
    assert set(written) == {"2026-04-01/2026-06-30"}
    words = written["2026-04-01/2026-06-30"]
    by_hand = {key: one for key, one in words.items() if key not in TEXTS}
    assert set(words) - set(by_hand) == set(TEXTS)
    assert [(key, one.value) for key, one in by_hand.items()] == [("work/2026-04/held", HELD)]
    assert all(one.why for one in by_hand.values())


def test_the_log_is_of_every_kind_and_three_days_are_not_known():
    assert {one.kind for one in LOG} == {one.id for one in KINDS}
    assert len(LOG) >= 60 and max(one.ago for one in LOG) < 460
    assert sum(bool(one.on_text) for one in LOG) == 3
    assert sum(bool(one.ahead[1]) and not one.ahead[2] for one in LOG) >= 5
