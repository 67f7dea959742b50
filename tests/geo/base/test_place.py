"""A town's plane gives every thread the same, without a transformer a thread."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from geo.base import place
from geo.base.place import Plane

PLANE = Plane(lon=139.9, lat=35.6)
X_M, Y_M = np.linspace(-20_000, 20_000, 50), np.linspace(15_000, -15_000, 50)


def ask(shift):
    return PLANE.to_lonlat(X_M + shift, Y_M)


def test_every_thread_is_given_the_same():
    here = [ask(shift) for shift in range(40)]
    with ThreadPoolExecutor(8) as many:
        there = list(many.map(ask, range(40)))
    for own, other in zip(here, there, strict=True):
        np.testing.assert_array_equal(own, other)


def test_a_thread_that_lasts_a_moment_makes_no_transformer_of_its_own(monkeypatch):
    asked = []
    plain = place._transform

    def noting(*given):
        asked.append(threading.current_thread().name)
        return plain(*given)

    monkeypatch.setattr(place, "_transform", noting)
    for _ in range(3):
        one = threading.Thread(target=ask, args=(0,))
        one.start()
        one.join()
    assert len(set(asked)) == 1 and asked[0].startswith("plane")


def test_many_points_are_transformed_where_they_are_asked_so_nobody_waits(monkeypatch):
    asked = []
    plain = place._transform

    def noting(*given):
        asked.append(threading.current_thread().name)
        return plain(*given)

    monkeypatch.setattr(place, "_transform", noting)
    many = np.zeros(place._MANY + 1)
    one = threading.Thread(target=PLANE.to_m, args=(many + 139.9, many + 35.6), name="own")
    one.start()
    one.join()
    assert asked == ["own"]


def test_a_fault_in_the_other_thread_is_told_in_ones_own():
    with ThreadPoolExecutor(1) as other, pytest.raises(Exception, match=r"[Ss]ize|length|shape"):
        other.submit(PLANE.to_m, [1.0, 2.0], [1.0]).result()
