"""What hostile or broken bodies do to the addresses: refused or held, never a failure of ours."""

import json
import random

import pytest
from register_fixtures import open_sqlite
from sync_device import Device, client_of, photo, saved, sha, submission

from geo.base.problems import InputError
from surveys.store.bring_back import bring_back
from surveys.store.checking import check_register
from surveys.store.devices import Contact
from surveys.store.field_receipts import list_received
from surveys.store.settling import settle_held
from surveys.sync.received import depth_of
from surveys.sync.saved_file import parse_saved_file

ID = "0" * 32
NOW = "2026-11-21T01:42:00.000Z"
CONTACT = Contact(device_id="", account_id=None, now=NOW)


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    return value


def body(**more):
    return json.dumps(submission(id=ID, **more))


# What → its body, and what comes of it: refused (400) or held.
BODIES = {
    "no JSON": ("{", 400),
    "nothing": ("", 400),
    "a list": ("[]", 400),
    "another id": (json.dumps(submission(id="1" * 32)), 400),
    "no id": ("{}", 400),
    "an id that is a path": (json.dumps({"id": "../../etc/passwd"}), 400),
    "a million brackets": ("[" * 1_000_000, 400),
    "over 2 MB": (body(note="x" * 2_000_001), 400),
    "not UTF-8": (b"\xff\xfe{}", 400),
    "only an id": (json.dumps({"id": ID}), "held"),
    "deep": (body(patch={"note": nested(60)}), "held"),
    "very deep": (body(patch={"note": nested(900)}), "held"),
    "NaN": (body().replace('"base": 0', '"base": NaN'), "held"),
    "infinite": (body(patch={"area_m2": 1}).replace('"area_m2": 1', '"area_m2": 1e999'), "held"),
    "a huge whole number": (body().replace('"base": 0', '"base": ' + "9" * 5_000), "held"),
    "a large whole number": (body(patch={"area_m2": 2**60}), "held"),
    "a negative base": (body(base=-1), "held"),
    "a key twice": (body().replace('"base": 0', '"base": 0, "base": 1'), "held"),
    "NUL in a text": (body(patch={"name": "公\x00園"}), "held"),
    "half a sign": (body(patch={"name": "\ud800"}), "held"),
    "NUL in an id": (body(site_id="a\x00b"), "held"),
    "a path for a site": (body(site_id="../../s"), "held"),
    "a path for a record": (body(record_id="../r"), "held"),
    "a long id": (body(record_id="r" * 65), "held"),
    "a list for a text": (body(note=["x"]), "held"),
    "a number for a name": (body(by=5), "held"),
    "a text for a patch": (body(patch="x"), "held"),
    "an odd path": (body(patch={"../name": 1}), "held"),
    "the place as an answer": (body(patch={"@place": {"type": "Point"}}), "held"),
    "an order that is a text": (body(patch={"benches/a1": "x", "benches/a2": 1}), "held"),
    "an order that is a list": (body(patch={"benches/a1": [1]}), "held"),
    "photos that are none": (body(patch={"photos": [{"id": "../x"}]}), "held"),
    "photos that are numbers": (body(patch={"photos": [1]}), "held"),
    "photos that are a text": (body(patch={"photos": "x"}), "held"),
    "an id list of numbers": (body(photos=[1]), "held"),
    "a status that is a list": (body(patch={"@status": [1]}), "held"),
    "a status of another kind": (body(patch={"@status": {"is": "gone"}}), "held"),
    "a status with a list": (body(patch={"@status": {"is": {"x": 1}}}), "held"),
    "a shape with NaN": (body(place={"type": "Point", "coordinates": [None, 1]}), "held"),
    "a ring that is open": (body(place={"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}), "held"),
    "a shape in a shape": (body(place={"type": "GeometryCollection", "geometries": []}), "held"),
    "corners without end": (body(type="slope", place={"type": "LineString", "coordinates": [[1, 1]] * 25_000}), "held"),
    "a clock beyond time": (body(made_at="9999-12-31T23:59:59-23:00"), "held"),
    "a moment without zone": (body(made_at="2026-11-21T01:00:00"), "held"),
    "a day that is none": (body(on="2026-02-30"), "held"),
    "a kind that is a list": (body(kind=["visit"]), "held"),
    "a position that is a list": (body(position=[1]), "held"),
    "a clock that is a text": (body(clock_off_s="x"), "held"),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_hostile_record_is_refused_or_held_and_never_fails(register, name):
    text, wanted = BODIES[name]
    with client_of(register) as client:
        device = Device(client)
        said = device.raw(ID, text)
        assert said.status_code == (400 if wanted == 400 else 200), said.text
        assert register.all_versions() == []
        if wanted == 400:
            assert said.json()["error"]["ja"] and list_received(register) == []
            return
        assert said.json()["state"] == "held" and said.json()["faults"]
        assert device.raw(ID, text).json()["again"]
    settle_held(register, ID, now=NOW, move=True)
    assert check_register(register) == []


@pytest.mark.parametrize("id_", ["x", "..%2F..%2Fetc", "A" * 64, "a" * 63, "%00" * 4])
def test_a_photos_address_is_a_fingerprint_and_nothing_else(tmp_path, id_):
    register = open_sqlite(tmp_path)
    with client_of(register) as client:
        assert Device(client).photo(b"x", id_).status_code in (400, 404)
    assert list(register.photos.folder.rglob("*")) == []
    register.engine.dispose()


@pytest.mark.parametrize(
    ("path", "method", "kind"),
    [
        (f"records/{ID}", "PUT", "text/plain"),
        (f"records/{ID}", "PUT", "application/x-www-form-urlencoded"),
        (f"photos/{'a' * 64}", "PUT", "text/html"),
        (f"devices/{ID}", "PUT", ""),
        ("receipts", "POST", "text/plain"),
        (f"tracks/{ID}", "PUT", "text/plain"),
    ],
)
def test_another_content_type_is_refused(tmp_path, path, method, kind):
    register = open_sqlite(tmp_path)
    with client_of(register) as client:
        headers = {"Content-Type": kind}
        said = client.request(method, f"/api/v1/field/{path}", content=b"{}", headers=headers)
        assert said.status_code == 403 and said.json()["error"]["en"]
    register.engine.dispose()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "1", "{}", '{"holds": 1}', '{"holds": {"records": -1}}', '{"holds": {"records": 1e999}}',
     '{"holds": {"sites": ' + "9" * 400 + "}}", '{"device_id": "../x"}', '{"device_id": "a", "day": 5}',
     '{"device_id": "a", "day": "2026-11-21", "records": "x", "photos": []}',
     '{"device_id": "a", "day": "2026-11-21", "records": [{}], "photos": []}',
     '{"device_id": "a", "day": "2026-11-21", "records": [], "photos": ["../x"]}',
     '{"day": "2026-11-21", "walk_id": null, "points": [[' + "9" * 400 + ',0,1,"2026-11-21T01:00:00Z"]]}',
     "[" * 50_000],
)  # fmt: skip
def test_hostile_words_of_a_device_are_refused(tmp_path, text):
    register = open_sqlite(tmp_path)
    headers = {"Content-Type": "application/json"}
    with client_of(register) as client:
        for method, path in (("PUT", f"devices/{ID}"), ("PUT", "tracks/t1"), ("POST", "receipts")):
            said = client.request(method, f"/api/v1/field/{path}", content=text, headers=headers)
            assert said.status_code == 400, (path, said.text)
    register.engine.dispose()


def test_depth_is_counted_without_falling_into_it():
    assert depth_of(nested(100_000)) == 100_000


def test_a_saved_file_is_taken_in_as_if_the_device_had_sent_it(register):
    rng, shot = random.Random(3), photo(3)  # noqa: S311 - no secret
    one = submission(rng, patch={"photos": [{"id": sha(shot), "caption": ""}]}, photos=[sha(shot)])
    two = submission(rng, site_id=one["site_id"], after=one["id"], base=0, patch={"name": "直した"})
    draft = submission(rng, unfinished=True, patch={"name": "途中"})
    file = saved([two, one, draft], [shot])
    done = bring_back(register, parse_saved_file(file), CONTACT)
    assert (done.new, done.again, done.held, done.photos) == (2, 0, 1, 1)
    again = bring_back(register, parse_saved_file(file), CONTACT)
    assert (again.new, again.again, again.held) == (0, 3, 0)
    (held,) = list_received(register, state="held")
    assert "途中の記録" in held.faults[0]["words"]["ja"] and held.device_id == "d" * 32
    with client_of(register) as client:  # what the draft became is sent under the draft's id
        finished = {key: value for key, value in draft.items() if key != "unfinished"}
        assert Device(client).record(finished).json()["state"] == "kept"
        assert Device(client).record(one).json()["again"]
    assert register.site(one["site_id"]).state.conflicts == {}
    assert check_register(register) == []


def test_an_unfinished_record_is_kept_when_a_person_says_so(register):
    bring_back(register, parse_saved_file(saved([submission(unfinished=True)])), CONTACT)
    (held,) = list_received(register, state="held")
    assert settle_held(register, held.id, now=NOW).state == "kept"
    with pytest.raises(InputError):
        settle_held(register, held.id, now=NOW)


def test_a_saved_file_without_its_photos_loses_nothing(register):
    lost = submission(patch={"photos": [{"id": "a" * 64, "caption": ""}]}, photos=["a" * 64])
    follows = submission(after="b" * 32)
    done = bring_back(register, parse_saved_file(saved([lost, follows])), CONTACT)
    assert (done.new, done.held) == (1, 1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b'{"format": 2}',
        b'{"format": 1, "submissions": 5}',
        b"[" * 200_000,
        b"\xff",
    ],
)
def test_what_is_no_saved_file_is_refused_in_words(data):
    with pytest.raises(InputError):
        parse_saved_file(data)


def test_a_broken_row_of_a_saved_file_is_told_and_the_rest_is_taken(tmp_path):
    register, good = open_sqlite(tmp_path), submission()
    rows = [1, {}, {"id": "../x"}, good, {"id": "é" * 32}]
    shots = [
        5,
        {"id": sha(b"x"), "base64": "!!"},
        {"id": "a" * 64, "base64": "eA=="},
        {"base64": []},
    ]
    file = {"format": 1, "device": [], "submissions": rows, "photos": shots}
    done = bring_back(register, parse_saved_file(json.dumps(file).encode()), CONTACT)
    assert done.new == 1 and len(done.faults) == 8
    register.engine.dispose()
