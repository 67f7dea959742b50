"""What is one thing in two lists: each in one pair, and names that may be of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.base.pairs import each_once, names_alike

PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=20)


@given(PAIRS)
def test_each_is_in_one_pair_and_only_who_found_no_partner_is_left(pairs):
    found = list(each_once(pairs))
    ones, others = ({pair[at] for pair in found} for at in (0, 1))
    assert len(ones) == len(others) == len(found)
    assert all(one in ones or other in others for one, other in pairs)
    assert found == [pair for pair in dict.fromkeys(pairs) if pair in found], "in the order given"


@pytest.mark.parametrize(
    ("one", "other", "alike", "why"),
    [
        ("西町公園", "⻄町 公園", True, "the same in other signs"),
        ("霞ヶ丘公園", "霞が丘公園", True, "spelt in another way"),
        ("本町図書館", "市立本町図書館", True, "one within the other"),
        ("公園", "本町公園", False, "a kind is no name"),
        ("第一公園", "第二公園", False, "another number is another"),
        ("", "本町公園", False, "without a name it is like none"),
        ("", "", False, "two without a name, too"),
    ],
)
def test_names_alike(one, other, alike, why):
    assert names_alike(one, other) is names_alike(other, one) is alike, why
