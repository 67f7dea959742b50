"""Small counts are masked: another solver finds none, on whichever sheets the counts stand."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from geo.analysis.masking import Family, mask, may_show_share
from geo.analysis.masking_audit import Known, exposed_cells, plainly_exposed

PARTS = ("within", "outside", "off")


def family_of(people, areas_of):
    """Areas in larger areas in a town, by walker and age; 75 and over are among 65 and over.

    `people[walker][area]` are six counts: within, outside and off the network below 75, and from 75 on;
    the walkers' sums by age are alike.
    """
    family = Family()
    count = len(areas_of)

    def put(column, values):
        for at, value in enumerate(values):
            family.add((column, "area", at), int(value))
        for large in sorted(set(areas_of)):
            mine = [at for at in range(count) if areas_of[at] == large]
            family.add((column, "large", large), int(sum(values[at] for at in mine)))
            family.total((column, "large", large), [(column, "area", at) for at in mine])
        family.add((column, "town"), int(sum(values)))
        family.total((column, "town"), [(column, "large", one) for one in sorted(set(areas_of))])

    table = np.array(people)  # walker, area, six
    put("75", table[0, :, 3:].sum(axis=1))
    put("65", table[0].sum(axis=1))
    names = [name[1:] for name in family.counts if name[0] == "65"]
    for walker in range(len(table)):
        for at, part in enumerate(PARTS):
            put((walker, part, "75"), table[walker, :, 3 + at])
            put((walker, part, "65"), table[walker, :, at] + table[walker, :, 3 + at])
    for name in names:
        family.part(("75", *name), ("65", *name))
        for walker in range(len(table)):
            for age in ("65", "75"):
                family.total((age, *name), [((walker, part, age), *name) for part in PARTS])
            for part in PARTS:
                family.part(((walker, part, "75"), *name), ((walker, part, "65"), *name))
    return family


def ranges(family, hidden):
    """The least and the most each count that is not shown could be, by a solver of its own."""
    names = list(family.counts)
    at = {name: row for row, name in enumerate(names)}
    rows = np.zeros((len(family.sums), len(names)))
    for number, (total, parts) in enumerate(family.sums):
        rows[number, at[total]] = -1
        for part in parts:
            rows[number, at[part]] += 1
    bounds = [
        (1, None) if name in hidden else (0, None) if name in family.unseen else (count, count)
        for name, count in family.counts.items()
    ]
    for name in names:
        if name in hidden or name in family.unseen:
            ends = []
            for sign in (1, -1):
                cost = np.zeros(len(names))
                cost[at[name]] = sign
                found = linprog(cost, A_eq=rows, b_eq=np.zeros(len(rows)), bounds=bounds)
                ends.append(sign * found.fun if found.status == 0 else np.inf)
            yield name, ends


@st.composite
def towns(draw):
    count = draw(st.integers(1, 4))
    walkers = draw(st.integers(1, 2))
    few = st.sampled_from([0, 0, 1, 2, 5, 9, 10, 14, 40])
    areas_of = sorted(draw(st.lists(st.integers(0, 1), min_size=count, max_size=count)))
    first = [[draw(few) for _ in range(6)] for _ in range(count)]
    people = [first]
    for _ in range(walkers - 1):  # the same people, otherwise within reach
        moved = []
        for row in first:
            new = list(row)
            for at in (0, 3):
                step = draw(st.integers(0, new[at]))
                new[at], new[at + 1] = new[at] - step, new[at + 1] + step
            moved.append(new)
        people.append(moved)
    return people, areas_of


@given(towns())
@settings(max_examples=30, deadline=None)
@example(([[[1, 1, 1, 1, 1, 1]] * 2], [0, 0]))
@example(([[[10, 1, 0, 0, 0, 0], [9, 9, 0, 0, 0, 0], [40, 40, 0, 40, 40, 40]]], [0, 0, 1]))
def test_no_hidden_count_follows_from_those_shown(town):
    family = family_of(*town)
    hidden = mask(family)
    small = {n for n, c in family.counts.items() if 0 < c < 10}
    assert small - family.unseen <= hidden
    assert not any(family.counts[name] == 0 for name in hidden)
    for name, (low, high) in ranges(family, hidden):
        if name in hidden or name in small:
            assert low - 1e-6 <= family.counts[name] <= high + 1e-6
            assert high - low > (1.9 if name in small else 0.9), (name, low, high)
    assert mask(family) == hidden


def test_nothing_is_hidden_where_none_is_small():
    people = [[[20, 0, 0, 10, 40, 0]] * 3, [[10, 10, 0, 50, 0, 0]] * 3]
    assert mask(family_of(people, [0, 0, 1])) == frozenset()


def test_little_is_hidden_for_one_small_count():
    """In a town of nine areas one has three out of reach: two rows of two counts, no total."""
    rows = [[60, 40, 0, 60, 40, 0] for _ in range(9)]
    rows[4] = [60, 40, 0, 97, 3, 0]
    hidden = mask(family_of([rows], [0, 0, 0, 1, 1, 1, 2, 2, 2]))
    assert 4 <= len(hidden) <= 12 and not any(name[1] == "town" for name in hidden)
    assert ((0, "outside", "75"), "area", 4) in hidden


def test_65_to_74_do_not_follow_and_a_share_is_as_good_as_its_count():
    family = Family()
    for name, count in {"65": 57, "75": 50}.items():
        family.add(name, count)
    assert mask(family) == frozenset()
    family.part("75", of="65")
    hidden = mask(family)
    assert hidden and not may_show_share(hidden, ["65", "75"]) and may_show_share(hidden, ["all"])
    for name, (low, high) in ranges(family, hidden):
        assert high - low > 1, name


def test_two_walkers_of_the_same_people_do_not_tell_each_other():
    """One walker's sheet shows 30 people; the other's must not give 27 of them and so the three."""
    family = Family()
    for name, count in {"people": 30, "in": 27, "out": 3, "in, slow": 15, "out, slow": 15}.items():
        family.add(name, count)
    family.total("people", ["in", "out"])
    family.total("people", ["in, slow", "out, slow"])
    assert mask(family) == {"in", "out"}


def test_counts_that_do_not_add_up_are_refused():
    family = Family()
    family.add("a", 3)
    family.add("b", 2)
    with pytest.raises(ValueError, match="its parts"):
        family.total("a", ["b"])
    with pytest.raises(ValueError, match="people"):
        family.add("a", 4)
    with pytest.raises(ValueError, match="people"):
        family.part("a", of="b")


def test_the_audit_itself_finds_what_follows():
    """Of 20 people in two counts of which one is shown the other follows; three hidden ones do not."""
    from scipy.sparse import csr_array

    sums = csr_array(np.array([[-1, 1, 1, 0], [0, -1, 0, 1]]))
    values = np.array([20, 15, 5, 15])

    def known(*unknown):
        flags = np.isin(np.arange(4), unknown)
        return Known(sums=sums, values=values, unknown=flags, low=np.where(flags, 1, 0),
                     high=3 * values, need=np.where(flags, 2, 0))  # fmt: skip

    assert plainly_exposed(known(2)) == [2] and exposed_cells(known(2), set()) == [2]
    assert exposed_cells(known(1, 2), set()) == [1, 2]
    assert not plainly_exposed(known(1, 2, 3)) and not exposed_cells(known(1, 2, 3), set())
