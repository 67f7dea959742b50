"""The addresses devices send to: kept or held, never lost, never stuck."""

import errno
import os
from datetime import timedelta

import pytest
import shapely
from register_fixtures import new_version, open_sqlite
from sqlalchemy import insert
from sync_device import DEVICE, NOW, TODAY, Device, client_of, photo, sha, submission

from surveys.record.history import PLACE, STATUS
from surveys.store.checking import check_register, wanted_photos
from surveys.store.devices import list_devices, list_tracks
from surveys.store.engine import writing
from surveys.store.field_receipts import list_receipts, list_received
from surveys.store.field_tables import ACCOUNT
from surveys.store.listing import SiteQuery, list_sites
from surveys.store.settling import settle_held

PHOTO = photo(1)
LATER = "2026-11-22T00:00:00.000Z"


@pytest.fixture
def device(register):
    with client_of(register) as client:
        yield Device(client)


def versions(register, one):
    return register.versions(one["site_id"])


def test_a_record_is_kept_as_a_version_and_again_gives_the_same_answer(device, register):
    one = submission(note="門は北", position={"by": "gps", "count": 12, "accuracy_m": 4.2})
    first, second = device.record(one).json(), device.record(one).json()
    assert first["state"] == "kept" and not first["again"] and first["number"] == 1
    assert second == first | {"again": True}
    (version,) = versions(register, one)
    assert version.note == "門は北\n場所：GPS 12回の平均・半径4m"
    assert version.origin.on == TODAY and version.patch[PLACE].x == 139.8956


def test_a_place_set_by_hand_says_so(device, register):
    one = submission(position={"by": "hand", "count": 0, "accuracy_m": 0})
    assert device.record(one).json()["state"] == "kept"
    assert versions(register, one)[0].note == "場所：地図で手入力"


def test_photos_come_first_and_get_the_shelfs_ids(device, register):
    patch = {"name": "公園", "photos": [{"id": sha(PHOTO), "caption": "入口"}]}
    one = submission(patch=patch, photos=[sha(PHOTO)])
    waiting = device.record(one)
    assert waiting.status_code == 409 and waiting.json() == {"missing_photos": [sha(PHOTO)]}
    assert versions(register, one) == [] and list_received(register) == []
    assert device.photo(PHOTO).json() == {
        "id": sha(PHOTO), "state": "kept", "again": False, "fault": None,
    }  # fmt: skip
    assert device.photo(PHOTO).json()["again"]
    assert wanted_photos(register.engine)  # a backup taken now holds it
    assert device.record(one).json()["state"] == "kept"
    (shot,) = versions(register, one)[0].patch["photos"]
    assert register.photos.has(shot["id"]) and shot["caption"] == "入口"
    assert check_register(register) == []


def test_photos_of_a_thing_are_mapped_and_the_sites_own_pass_through(device, register):
    own = register.photos.take(photo(5)).id
    device.photo(PHOTO)
    patch = {
        "photos": [{"id": own, "caption": ""}], "benches/a1": 1,
        "benches/a1/photos": [{"id": sha(PHOTO), "caption": ""}],
    }  # fmt: skip
    one = submission(patch=patch, photos=[sha(PHOTO)])
    assert device.record(one).json()["state"] == "kept"
    kept = versions(register, one)[0].patch
    assert kept["photos"][0]["id"] == own
    assert register.photos.has(kept["benches/a1/photos"][0]["id"])


def test_a_photo_nobody_can_open_is_held_and_the_record_is_kept_without(device, register):
    data = b"no photo at all"
    said = device.photo(data).json()
    assert said["state"] == "held" and said["fault"]["ja"]
    patch = {"name": "公園", "photos": [{"id": sha(data), "caption": ""}]}
    answer = device.record(submission(patch=patch, photos=[sha(data)])).json()
    assert answer["state"] == "kept" and answer["faults"][0]["path"] == "photos"
    assert device.receipt([], [sha(data)])["matches"]


