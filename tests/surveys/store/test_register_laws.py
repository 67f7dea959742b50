"""Laws of the register that hold whatever people write, in whatever order it comes."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from register_fixtures import LATER, NOW, READ, SEEN, new_version, open_sqlite

from surveys.declaration.paths import assemble, changes, flatten, item_of, same
from surveys.record.answers import check_answers
from surveys.record.history import NOTHING, STATUS, add_version, fold
from surveys.store.checking import check_register
from surveys.store.receipt import Batch
from surveys.types import RECORD_TYPES

PARK = RECORD_TYPES["park"]
LAW = settings(max_examples=150)
CHOICE = st.sampled_from(["yes", "no", "unknown"])
BENCH = st.fixed_dictionaries(
    {}, optional={"back": CHOICE, "armrest": CHOICE, "seat_cm": st.integers(10, 100)}
)
ITEMS = st.dictionaries(st.sampled_from("abcd"), BENCH, max_size=4).flatmap(
    lambda found: st.permutations([{"_id": id_, **one} for id_, one in found.items()])
)
ANSWERS = st.fixed_dictionaries(
    {"name": st.sampled_from(["公園", "桜公園", "park"])},
    optional={
        "toilet": st.sampled_from(["usable", "hard", "none", "unknown"]),
        "note": st.text(max_size=20),
        "area_m2": st.floats(1, 1e6, allow_nan=False),
        "benches": ITEMS | st.just("unknown"),
        "water": CHOICE,
    },
)


def clean(answers):
    kept, faults = check_answers(PARK, answers)
    assert not faults
    return kept


@LAW
@given(ANSWERS)
def test_answers_taken_apart_are_put_together_again(answers):
    kept = clean(answers)
    assert assemble(PARK, flatten(PARK, kept)) == kept
    assert clean(kept) == kept


def applied(before, patch):
    flat = dict(before)
    for path, value in patch.items():
        if value is None:
            flat.pop(path, None)
        else:
            flat[path] = value
    return flat


@LAW
@given(ANSWERS, ANSWERS)
def test_what_differs_turns_the_one_into_the_other(before, after):
    one, other = flatten(PARK, clean(before)), flatten(PARK, clean(after))
    patch = changes(one, other)
    assert assemble(PARK, applied(one, patch)) == assemble(PARK, other)
    assert changes(other, other) == {}
    assert all(path not in one or not same(one[path], patch[path]) for path in patch)


# What people do: somebody who saw the site as it was `back` versions ago writes all answers anew.
WRITERS = st.lists(st.tuples(st.integers(0, 3), ANSWERS, st.booleans()), min_size=1, max_size=8)


def write(steps):
    """Return the versions and the states after each, as people of different knowledge write them."""
    states, versions = [NOTHING], []
    for seq, (back, answers, absent) in enumerate(steps, start=1):
        seen = states[max(0, len(states) - 1 - back)]
        status = {"status": {"is": "not_found"}} if absent else {}
        made = new_version("s1", answers, before=seen, **status)
        versions.append(replace(made, seq=seq))
        states.append(add_version(states[-1], versions[-1]))
    return versions, states


@LAW
@given(WRITERS, st.randoms(use_true_random=False))
def test_the_order_the_versions_are_given_in_does_not_matter(steps, rng):
    versions, states = write(steps)
    mixed = [replace(one, patch=shuffled(one.patch, rng)) for one in versions]
    rng.shuffle(mixed)
    assert fold(mixed) == states[-1]


def shuffled(patch, rng):
    parts = list(patch.items())
    rng.shuffle(parts)
    return dict(parts)


@settings(max_examples=500)
@given(WRITERS)
def test_no_word_is_lost(steps):
    """A value stands, or one that had seen it took its place, or it is told as differing."""
    versions, states = write(steps)
    end = states[-1]
    for one in versions:
        for path, value in one.patch.items():
            assert (
                same(end.flat.get(path), value)
                or one.seq in end.conflicts.get(path, ())
                or one.seq in end.conflicts.get(item_of(path), ())
                or one.seq in end.conflicts.get(path.partition("/")[0], ())
                or any(
                    later.seq > one.seq and later.base >= one.seq and covers(later.patch, path)
                    for later in versions
                )
            ), (path, value)
    for path, sides in end.conflicts.items():
        assert len(set(sides)) == len(sides) >= 2
        assert all(1 <= side <= end.head for side in sides)
        assert end.setters[path] == sides[0], path


def covers(patch, path):
    # Where one said there are none, a word about the list is a word about each thing.
    return (
        not {path, path.partition("/")[0]}.isdisjoint(patch) or patch.get(item_of(path), 1) is None
    )


@settings(max_examples=300)
@given(WRITERS)
def test_one_who_has_seen_all_settles_all(steps):
    _, states = write(steps)
    end = states[-1]
    word = {path: end.flat.get(path) for path in end.conflicts}
    last = replace(new_version("s1", None, before=end), seq=end.head + 1, patch=word)
    assert add_version(end, last).conflicts == {}
    assert add_version(end, last).flat == end.flat


def test_a_bench_and_what_was_said_of_it_are_settled_in_one_word():
    bench = [{"_id": "d", "back": "yes"}]
    steps = [
        (0, {"name": "公園", "benches": bench}, False),
        (0, {"name": "公園", "benches": [{"_id": "d", "back": "no"}]}, False),
        (0, {"name": "公園"}, False),
        (2, {"name": "公園", "benches": [{"_id": "d", "back": "unknown"}]}, False),
    ]
    end = write(steps)[1][-1]
    assert set(end.conflicts) == {"benches/d", "benches/d/back"}
    word = {path: end.flat.get(path) for path in end.conflicts}
    last = replace(new_version("s1", None, before=end), seq=5, patch=word)
    assert add_version(end, last).conflicts == {} and "benches/d" not in add_version(end, last).flat


@LAW
@given(ANSWERS, ANSWERS, ANSWERS)
def test_people_of_whom_each_saw_the_last_never_differ(one, two, three):
    versions, states = write([(0, one, False), (0, two, False), (0, three, True)])
    assert states[-1].conflicts == {} and states[-1].status == {"is": "not_found"}
    assert assemble(PARK, states[-1].answers) == clean(three)
    assert STATUS in versions[-1].patch


SAVES = st.lists(
    st.tuples(st.sampled_from(["s1", "s2"]), st.integers(0, 3), ANSWERS, st.booleans()),
    min_size=1,
    max_size=10,
)


@settings(max_examples=25)
@given(SAVES, st.booleans())
def test_what_is_kept_is_what_its_versions_make(saves, undo):
    with tempfile.TemporaryDirectory() as folder:
        register = open_sqlite(Path(folder))
        batch = Batch(
            id="b", file="f", sha256="0" * 64, type="park", by="", made_at=NOW, counts={}, undone_at=None
        )  # fmt: skip
        register.save_all([], batch)
        for site_id, back, answers, imported in saves:
            kept = register.versions(site_id)
            seen = fold(kept[: max(0, len(kept) - back)])
            more = (
                {"kind": "import", "origin": READ, "batch_id": "b"}
                if imported
                else {"origin": SEEN}
            )
            register.save(new_version(site_id, answers, before=seen, **more))
        if undo:
            register.undo_batch("b", now=LATER)
        for site_id in register.site_ids():
            kept, folded = register.refold(site_id)
            assert kept == folded
        assert check_register(register) == []
        register.engine.dispose()
