"""Whatever is kept is seen by its declared audience alone, on each database."""

import shutil
from dataclasses import replace

import pytest
from kept_samples import SAMPLES
from sign_in_desk import GOOD, HOST
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from layers.routes.field import make_field_routes
from layers.routes.register import make_register_routes
from layers.routes.sheets import make_sheet_routes
from layers.served import register as served
from layers.served import town as town_served
from surveys.api.gate import Gate, account_id_of
from surveys.api.sign_in import make_sign_in_routes
from surveys.api.sync import make_sync_routes
from surveys.store.kept import KINDS
from surveys.store.kept_order import kinds_in_order

# Every address that answers from the register without naming one thing in it.
LISTS = (
    "/register/pins.geojson", "/print/list", "/print/list?lang=en", "/print/form/park",
    "/api/v1/field/pack", "/auth/me", "/field/",
)  # fmt: skip
# What a program could try of a thing by its id alone.
GUESSES = (
    "/print/karte/{id}", "/print/walk/{id}", "/photos/{id}.jpg", "/photos/{id}.thumb.jpg",
    "/api/v1/field/pack?walk={id}", "/api/v1/field/tracks/{id}", "/api/v1/field/records/{id}",
    "/api/v1/field/photos/{id}", "/api/v1/field/devices/{id}", "/api/v1/field/receipts",
)  # fmt: skip


@pytest.fixture
def asked(register, door, small_town, tmp_path, monkeypatch):
    """The app's routes that answer from the register, behind the gate; and the sign-in desk."""
    shutil.copytree(small_town / "data", tmp_path / "town" / "data")
    monkeypatch.setenv(town_served.VARIABLE, str(tmp_path / "town"))
    monkeypatch.setattr(served, "_register", lambda _folder, _url: register)
    routes = [
        *make_sign_in_routes(lambda: register, lambda: True, door.clock),
        *make_sync_routes(lambda: register, account_id_of),
        *make_field_routes(),
        *make_register_routes(),
        *make_sheet_routes(),
    ]
    gate = Middleware(Gate, find_user=door.find, needed=lambda: True, find_standing=door.standing)
    door.app = Starlette(routes=routes, middleware=[gate])
    return door


@pytest.fixture
def staff(asked):
    """Somebody signed in, on another device than wrote."""
    with asked.open(HOST) as client:
        assert asked.sign_in(client, GOOD).status_code == 303
        yield client


@pytest.fixture
def ids(register):
    """One of every kind is kept."""
    return {kind.id: SAMPLES[kind.id].write(register) for kind in kinds_in_order()}


def addresses_of(kind, ids):
    guesses = (one.format(id=ids[kind].replace("/", "")) for one in GUESSES)
    return {*SAMPLES[kind].addresses(ids[kind]), *LISTS, *guesses}


def ask_all(client, ids):
    """Return what a client is told at every address, by address."""
    wanted = sorted(set().union(*(addresses_of(kind, ids) for kind in ids)))
    return {address: client.get(address) for address in wanted}


def find_leaks(kinds, ids, register, *, stranger, staff):
    """Return what is shown to whom it is not declared for, or hidden from whom it is."""
    wrong = []
    for kind in kinds:
        sample, id_ = SAMPLES[kind.id], ids[kind.id]
        mark, own = sample.mark(register, id_), sample.addresses(id_)
        hidden = kind.audience == "own" or not own
        for who, said, blind in (
            ("a stranger", stranger, kind.audience != "public"), ("the staff", staff, hidden),
        ):  # fmt: skip
            if blind:
                at = [one for one in addresses_of(kind.id, ids) if mark in said[one].content]
                wrong += [f"{who} sees {kind.id} at {one}" for one in at]
            else:
                at = [one for one in own if mark not in said[one].content]
                wrong += [f"{who} does not see {kind.id} at {one}" for one in at]
    return wrong


def test_each_kind_is_shown_to_its_audience_and_to_nobody_else(asked, staff, register, ids):
    with TestClient(asked.app, base_url=HOST, follow_redirects=False) as client:
        stranger = ask_all(client, ids)
    seen = ask_all(staff, ids)
    kinds = list(KINDS.values())
    assert find_leaks(kinds, ids, register, stranger=stranger, staff=seen) == []
    refused = {address: said.status_code for address, said in stranger.items()}
    assert refused.pop("/auth/me") == 200 and set(refused.values()) == {401}
    # The look itself bites: what is shown to all, or declared for fewer, is named.
    assert "a stranger sees site at /register/pins.geojson" in find_leaks(
        kinds, ids, register, stranger=seen, staff=seen
    )
    fewer = [replace(KINDS["photo"], audience="own")]
    assert find_leaks(fewer, ids, register, stranger=stranger, staff=seen)
    more = [replace(KINDS["site"], audience="public")]
    assert find_leaks(more, ids, register, stranger=stranger, staff=seen)


def test_another_device_takes_nothing_away(staff, register, ids):
    before = {kind: SAMPLES[kind].read(register, id_) for kind, id_ in ids.items()}
    staff.headers |= {"X-Kayoi-Device": "be" * 16, "Origin": HOST}
    for kind, id_ in ids.items():
        if SAMPLES[kind].meddle is not None:
            SAMPLES[kind].meddle(staff, id_)
        for what in ("tracks", "records", "photos", "devices"):
            staff.delete(f"/api/v1/field/{what}/{id_.replace('/', '')}")
    after = {kind: SAMPLES[kind].read(register, id_) for kind, id_ in ids.items()}
    assert after == before and None not in before.values()
