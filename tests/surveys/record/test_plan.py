"""Changes of a plan: what can be kept, and what is refused in words."""

import math

import pytest

from geo.base.problems import InputError
from surveys.record.plan import (
    DO_WORDS,
    DOES,
    MOST_CHANGES,
    Change,
    check_changes,
    dump_changes,
    load_changes,
)

ONE_OF_EACH = [
    Change(do="add", at=(139.5, 35.5), name="会館", schedule="毎週火曜 10:00-11:30"),
    Change(do="move", site_id="s1", at=(139.5, 35.5)),
    Change(do="pause", site_id="s2"),
    Change(do="close", site_id="s3"),
    Change(do="days", site_id="s1", schedule="毎週木曜"),
    Change(do="bench", at=(139.5, 35.5)),
    Change(do="toilet", at=(139.5, 35.5)),
    Change(do="mend", at=(139.5, 35.5), grade=5.0),
    Change(do="open", at=(139.5, 35.5)),
    Change(do="stop", site_id="b1", at=(139.5, 35.5)),
]


def test_one_of_each_comes_back_from_json_as_it_was():
    assert [one.do for one in ONE_OF_EACH] == list(DOES) == list(DO_WORDS)
    assert load_changes(dump_changes(ONE_OF_EACH)) == tuple(ONE_OF_EACH)
    near = check_changes([Change(do="bench", at=(139.123456789, 35.5))])
    assert near[0].at == (139.1234568, 35.5)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (Change(do="burn", site_id="s1"), "unknown 'burn'"),
        (Change(do="add"), "the place"),
        (Change(do="pause"), "which salon"),
        (Change(do="bench", at=(139.5, 35.5), site_id="s1"), "which salon"),
        (Change(do="pause", site_id="s1", at=(139.5, 35.5)), "the place"),
        (Change(do="days", site_id="s1"), "when it would meet"),
        (Change(do="mend", at=(139.5, 35.5)), "grade"),
        (Change(do="mend", at=(139.5, 35.5), grade=31.0), "0 to 30"),
        (Change(do="mend", at=(139.5, 35.5), grade=math.nan), "0 to 30"),
        (Change(do="bench", at=(139.5, 35.5), grade=3.0), "grade"),
        (Change(do="add", at=(math.nan, 35.5)), "longitude"),
        (Change(do="add", at=(35.5, 1139.5)), "longitude"),
        (Change(do="add", at=(139.5, 35.5), name="館" * 81), "at most 80"),
        (Change(do="add", at=(139.5, 35.5), name="会\x00館"), "control"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_number(bad, said):
    with pytest.raises(InputError, match=said):
        check_changes([bad])


def test_a_salon_changes_once_in_each_way():
    with pytest.raises(InputError, match="'s1' is changed twice"):
        check_changes([Change(do="pause", site_id="s1"), Change(do="close", site_id="s1")])
    both = [
        Change(do="move", site_id="s1", at=(1, 2)),
        Change(do="days", site_id="s1", schedule="火"),
    ]
    assert len(check_changes(both)) == 2
    with pytest.raises(InputError, match=str(MOST_CHANGES)):
        check_changes([Change(do="bench", at=(1, 2))] * (MOST_CHANGES + 1))


@pytest.mark.parametrize(
    "told",
    [
        None, {}, ["add"], [{"do": "add", "at": [1]}], [{"do": "add", "at": ["1", "2"]}],
        [{"do": "add", "at": [True, 2]}], [{"do": 3, "at": [1, 2]}],
        [{"do": "mend", "at": [1, 2], "grade": "5"}], [{"at": [1, 2]}],
    ],
)  # fmt: skip
def test_json_that_is_no_plan_is_refused(told):
    with pytest.raises(InputError):
        load_changes(told)
