"""What people said of a place and a site: the newest word of a pair, one thing a place."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from surveys.record.claim import Claim, fold_claims, join_thing, split_thing

AT = "2026-11-21T09:00:00.000Z"


def claim(place, site, *, same=True, **more):
    return Claim(id="c", place_id=place, site_id=site, same=same, by="職員", made_at=AT, **more)


def test_the_newest_word_of_a_pair_stands():
    yes, no = claim("p", "s"), claim("p", "s", same=False)
    assert fold_claims([yes, no]) == ({}, {("p", "s")})
    assert fold_claims([no, yes]) == ({"p": "s"}, frozenset())
    assert fold_claims([yes, replace(no, undone_at=AT)]) == ({"p": "s"}, frozenset())
    assert fold_claims([replace(yes, hidden=True)]) == ({}, frozenset())


def test_a_place_is_one_thing_the_newest_said_and_the_one_before_it_when_that_is_taken_back():
    first, then = claim("p", "s"), claim("p", "t", inside="benches/b1")
    assert fold_claims([first, then])[0] == {"p": "t/benches/b1"}
    assert fold_claims([first, replace(then, undone_at=AT)])[0] == {"p": "s"}
    assert fold_claims([first, then, claim("p", "t", same=False)])[0] == {"p": "t/benches/b1"}
    assert fold_claims([first, then, first])[0] == {"p": "s"}, "said again it is the newest"


SOME = st.lists(
    st.tuples(st.sampled_from("pq"), st.sampled_from("stu"), st.booleans(), st.booleans())
)


@given(SOME)
def test_yes_and_no_of_a_pair_never_both_stand_and_what_is_undone_never_does(rows):
    claims = [
        claim(place, site, same=same, undone_at=AT if undone else "")
        for place, site, same, undone in rows
    ]
    yes, no = fold_claims(claims)
    assert not set(yes.items()) & no
    said = {(one.place_id, one.thing_id) for one in claims if not one.undone_at}
    assert {*yes.items(), *no} <= said
    assert fold_claims(one for one in claims if not one.undone_at) == (yes, no)


def test_a_thing_inside_is_told_from_its_site():
    for site, inside in (("s1", ""), ("s1", "benches/b1"), ("osm-n1", "toilets/t2")):
        assert split_thing(join_thing(site, inside)) == (site, inside)
