"""Places of the map and things of records: each in one pair, and a person's word above all."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.base.pairs import SAME_M
from geo.tables.pairing import ASK_M, Said, find_asked, pair_things

NAMES = ["", "西町公園", "市立西町公園", "東町公園"]
THING = st.tuples(
    st.sampled_from(["park", "bench"]), st.sampled_from(NAMES),
    st.integers(0, 200), st.integers(0, 60),
)  # fmt: skip


def table(rows, letter):
    return pd.DataFrame(
        {
            "rest_id": [f"{letter}{at}" for at in range(len(rows))],
            "kind": np.array([row[0] for row in rows], dtype=object),
            "name": np.array([row[1] for row in rows], dtype=object),
            "x_m": np.array([row[2] for row in rows], dtype=float),
            "y_m": np.array([row[3] for row in rows], dtype=float),
        }
    )


@st.composite
def lists(draw):
    """Things, places, and what people said of any of them; some places are things already."""
    things = table(draw(st.lists(THING, max_size=7)), "t")
    places = table(draw(st.lists(THING, max_size=7)), "p")
    same = draw(st.lists(st.booleans(), min_size=len(places), max_size=len(places)))
    for at in range(min(len(things), len(places))):
        if same[at]:
            places.loc[at, "rest_id"] = things.loc[at, "rest_id"]
    ids = [*things["rest_id"], "gone"]
    places_ids = list(places["rest_id"])
    yes, no = {}, set()
    if places_ids:
        some = st.tuples(st.sampled_from(places_ids), st.sampled_from(ids))
        yes = dict(draw(st.lists(some, max_size=3)))
        no = {pair for pair in draw(st.lists(some, max_size=5)) if yes.get(pair[0]) != pair[1]}
    return things, places, Said(yes=yes, no=frozenset(no))


def apart(things, places, thing, place):
    one, other = things.set_index("rest_id").loc[thing], places.set_index("rest_id").loc[place]
    return float(np.hypot(one.x_m - other.x_m, one.y_m - other.y_m))


@settings(max_examples=300)
@given(lists())
def test_one_id_a_persons_word_then_the_nearest_of_a_kind_each_once(made):
    things, places, said = made
    held = pair_things(things, places, said=said)
    known = set(things["rest_id"])
    for place in places["rest_id"]:
        if place in known:
            assert held[place] == (place, "id")
        elif said.yes.get(place) in known:
            assert held[place] == (said.yes[place], "said"), "whatever the distance"
    near = {place: thing for place, (thing, how) in held.items() if how == "near"}
    assert len(set(near.values())) == len(near), "a thing is one place at the most"
    assert not set(near.values()) & {one for one, how in held.values() if how != "near"}
    for place, thing in near.items():
        assert (place, thing) not in said.no
        assert apart(things, places, thing, place) <= SAME_M
    kinds = dict(zip(things["rest_id"], things["kind"], strict=True))
    taken = {thing for thing, _ in held.values()}
    for row in places.itertuples():
        if row.rest_id in held:
            continue
        for thing in known - taken:  # both without a partner, near, of one kind: somebody said no
            close = apart(things, places, thing, row.rest_id) <= SAME_M
            assert kinds[thing] != row.kind or not close or (row.rest_id, thing) in said.no


def brute_force(things, places):
    """As rests were always merged: of one id, else the nearest pair first."""
    held = {id_: id_ for id_ in places["rest_id"] if id_ in set(things["rest_id"])}
    pairs = sorted(
        (float(np.hypot(t.x_m - p.x_m, t.y_m - p.y_m)), t.Index, p.Index, t.rest_id, p.rest_id)
        for t in things.itertuples() for p in places.itertuples()
        if t.kind == p.kind and t.rest_id not in held and p.rest_id not in held
    )  # fmt: skip
    for far, _, _, thing, place in pairs:
        if far <= SAME_M and place not in held and thing not in held.values():
            held[place] = thing
    return held


@settings(max_examples=200)
@given(lists())
def test_where_nobody_said_anything_it_is_the_nearest_pair_first(made):
    things, places, _ = made
    found = {place: thing for place, (thing, _) in pair_things(things, places).items()}
    assert found == brute_force(things, places)


@settings(max_examples=150)
@given(lists(), st.randoms(use_true_random=False))
def test_whoever_answers_all_that_is_asked_comes_to_an_end_and_nothing_counts_twice(made, chance):
    things, places, said = made
    for _ in range(len(things) * len(places) + 1):
        asked = find_asked(things, places, said=said)
        if not asked:
            break
        held = pair_things(things, places, said=said)
        assert [(not one.alike, one.metres) for one in asked] == sorted(
            (not one.alike, one.metres) for one in asked
        ), "the surest first"
        assert len({one.place_id for one in asked}) == len(asked)
        assert {one.place_id for one in asked if one.taken} == {
            place for place, (_, how) in held.items() if how == "near"
        }
        first = asked[0]
        if chance.random() < 0.5:
            said = Said(yes={**said.yes, first.place_id: first.thing_id}, no=said.no)
        else:
            said = Said(yes=said.yes, no=said.no | {(first.place_id, first.thing_id)})
    else:
        pytest.fail("there is always another to ask")
    assert not any(how == "near" for _, how in pair_things(things, places, said=said).values())


def test_of_like_names_a_person_is_asked_farther_off_and_they_count_as_two():
    things = table([("park", "西町公園", 0, 0)], "t")
    places = table([("park", "市立西町公園", 80, 0), ("park", "東町公園", 60, 0)], "p")
    assert pair_things(things, places) == {}
    (pair,) = find_asked(things, places)
    assert (pair.place_id, pair.metres, pair.alike, pair.taken) == ("p0", 80.0, True, False)
    assert find_asked(things, places.assign(x_m=ASK_M + 1.0)) == ()
