"""A value is made once, for all who ask at the same moment."""

import threading

import pytest

from geo.base.once import kept_once


def test_many_who_ask_at_once_have_it_made_once():
    made, begun, go = [], threading.Event(), threading.Event()

    @kept_once(most=4)
    def slow(number):
        made.append(number)
        begun.set()
        assert go.wait(10)
        return [number]

    found = []
    threads = [threading.Thread(target=lambda: found.append(slow(7))) for _ in range(8)]
    for one in threads:
        one.start()
    assert begun.wait(10)
    assert slow.held(7) is None, "it is not there yet"
    go.set()
    for one in threads:
        one.join(10)
    assert made == [7] and len(found) == 8 and all(one is found[0] for one in found)


def test_another_value_is_made_meanwhile():
    inside = threading.Barrier(2, timeout=10)

    @kept_once(most=4)
    def both(number):
        inside.wait()  # ends only when two are in it together
        return number

    found = []
    threads = [threading.Thread(target=lambda at=at: found.append(both(at))) for at in (1, 2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)
    assert sorted(found) == [1, 2]


def test_the_last_ones_asked_for_are_kept():
    made = []

    @kept_once(most=2)
    def double(number, *, by=2):
        made.append((number, by))
        return by * number

    assert [double(1), double(2), double(1), double(3), double(1), double(2)] == [2, 4, 2, 6, 2, 4]
    assert made == [(1, 2), (2, 2), (3, 2), (2, 2)]
    assert double(1, by=3) == 3 and double.held(1, by=3) == 3 and double.__name__ == "double"
    double.cache_clear()
    assert double.held(1, by=3) is None


def test_what_raises_is_not_kept_and_lets_the_next_one_try():
    tries = []

    @kept_once(most=2)
    def fails(number):
        tries.append(number)
        if len(tries) < 3:
            raise ValueError("not yet")
        return number

    for _ in range(2):
        with pytest.raises(ValueError, match="not yet"):
            fails(1)
    assert fails(1) == 1 == fails(1) and len(tries) == 3
