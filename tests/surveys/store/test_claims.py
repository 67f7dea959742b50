"""Answers about places are kept, taken back and brought back, on each database."""

from dataclasses import replace

import pytest
from register_fixtures import READ, new_version

from geo.base.problems import InputError
from surveys.record.claim import Claim, fold_claims
from surveys.store.claims import keep_claims, list_claims, redo_claim, undo_claim
from surveys.store.receipt import Batch

AT = "2026-11-21T09:00:00.000Z"


def claim(id_="c1", place="osm-n1", site="s1", *, same=True):
    return Claim(id=id_, place_id=place, site_id=site, same=same, by="職員", made_at=AT)


def stands(register):
    return fold_claims(list_claims(register))


def test_an_answer_is_kept_once_taken_back_and_brought_back(register):
    register.save(new_version("s1", {"name": "公園"}))
    stamps = [register.stamp()]
    keep_claims(register, [claim()])
    keep_claims(register, [replace(claim(), by="別の人")])  # sent again
    assert [one.by for one in list_claims(register)] == ["職員"]
    assert stands(register) == ({"osm-n1": "s1"}, frozenset())
    stamps.append(register.stamp())
    undo_claim(register, "c1", now=AT)
    assert stands(register) == ({}, frozenset())
    stamps.append(register.stamp())
    redo_claim(register, "c1")
    assert stands(register) == ({"osm-n1": "s1"}, frozenset())
    assert len(set(stamps)) == 3 and register.stamp() == stamps[1]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (claim(site="nobody"), "a site there is not"),
        (claim(place=""), "no place"),
        (claim(place="x" * 201), "too long to be one"),
        (claim(place="osm\x00n"), "signs no database holds"),
        (claim(place="s1"), "a record is the place it was made of"),
        (replace(claim(), inside="\ud800"), "half a sign"),
    ],
)
def test_what_is_no_answer_is_refused_and_the_others_with_it(register, wrong, why):
    register.save(new_version("s1", {"name": "公園"}))
    with pytest.raises(InputError):
        keep_claims(register, [claim("good"), replace(wrong, id="wrong")])
    assert list_claims(register) == [], why


def test_another_answer_under_the_same_id_is_refused(register):
    register.save(new_version("s1", {"name": "公園"}))
    keep_claims(register, [claim()])
    with pytest.raises(InputError):
        keep_claims(register, [claim(same=False)])
    assert [one.same for one in list_claims(register)] == [True]


def test_an_answer_sleeps_while_the_import_of_its_site_is_undone(register):
    batch = Batch(
        id="b", file="f.csv", sha256="1" * 64, type="park", by="係", made_at=AT, counts={},
        undone_at=None,
    )  # fmt: skip
    row = new_version("s1", {"name": "公園"}, kind="import", origin=READ, batch_id="b")
    register.save_all([row], batch)
    keep_claims(register, [claim()])
    register.undo_batch("b", now=AT)
    assert stands(register) == ({}, frozenset()) and list_claims(register)[0].hidden
    with pytest.raises(InputError):
        keep_claims(register, [claim("c2", "osm-n2")])
    register.redo_batch("b")
    assert stands(register) == ({"osm-n1": "s1"}, frozenset())
