"""The day a file itself says it is of: `layers.inspected.written_day`, read of real bytes."""

from datetime import date

import pytest

from layers.inspected.look import look_at_bytes
from layers.inspected.written_day import written_day

TABLE = "町丁目名,総人口,65歳以上,75歳以上\n北町,100,30,12\n南町,50,20,8\n"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("町丁別人口（令和８年４月１日現在）", date(2026, 4, 1)),
        ("住民基本台帳人口 2026年4月1日時点", date(2026, 4, 1)),
        ("令和7年国勢調査（令和8年4月1日 公表）", None),
        ("令和8年4月1日現在、前年は令和7年4月1日現在", None),
        ("町丁別人口", None),
    ],
)
def test_a_line_above_the_table_says_of_when_it_is(line, day):
    assert written_day(look_at_bytes(f'"{line}"\n\n{TABLE}'.encode(), "jinko.csv")) == day
