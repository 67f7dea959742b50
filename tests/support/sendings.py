"""Whatever may reach the register's door, in any order and twice, for Hypothesis."""

import json
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import shapely
from hypothesis import strategies as st
from register_fixtures import LATER, NOW, READ, SEEN, new_version, open_sqlite
from register_strategies import answers, days, item_ids, places, texts
from sync_device import DEVICE, photo, sha, submission

from geo.base.problems import InputError
from surveys.declaration.paths import flatten
from surveys.record.history import KINDS, PLACE, STATUS, STATUSES, Version
from surveys.store.checking import check_register
from surveys.store.devices import Contact
from surveys.store.receipt import Batch
from surveys.store.received import NotYet, receive_record
from surveys.store.received_photos import receive_photo
from surveys.store.settling import settle_held
from surveys.sync.received import parse_sent
from surveys.sync.submission import SENT_KINDS
from surveys.types import EVERY_TYPE

CONTACT = Contact(device_id=DEVICE, account_id=None, now="2026-11-21T01:42:00.000Z")
PHOTOS = [photo(at) for at in range(3)]
IDS = [f"{at:032x}" for at in range(1, 5)]
NUMBERS = st.one_of(
    st.integers(-3, 40), st.integers(-(2**70), 2**70), st.floats(),
    st.sampled_from([-0.0, 1e16, 1e300, 5e-324, 2**53, 2**53 + 1, 0.1 + 0.2]),
)  # fmt: skip
BASES = st.one_of(
    st.integers(0, 6), st.integers(-2, 2**31), st.sampled_from([517, 2**31 - 1, 2**63])
)
# Three that were sent, and two that nobody has.
SHOTS = st.sampled_from([*map(sha, PHOTOS), "a" * 64, "0123456789abcdef" * 4]).flatmap(
    lambda id_: st.sampled_from(
        [{"id": id_, "caption": ""}, {"id": id_}, {"id": id_, "caption": 1}]
    )
)
ODD = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, texts, SHOTS, st.just("\ud800"), st.just("a\x00")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
PATHS = st.one_of(
    st.sampled_from(["name", "photos", "older", "older/photos", "benches/a", "benches/a/back",
                     "benches/a/photos", "area_m2", "@status", "@place", "@older", "older/x/photos"]),
    item_ids,
)  # fmt: skip
STATED = st.fixed_dictionaries(
    {"is": st.sampled_from([*STATUSES, "gone"])}, optional={"on": days | ODD, "reason": texts | ODD}
)


@st.composite
def patches(draw, type_):
    """What may be said of a site: what its form gives, what another's gives, and what none does."""
    plain = {one.id: "西公園" for one in type_.fields if one.id == "name"}
    how = draw(st.sampled_from(["empty", "empty", "plain", "form", "form", "form", "odd"]))
    if how == "empty":
        return {}
    if how == "plain":
        return plain
    said = plain | flatten(type_, draw(answers(type_)))
    shots = [path for path in said if path.rpartition("/")[2] == "photos"]
    said |= {path: [{"id": sha(PHOTOS[0]), "caption": "入口"}] for path in shots}
    if draw(st.booleans()):
        said[STATUS] = {"is": draw(st.sampled_from(STATUSES)), "on": draw(days), "reason": "移った"}
    if how == "odd":
        said |= draw(
            st.dictionaries(PATHS, ODD | st.lists(SHOTS, max_size=2), min_size=1, max_size=2)
        )
        said[STATUS] = draw(STATED)
    return said


def _site_of(draw, type_):
    """Two sites of each type; now and then one of another's."""
    named = draw(st.sampled_from([type_.id] * 12 + ["park"]))
    return f"{named}-{draw(st.integers(0, 1))}"


@st.composite
def bodies(draw):
    """The body a device sends, in form or not."""
    type_ = draw(st.sampled_from(list(EVERY_TYPE.values())))
    id_ = draw(st.uuids(version=4)).hex
    place = draw(st.sampled_from(["keep", "none", "own", "own"]))
    shape = draw(places(type_)) if place == "own" else None
    told = submission(
        id=id_, record_id=draw(st.sampled_from([id_] * 6 + IDS[:2])),
        site_id=_site_of(draw, type_), type=draw(st.sampled_from([type_.id] * 9 + ["none"])),
        kind=draw(st.sampled_from([*SENT_KINDS] * 2 + [*KINDS])), base=draw(BASES), patch=draw(patches(type_)),
        after=draw(st.sampled_from([None] * 9 + IDS)),
        photos=draw(st.lists(st.sampled_from([*map(sha, PHOTOS)] * 4 + ["b" * 64]), max_size=1)),
        place=None if shape is None else json.loads(shapely.to_geojson(shape)),
    )  # fmt: skip
    if place == "keep":
        del told["place"]
    if draw(st.integers(0, 9)) == 0:
        told[draw(st.sampled_from(sorted(told)))] = draw(ODD)
    return ("sent", json.dumps(told, ensure_ascii=True), draw(st.booleans()))


