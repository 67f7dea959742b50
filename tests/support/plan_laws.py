"""Laws of one change after another, on a random town: `check_plan_laws` of any number of seeds."""

import numpy as np
from unknown_towns import rests_at, unknown_town

from geo.analysis.reached import compare_reach, reach_sites
from geo.coverage.asking import parse_question
from geo.town import ask
from geo.toy import toy_sites


def check_plan_laws(seed):
    """Hold every law on the town of a seed."""
    rng = np.random.default_rng(seed)
    town, rests = unknown_town(rng), rests_at(rng, 8)
    sites = toy_sites([tuple(at) for at in rng.uniform(0, 1000, (5, 2))])
    question = parse_question(
        division="町", people=str(rng.choice(["65", "75"])),
        walker=str(rng.choice(["elderly", "cane", "general"])),
        within=str(rng.choice(["300m", "700m"])), heights=bool(rng.random() < 0.5),
        trip=str(rng.choice(["there", "back", "worse", "round"])),
        rest=str(rng.choice(["", "", "200"])),
    )  # fmt: skip
    if question.rest_m is None:
        rests = None

    def reach(rows):
        return reach_sites(town, question, sites.iloc[list(rows)], rests=rests)

    def moved(before, after):
        return compare_reach(town, question, before, after)

    base, first, second = reach([0, 1, 2]), reach([3]), reach([4])
    was = base.within()
    # To the person what a fresh answer says, whatever came and went.
    some = base.without({"s1"}).joined(first)
    fresh = ask(town, question, sites.iloc[[0, 2, 3]], rests=rests)
    here = (fresh.cells["area"] >= 0).to_numpy()
    within = (fresh.cells["status"] == "within").to_numpy()
    assert (some.within() == within)[here].all(), seed
    metres = fresh.cells["metres"].to_numpy()
    assert np.abs(some.nearest_m()[within] - metres[within]).max(initial=0.0) < 1e-6, seed
    change = moved(was, some.within())
    assert change.areas["after"].sum() == fresh.totals["within"], seed
    # Gained less lost is the difference, in each area and of each age.
    for table in (change.areas, change.ages):
        assert (table["after"] - table["before"] == table["gained"] - table["lost"]).all(), seed
    # One more never loses anybody, one less never gains anybody.
    assert not moved(was, base.joined(first).within()).lost.any(), seed
    assert not moved(was, base.without({"s0"}).within()).gained.any(), seed
    # A change and its undoing come to nothing.
    undone = base.joined(first).without({"s3"})
    assert (undone.within() == was).all(), seed
    # One after the other, in either order.
    one, other = base.joined(first).joined(second), base.joined(second).joined(first)
    assert (one.within() == other.within()).all(), seed
    turned = base.joined(first).without({"s1"}), base.without({"s1"}).joined(first)
    assert (turned[0].within() == turned[1].within()).all(), seed
    assert (one.without({"s3", "s4"}).within() == was).all(), seed
