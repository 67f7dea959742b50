"""What a device says of a place of the map is kept once, with a receipt, or held and told."""

import pytest
from register_fixtures import new_version
from sync_device import Device, client_of, submission

from surveys.record.claim import fold_claims
from surveys.store.claims import list_claims, undo_claim
from surveys.store.field_receipts import list_received
from surveys.sync.submission import SentClaim, parse_submission

SAME = {"place_id": "osm-n1", "inside": "", "same": True}


@pytest.fixture
def device(register):
    with client_of(register) as client:
        yield Device(client)


def about(claim, site_id="s1", **more):
    one = submission(kind="correct", site_id=site_id, patch={}, title="公園", claim=claim, **more)
    del one["place"]
    return one


def said(register):
    return fold_claims(list_claims(register))


def test_an_answer_is_kept_once_and_has_its_receipt(register, device):
    register.save(new_version("s1", {"name": "公園"}))
    before = register.site("s1").state
    one = about(SAME, base=before.head)
    first, again = device.record(one), device.record(one)
    assert first.json()["state"] == again.json()["state"] == "kept" and again.json()["again"]
    assert said(register) == ({"osm-n1": "s1"}, frozenset())
    (kept,) = list_claims(register)
    assert (kept.id, kept.by, kept.made_at) == (one["id"], one["by"], one["made_at"])
    told = device.receipt([one["id"]], [])
    assert told["matches"] is True
    after = register.site("s1").state
    assert (after.flat, after.seen_on, after.visits) == (before.flat, before.seen_on, before.visits)
    undo_claim(register, one["id"], now="2026-11-22T00:00:00.000Z")
    assert said(register) == ({}, frozenset())


def test_not_the_same_and_a_thing_inside(register, device):
    register.save(new_version("s1", {"name": "公園"}))
    device.record(about({"place_id": "osm-n1", "inside": "benches/b1", "same": False}, base=1))
    assert said(register) == ({}, {("osm-n1", "s1/benches/b1")})


def test_what_the_register_does_not_take_is_held_and_nothing_of_it_is_kept(register, device):
    register.save(new_version("s1", {"name": "公園"}))
    wrong = about({**SAME, "place_id": "s1"}, base=1)
    answer = device.record(wrong).json()
    assert answer["state"] == "held" and "一覧に入れたもの" in answer["faults"][0]["words"]["ja"]
    assert list_claims(register) == [] and len(register.versions("s1")) == 1
    assert [one.id for one in list_received(register, state="held")] == [wrong["id"]]


@pytest.mark.parametrize(
    "claim",
    [
        "osm-n1", {}, {"place_id": "osm-n1"}, {"place_id": "", "same": True},
        {"place_id": 1, "same": True}, {"place_id": "x" * 201, "same": True},
        {"place_id": "a\u0000", "same": True}, {"place_id": "osm-n1", "same": "yes"},
        {"place_id": "osm-n1", "same": True, "inside": "../b1"},
        {"place_id": "osm-n1", "same": True, "inside": None},
    ],
)  # fmt: skip
def test_what_is_no_answer_is_named(claim):
    taken, faults = parse_submission(about(claim))
    assert taken is None and [path for path, _ in faults] == ["claim"]


def test_a_body_of_before_says_nothing_of_the_map():
    taken, _ = parse_submission(submission())
    assert taken.claim is None
    taken, _ = parse_submission(about(SAME))
    assert taken.claim == SentClaim(place_id="osm-n1", inside="", same=True)


def test_a_new_site_comes_with_what_was_said_of_the_map(register, device):
    claims = [{"place_id": "osm-n1", "same": False}, {"place_id": "osm-n2", "same": True}]
    one = submission(site_id="new", claims=claims)
    first, again = device.record(one), device.record(one)
    assert first.json()["state"] == again.json()["state"] == "kept"
    assert said(register) == ({"osm-n2": "new"}, {("osm-n1", "new")})
    assert [kept.id for kept in list_claims(register)] == [f"{one['id']}-1", f"{one['id']}-2"]
    assert {kept.by for kept in list_claims(register)} == {one["by"]}


@pytest.mark.parametrize("claims", ["osm-n1", [{"place_id": "osm-n1"}], [SAME] * 21, [1]])
def test_what_is_no_list_of_answers_is_named(claims):
    taken, faults = parse_submission(submission(claims=claims))
    assert taken is None and [path for path, _ in faults] == ["claims"]
