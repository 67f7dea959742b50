"""The order in which files of tests begin, and the list of those that take long."""

from pathlib import Path

from packing import LIST, long_files, packed

BROWSED = [Path(f"b{number}") for number in range(4)]
WORKED = [Path(f"w{number}") for number in range(40)]
SECONDS = {Path("b2"): 100, Path("b0"): 50, Path("w7"): 60, Path("w9"): 30}


def order():
    places = packed([*BROWSED, *WORKED], set(BROWSED), SECONDS)
    assert sorted(places.values()) == list(range(44))
    return sorted(places, key=places.get)


def test_the_longest_of_either_kind_begin_first():
    found = order()
    assert {*found[:2]} == {Path("b2"), Path("w7")}
    for kind in (BROWSED, WORKED):
        took = [SECONDS.get(one, 0) for one in found if one in kind]
        assert took == sorted(took, reverse=True)


def test_both_kinds_are_mixed_and_end_together():
    found = order()
    middle = found[: found.index(Path("w9")) + 1]
    assert set(middle) & set(BROWSED) and not set(BROWSED) <= set(middle)
    assert set(found[-20:]) & set(BROWSED)


def test_no_file_is_put_before_another_by_chance():
    assert order() == order()
    assert packed([], set(), {}) == {}


def test_every_long_file_is_there_once_and_the_longest_stands_first():
    found = long_files()
    assert [one for one in found if not one.is_file()] == []
    lines = [one for one in LIST.read_text(encoding="utf-8").splitlines() if one[0] != "#"]
    assert len(lines) == len(found) > 50
    assert list(found.values()) == sorted(found.values(), reverse=True)
