"""What a 通いの場 offers, a line a group, in the reader's language."""

import pytest

from geo.base.words import Words
from geo.schedule import parse_schedule
from layers.cards.salon_lines import group_lines, whom_line
from layers.day.listed import Listed
from surveys.record.meeting import Meeting
from surveys.record.venue import Venue

GROUP = {
    "group": "体操の会", "schedule": parse_schedule("毎週火曜 10:00～11:30"), "fee_yen": 100,
    "booking": "yes",
}  # fmt: skip


def listed(group, *, areas=None, known=True):
    meeting = Meeting(
        group=group, sure=True, fits="yes", areas=areas, areas_known=known, per_month=4.0, doubt=""
    )
    venue = Venue(counts="yes", why=Words("", ""), meetings=(meeting,))
    return Listed(
        site_id="1", name="茶の間", at_m=None, venue=venue, schedule="", sessions_per_month=4.0,
        capacity=1.0, note="", source="", own=False, open="yes",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ja", "体操の会・毎週火曜日 10:00～11:30・参加費 100円・申し込みが要る"),
        ("en", "体操の会, every Tue 10:00–11:30, fee 100 yen, booking needed"),
    ],
)
def test_a_group_is_told_in_the_readers_language(lang, said):
    assert group_lines(listed(GROUP), lang) == [said]


@pytest.mark.parametrize(
    ("areas", "known", "said"),
    [
        (frozenset({"西町", "東町"}), True, "東町・西町の人"),
        (None, True, "だれでも（地区の決まりは記録にない）"),
        (frozenset(), False, "分からない"),
    ],
)
def test_who_may_come_as_far_as_it_is_told(areas, known, said):
    assert whom_line(listed(GROUP, areas=areas, known=known), "ja") == said
