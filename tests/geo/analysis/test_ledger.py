"""The ledger between two answers: it adds up, and says who decides."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_town import COVERED

from geo.analysis.ledger import COUNTS, Change, Ends, make_ledger
from geo.base.words import Words

PEOPLE = np.array([10, 20, 30, 40])
AREAS = np.array([0, 0, 1, 1])


def answer(within, off=(False, False, False, False)):
    status = np.where(off, "off_network", np.where(within, "within", "outside"))
    cells = pd.DataFrame({"people": PEOPLE, "status": status, "area": AREAS})
    areas = pd.DataFrame(
        {"area_id": ["a", "b"], "area_name": ["西町", "東町"], "division": "町", "tier": "",
         "people": [30, 70]}
    )  # fmt: skip
    return replace(COVERED, cells=cells, areas=areas)


def sure(within):
    return Ends(low=np.array(within), known=answer(within), high=np.array(within))


def change(name, turn, without):
    why = Words("開始" if turn == "opened" else "休止", turn)
    return Change(site_id=name, name=name, turn=turn, why=why, without=np.array(without))


BEFORE, AFTER = (True, False, True, False), (True, True, False, False)


def test_gained_and_lost_are_told_by_area_with_who_decides():
    changes = [
        change("新しい会", "opened", (True, False, False, False)),
        change("旧公会堂", "closed", (True, False, False, False)),
    ]
    found = make_ledger(sure(BEFORE), sure(AFTER), changes)
    assert found.areas["gained"].tolist() == [20, 0] and found.areas["lost"].tolist() == [0, 30]
    assert found.totals["unchanged_in"] == 10 and found.totals["unchanged_out"] == 40
    said = {key: [one.ja for one in words] for key, words in found.reasons.items()}
    assert said == {
        "": ["新しい会 開始 +20", "旧公会堂 休止 −30"],
        "a": ["新しい会 開始 +20"],
        "b": ["旧公会堂 休止 −30"],
    }


def test_what_two_do_together_is_shared():
    both = [change(name, "opened", AFTER) for name in ("甲", "乙")]
    found = make_ledger(sure(BEFORE), sure((True, True, True, False)), both)
    assert [one.ja for one in found.reasons["a"]] == ["いくつかが合わさって +20"]


def test_people_off_the_network_are_in_no_other_column():
    off = (False, False, False, True)
    ends = Ends(low=np.array(BEFORE), known=answer(BEFORE, off), high=np.array(BEFORE))
    found = make_ledger(ends, ends, [])
    assert found.totals["off_network"] == 40 and found.totals["unchanged_out"] == 20


def test_an_answer_outside_its_ends_is_refused():
    upside = Ends(low=np.array(AFTER), known=answer(BEFORE), high=np.array(AFTER))
    with pytest.raises(ValueError, match="least"):
        make_ledger(upside, sure(BEFORE), [])


FLAGS = st.lists(st.integers(0, 3), min_size=4, max_size=4)


def drawn(levels):
    """Each home is within reach in none, in the high, in known and high, or in all."""
    low, known, high = (tuple(one >= least for one in levels) for least in (3, 2, 1))
    return Ends(low=np.array(low), known=answer(known), high=np.array(high))


@given(FLAGS, FLAGS)
def test_it_adds_up_to_the_person_and_lies_between_its_ends(one, other):
    found = make_ledger(drawn(one), drawn(other), [])
    table = found.areas
    parts = table[["gained", "lost", "unchanged_in", "unchanged_out", "off_network"]].sum(axis=1)
    assert parts.tolist() == table["people"].tolist()
    for name in ("gained", "lost"):
        assert (table[f"{name}_low"] <= table[name]).all()
        assert (table[name] <= table[f"{name}_high"]).all()
    assert found.totals == {name: int(table[name].sum()) for name in ("people", *COUNTS)}
    turned = make_ledger(drawn(other), drawn(one), [])
    assert turned.areas["gained"].tolist() == table["lost"].tolist()