def test_a_photo_damaged_on_the_way_is_asked_for_again(device):
    said = device.photo(PHOTO[:-1], sha(PHOTO))
    assert said.status_code == 400 and said.json()["damaged"] is True


def test_a_photo_that_left_the_shelf_is_told_missing_and_put_back(device, register):
    one = submission(patch={"photos": [{"id": sha(PHOTO), "caption": ""}]}, photos=[sha(PHOTO)])
    device.photo(PHOTO)
    device.record(one)
    for path in register.photos.folder.rglob("*.jpg"):
        path.unlink()
    assert device.receipt([one["id"]], [sha(PHOTO)])["missing"]["photos"] == [sha(PHOTO)]
    assert device.photo(PHOTO).json()["again"] is False
    assert device.receipt([one["id"]], [sha(PHOTO)])["matches"]


def test_other_content_under_the_same_id_is_held_beside_the_first(device, register):
    one = submission()
    device.record(one)
    other = one | {"title": "別の公園"}
    said = device.record(other).json()
    assert said["state"] == "held" and device.record(other).json()["again"]
    assert device.record(one).json()["state"] == "kept"
    (held,) = list_received(register, state="held")
    assert held.id.startswith(one["id"] + "-") and held.payload == other


def test_a_record_waits_for_the_one_it_follows_and_then_knows_its_values(device, register):
    one = submission()
    two = submission(
        site_id=one["site_id"], record_id=one["record_id"], after=one["id"], kind="correct",
        patch={"name": "東公園"},
    )  # fmt: skip
    assert device.record(two).json() == {"wait_for": one["id"]}
    device.record(one)
    said = device.record(two).json()
    assert said["state"] == "kept" and said["conflicts"] == []
    assert register.site(one["site_id"]).title == "東公園"


def test_nothing_that_waits_for_what_is_lost_is_stuck(device):
    two = submission(after="f" * 32, photos=[])
    assert device.record(two).status_code == 409
    assert device.record(two, query="?wait=no").json()["state"] == "kept"
    lost = submission(patch={"photos": [{"id": "a" * 64, "caption": ""}]}, photos=["a" * 64])
    assert device.record(lost).status_code == 409
    assert device.record(lost, query="?wait=no").json()["state"] == "held"


def test_what_another_wrote_in_between_is_not_overwritten(device, register):
    head = register.save(new_version("s1", {"name": "元"})).head
    site = {"site_id": "s1", "base": head}
    one = submission(patch={"toilet": "usable"}, **site)
    del one["place"]
    state = register.site("s1").state
    register.save(new_version("s1", {"name": "役所が直した"}, before=state, place=state.place))
    device.record(one)
    two = submission(patch={"name": "端末が直した"}, after=one["id"], **site)
    del two["place"]
    said = device.record(two).json()
    assert said["conflicts"] == ["name"]
    assert register.site("s1").title == "役所が直した"


def test_two_devices_on_one_site_are_both_told(register):
    head = register.save(new_version("s1", {"name": "元"})).head
    with client_of(register) as client:
        for letter, name in (("a", "甲"), ("b", "乙")):
            one = submission(site_id="s1", base=head, patch={"name": name})
            del one["place"]
            Device(client, letter * 32).record(one)
    state = register.site("s1").state
    told = {
        one.patch["name"] for one in register.versions("s1") if one.seq in state.conflicts["name"]
    }
    assert told == {"甲", "乙"}
    assert [one.code for one in sorted(list_devices(register), key=lambda one: one.id)] == [
        "A",
        "B",
    ]


def test_not_there_carries_its_status(device, register):
    register.save(new_version("s1", {"name": "公園"}))
    status = {"is": "not_found", "on": TODAY, "reason": "更地だった"}
    one = submission(site_id="s1", kind="absent", base=1, patch={STATUS: status})
    del one["place"]
    assert device.record(one).json()["state"] == "kept"
    assert register.site("s1").state.status == status


