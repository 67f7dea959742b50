"""Near signs of a kind share one that tells how many, and none is left out."""

import random

import numpy as np
import pytest

from layers.paper.groups import group_signs
from layers.paper.paper import lay_paper
from layers.paper.signs import Sign

PAPER = lay_paper((0, 0, 1800, 1800), width_mm=180, height_mm=180)


def scattered(count, seed=1, kinds=("park", "bench", "salon")):
    rng = random.Random(seed)  # noqa: S311 - no secret
    return [
        Sign(
            x_m=rng.gauss(900, 250), y_m=rng.gauss(900, 250), kind=rng.choice(kinds), label=f"n{i}"
        )
        for i in range(count)
    ]


def counted(signs):
    return sum(int(one.number or 1) for one in signs)


@pytest.mark.parametrize("count", [301, 438, 1000, 5000])
def test_every_sign_is_drawn_or_counted_and_they_are_few_enough(count):
    signs = scattered(count)
    found, near = group_signs(signs, PAPER, most=300)
    assert len(found) <= 300 and counted(found) == count and near >= 4
    for kind in ("park", "bench", "salon"):
        assert counted([one for one in found if one.kind == kind]) == sum(
            one.kind == kind for one in signs
        )
    assert sorted("、".join(one.label for one in found).split("、")) == sorted(
        one.label for one in signs
    )


def test_few_signs_are_left_as_they_are():
    signs = scattered(300)
    assert group_signs(signs, PAPER, most=300) == (signs, 0.0)


def test_a_shared_sign_stands_in_the_middle_of_what_it_counts():
    here = [
        Sign(x_m=x, y_m=100, kind="park", hollow=hollow)
        for x, hollow in ((100, True), (110, True), (120, False))
    ]
    apart = [Sign(x_m=900, y_m=900, kind="park"), Sign(x_m=105, y_m=100, kind="bench")]
    found, _ = group_signs([*here, *apart], PAPER, most=4)
    (shared,) = [one for one in found if one.number]
    assert (shared.x_m, shared.number, shared.hollow) == (110, "3", False)
    assert len(found) == 3


def test_signs_of_more_kinds_than_fit_are_still_all_there():
    signs = [Sign(x_m=900 + i % 7, y_m=900, kind="park" if i % 2 else "bench") for i in range(40)]
    found, _ = group_signs(signs, PAPER, most=1)
    assert counted(found) == 40 and len(found) == 2
    assert np.isfinite([one.x_m for one in found]).all()
