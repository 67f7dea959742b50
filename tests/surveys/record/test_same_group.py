"""Which group of a venue a list speaks of."""

import pytest

from geo.schedule import parse_schedule
from surveys.record.portable import Incoming, Portable
from surveys.record.same_group import meet_groups
from surveys.types import RECORD_TYPES

SALON = RECORD_TYPES["salon"]
TUESDAY, MONDAY = parse_schedule("毎週火曜"), parse_schedule("毎週月曜")


def group(id_, name="", when=None):
    return {"_id": id_} | ({"group": name} if name else {}) | ({"schedule": when} if when else {})


CASES = [
    ([group("1", "花の会")], [group("x", "花 の会")], ["x"], "one name"),
    ([group("1", "月の会")], [group("1", "花の会")], ["2"], "another name, one number"),
    ([group("1", "月の会"), group("2", "花の会")], [group("1", "花の会")], ["2", "1"], "order"),
    ([group("1", "花の会", TUESDAY)], [group("x", "", TUESDAY)], ["x"], "one time, one nameless"),
    ([group("1", "花の会", MONDAY)], [group("1", "", TUESDAY)], ["2"], "another time"),
    ([group("1", "", MONDAY)], [group("x", "", TUESDAY)], ["x"], "the only nameless of both"),
    (
        [group("1", "", MONDAY)],
        [group("x", "", TUESDAY), group("y", "", parse_schedule("毎週水曜"))],
        ["1"],
        "one of two nameless: which is not told",
    ),
]


@pytest.mark.parametrize(("said", "mine", "ids", "why"), CASES)
def test_a_group_is_met_by_name_then_by_time(said, mine, ids, why):
    origins = {f"activities/{said[0]['_id']}/state": {"sure": "inferred"}}
    site = Portable(type="salon", id="", answers={"activities": said}, origins=origins)
    one = Incoming(sheet="a", row=2, site=site, given=frozenset(), problems=())
    met = meet_groups(SALON, one, {"activities": mine}).site
    assert [each["_id"] for each in met.answers["activities"]] == ids, why
    assert list(met.origins) == [f"activities/{ids[0]}/state"]
    assert one.site.answers["activities"] == said