def test_the_answer_to_a_removed_question_is_kept(device, register):
    one = submission(
        patch={"name": "公園", "old_question": "yes", "benches/x": 1, "benches/x/old": "b"}
    )
    assert device.record(one).json()["state"] == "kept"
    assert versions(register, one)[0].patch["old_question"] == "yes"


def test_a_removed_choice_is_held_and_recorded_with_the_answer_in_the_findings(device, register):
    one = submission(patch={"name": "公園", "toilet": "old_choice", "note": "木かげあり"})
    said = device.record(one).json()
    assert said["state"] == "held" and [fault["path"] for fault in said["faults"]] == ["toilet"]
    assert versions(register, one) == [] and register.site(one["site_id"]) is None
    assert settle_held(register, one["id"], now=LATER).state == "held"
    answer = settle_held(register, one["id"], now=LATER, move=True)
    assert answer.state == "kept"
    (version,) = versions(register, one)
    assert (
        version.patch["note"].startswith("木かげあり\n") and "old_choice" in version.patch["note"]
    )
    assert "toilet" not in version.patch and version.patch["name"] == "公園"
    assert device.record(one).json()["state"] == "kept"
    assert device.receipt([one["id"]])["matches"]


@pytest.mark.parametrize(
    ("one", "path"),
    [
        (submission(type="spaceship"), ""),
        (submission(base=999), ""),
        (submission(place={"type": "LineString", "coordinates": [[1, 1], [2, 2]]}), PLACE),
        (submission(place={"type": "Point", "coordinates": [500, 1]}), PLACE),
        (submission(place={"type": "Point", "coordinates": "here"}), "place"),
        (submission(patch={"toilet": 5, "dog": 1, "area_m2": "wide"}), "toilet"),
        (submission(patch={}, place=None), ""),
        (submission(kind="resolve"), "kind"),
        (submission(source="osm"), "source"),
        (submission(made_at="yesterday"), "made_at"),
        (submission(format=2), "format"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_the_register_refuses_is_held_with_what_is_wrong(device, register, one, path):
    said = device.record(one)
    assert said.status_code == 200 and said.json()["state"] == "held"
    assert path in [fault["path"] for fault in said.json()["faults"]]
    (held,) = list_received(register, state="held")
    assert dict(held.payload) == one
    assert register.all_versions() == [] and register.site_ids() == []
    assert device.receipt([one["id"]]) | {"at": ""} == {
        "device_id": DEVICE, "code": "A", "day": TODAY, "at": "", "device": {"records": 1, "photos": 0},
        "server": {"records": 1, "photos": 0}, "missing": {"records": [], "photos": []},
        "held": [one["id"]], "matches": True,
    }  # fmt: skip


def test_a_site_of_another_type_and_a_record_of_another_site_are_held(device, register):
    register.save(new_version("s1", {"name": "公園"}, record_id="r-1"))
    assert device.record(submission(site_id="s1", type="bench", patch={})).json()["state"] == "held"
    assert device.record(submission(record_id="r-1")).json()["state"] == "held"
    assert len(register.all_versions()) == 1


@pytest.mark.parametrize(
    ("off", "on", "noted"), [(86_400, TODAY, "1日"), (0, "2026-11-23", "先"), (30, TODAY, "")]
)
def test_a_clock_that_is_off_is_noted(device, register, off, on, noted):
    said = device.record(submission(clock_off_s=off, on=on)).json()
    assert said["state"] == "kept"
    (row,) = list_received(register)
    assert noted in "".join(one["words"]["ja"] for one in row.faults) and bool(row.faults) == bool(
        noted
    )


@pytest.mark.parametrize("ahead", ["2026-11-22", "2026-12-21", "2027-11-21", "9999-12-31"])
def test_a_record_of_a_clock_that_is_ahead_stands_above_nobodys_and_is_kept_as_written(
    device, register, ahead
):
    one = submission(site_id="5" * 32, on=ahead, made_at=f"{ahead}T01:00:00.000Z")
    device.record(one)
    other = submission(site_id="6" * 32, patch={"name": "東公園"}, made_at="2026-11-21T01:41:00Z")
    device.record(other)
    (version,) = register.versions("5" * 32)
    assert (version.origin.on, version.made_at) == (TODAY, "2026-11-21T01:42:00.000Z")
    assert register.site("5" * 32).state.seen_on == TODAY
    kept = {row.id: row for row in list_received(register)}[one["id"]]
    assert (kept.payload["on"], kept.payload["made_at"], kept.day) == (
        ahead, one["made_at"], ahead,
    )  # fmt: skip
    assert f"届いた日（{TODAY}）の記録としました" in str(kept.faults)
    later = new_version("7" * 32, {"name": "北公園"}, made_at="2026-11-21T01:43:00.000Z")
    register.save(later)
    found, _ = list_sites(register, SiteQuery(order="changed"))
    assert found[0].title == "北公園"
    assert check_register(register) == []


@pytest.mark.parametrize("behind", ["0001-01-01", "1970-01-01", "2025-11-21", "2026-11-20"])
def test_a_record_of_a_clock_that_is_behind_is_dated_as_written(device, register, behind):
    one = submission(site_id="5" * 32, on=behind, made_at=f"{behind}T01:00:00.000Z")
    assert device.record(one).json()["state"] == "kept"
    (version,) = register.versions("5" * 32)
    assert (version.origin.on, version.made_at) == (behind, one["made_at"])


def test_a_held_record_is_dated_by_when_it_came_not_by_when_it_was_settled(device, register):
    register.save(new_version("s1", {"name": "公園"}, record_id="r-1"))
    one = submission(on="2027-11-21", patch={"toilet": "golden", "name": "公園"})
    assert device.record(one).json()["state"] == "held"
    settle_held(register, one["id"], now="2026-12-24T00:00:00.000Z", move=True)
    (version,) = register.versions(one["site_id"])
    assert version.origin.on == TODAY


def test_receipts_and_lines_of_a_day_to_come_do_not_stand_above_those_of_today(register):
    later = NOW + timedelta(days=1)
    for now, day, id_ in ((NOW, "2099-01-01", "t1"), (later, "2026-11-22", "t2")):
        with client_of(register, now=now) as client:
            own = Device(client)
            own.receipt([], day=day)
            own.track(id_, [[139.9, 35.6, 5, "2026-11-21T01:00:00Z"]], day=day)
    assert [one["day"] for one in list_receipts(register)] == ["2026-11-22", "2099-01-01"]
    assert [one.id for one in list_tracks(register)] == ["t2", "t1"]


def test_who_gives_no_role_writes_under_the_accounts(register):
    with writing(register.engine) as connection:
        connection.execute(
            insert(ACCOUNT).values(id="u1", name="hana", title="第2層", password="x", made_at=LATER)  # noqa: S106
        )
    with client_of(register, user="u1") as client:
        one, own = submission(by=""), submission(by="保健師")
        Device(client).record(one)
        Device(client).record(own)
        said = Device(client).hello().json()
    assert said["account"] == {"name": "hana", "title": "第2層"}
    assert versions(register, one)[0].origin.by == "第2層"
    assert versions(register, own)[0].origin.by == "保健師"


def test_devices_are_called_by_letters_and_tell_what_they_hold(register):
    with client_of(register) as client:
        codes = [Device(client, f"{n:032x}").hello(records=n).json()["code"] for n in range(28)]
        assert Device(client, f"{3:032x}").hello(records=9).json()["code"] == "D"
    assert codes[:2] == ["A", "B"] and codes[25:] == ["Z", "AA", "AB"]
    found = {one.code: one.holds["records"] for one in list_devices(register)}
    assert found["D"] == 9 and found["AB"] == 27


def test_a_receipt_counts_only_what_is_really_here(device, register):
    one = submission()
    device.record(one)
    said = device.receipt([one["id"], "e" * 32], ["b" * 64])
    assert said["server"] == {"records": 1, "photos": 0} and not said["matches"]
    assert said["missing"] == {"records": ["e" * 32], "photos": ["b" * 64]}
    device.receipt([one["id"]])
    (kept,) = list_receipts(register)
    assert kept["matches"]


def test_a_version_that_was_changed_by_hand_is_not_counted(device, register):
    one = submission()
    device.record(one)
    with writing(register.engine) as connection:
        connection.exec_driver_sql("UPDATE version SET note = 'x'")
    assert device.receipt([one["id"]])["missing"]["records"] == [one["id"]]


def test_a_track_is_kept_grows_and_is_really_deleted(device, register):
    points = [[139.8, 35.6, 5, "2026-11-21T01:00:00Z"], [139.81, 35.6, 5, "2026-11-21T01:01:00Z"]]
    assert device.track("t1", points[:1]).json() == {"id": "t1", "again": False}
    assert device.track("t1", points[:1]).json()["again"]
    device.track("t1", points)
    (track,) = list_tracks(register)
    assert track.points == points
    assert (
        device.client.delete(
            "/api/v1/field/tracks/t1", headers={"X-Kayoi-Device": device.id}
        ).status_code
        == 200
    )
    assert list_tracks(register) == []


@pytest.mark.parametrize(
    "points",
    [[[181, 0, 1, LATER]], [[0, 91, 1, LATER]], [[0, 0, -1, LATER]], [[0, 0, 1, "noon"]], [[True, 0, 1, LATER]],
     [[0, 0, 1]], ["x"], "x", [[0, 0, 1, LATER]] * 20_001],
    ids=["lon", "lat", "accuracy", "moment", "bool", "short", "text", "no list", "too many"],
)  # fmt: skip
def test_a_track_that_is_none_is_refused(device, register, points):
    assert device.track("t1", points).status_code == 400
    assert list_tracks(register) == []


def test_a_full_disk_is_no_fault_of_the_record(tmp_path, monkeypatch):
    register = open_sqlite(tmp_path)
    one = submission(patch={"note": "字" * 9_000})
    with client_of(register) as client:
        device = Device(client)
        device.hello()
        with register.engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 1}")
        said = device.record(one)
        assert said.status_code == 507 and said.json()["error"]["ja"]
        assert list_received(register) == [] and register.all_versions() == []
        register.engine.dispose()  # a new connection has room again
        assert device.record(one).json()["state"] == "kept"
        real = os.fsync

        def full(handle):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        assert device.photo(PHOTO).status_code == 507
        monkeypatch.setattr(os, "fsync", real)
        assert device.photo(PHOTO).json() == {
            "id": sha(PHOTO), "state": "kept", "again": False, "fault": None,
        }  # fmt: skip
    register.engine.dispose()


def test_a_database_that_is_gone_is_no_fault_of_the_record(tmp_path):
    register = open_sqlite(tmp_path)
    with client_of(register) as client:
        device = Device(client)
        register.engine.dispose()
        for path in (tmp_path / "register").glob("register.db*"):
            path.unlink()
        (tmp_path / "register" / "register.db").mkdir()
        said = device.record(submission())
        assert said.status_code == 503 and said.json()["error"]["ja"]


def test_moments_and_shapes_are_kept_in_the_registers_own_form(device, register):
    ring = [[139.0, 35.0], [139.0, 35.1], [139.1, 35.1], [139.0, 35.0]]
    one = submission(
        type="concern", patch={"name": "坂"}, made_at="2026-11-21T10:00:00+09:00",
        place={"type": "Polygon", "coordinates": [ring]},
    )  # fmt: skip
    assert device.record(one).json()["state"] == "kept"
    (version,) = versions(register, one)
    assert version.made_at == "2026-11-21T01:00:00.000Z"
    assert shapely.is_ccw(version.patch[PLACE].exterior)