@st.composite
def versions(draw):
    """A version as the office's screens, an import or a faulty caller makes it."""
    type_ = draw(st.sampled_from(list(EVERY_TYPE.values())))
    patch = draw(patches(type_))
    id_ = draw(st.uuids(version=4)).hex
    if draw(st.booleans()):
        patch = patch | {PLACE: draw(places(type_))}
    imported = draw(st.booleans())
    version = Version(
        seq=0, id=id_, record_id=draw(st.sampled_from([id_] * 6 + IDS[:2])),
        site_id=_site_of(draw, type_), type=type_.id, kind=draw(st.sampled_from(KINDS)),
        made_at=NOW, origin=READ if imported else replace(SEEN, on=draw(days)), patch=patch,
        base=draw(BASES), batch_id="b" if imported else None, note=draw(texts),
        walk_id=draw(st.sampled_from([None, "w"])), seen_on=draw(st.sampled_from(["", "2026-01-02"])),
    )  # fmt: skip
    return ("saved", version, False)


DEEDS = st.sampled_from([("undo", "", False), ("redo", "", False), ("settle", "", False)])
SENDINGS = st.lists(
    st.one_of(bodies(), bodies(), versions(), DEEDS), min_size=8, max_size=14
).flatmap(
    # Everything twice, in an order of its own.
    lambda found: st.permutations(found + found)
)


def _first():
    """One site of each type, so that what is sent has something to be about."""
    shapes = {
        "point": shapely.Point(139.9, 35.6),
        "line": shapely.LineString([(139.9, 35.6), (139.9, 35.7)]),
        "area": shapely.box(139.9, 35.6, 139.91, 35.61),
    }
    for type_ in EVERY_TYPE.values():
        named = {one.id: "西公園" for one in type_.fields if one.id == "name"}
        yield new_version(
            f"{type_.id}-0", named, type=type_.id, place=shapes[type_.shapes[0]],
            version_id=f"first-{type_.id}", record_id=f"first-{type_.id}",
        )  # fmt: skip


def receive_all(register, sendings):
    """Let everything come, and return what was acknowledged: ids by what became of them."""
    batch = Batch(
        id="b", file="f", sha256="0" * 64, type="park", by="", made_at=NOW, counts={}, undone_at=None
    )  # fmt: skip
    register.save_all([], batch)
    for data in PHOTOS:
        receive_photo(register, sha(data), data, CONTACT)
    register.save_all(list(_first()))
    told = {"kept": set(), "held": set(), "saved": set()}
    for how, what, wait in sendings:
        with suppress(InputError, ArithmeticError, TypeError, ValueError):
            _take(register, told, how, what, wait)
    return told


def _take(register, told, how, what, wait):
    match how:
        case "sent":
            came = receive_record(register, parse_sent(what), CONTACT, wait=wait)
            if not isinstance(came, NotYet):
                told[came.state].add(came.id)
        case "saved":
            register.save(what)
            told["saved"].add(what.id)
        case "undo":
            register.undo_batch("b", now=LATER)
        case "redo":
            register.redo_batch("b")
        case _:
            for one in sorted(told["held"]):
                if settle_held(register, one, now=LATER, move=True).state == "kept":
                    told["held"].remove(one)
                    told["kept"].add(one)


def find_warnings(sendings):
    """Return the warnings of a new register after all of it came, and how much was kept."""
    with tempfile.TemporaryDirectory() as folder:
        register = open_sqlite(Path(folder))
        told = receive_all(register, sendings)
        kept = {one.id for one in register.all_versions()}
        assert told["kept"] | told["saved"] <= kept, "acknowledged, and not kept"
        warnings = check_register(register)
        register.engine.dispose()
        return warnings, {key: len(ids) for key, ids in told.items()}
