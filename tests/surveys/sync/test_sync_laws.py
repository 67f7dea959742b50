"""Whatever the order, the repeats and the breaks: each record once, every photo, nothing lost."""

import contextlib
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
import shapely
from register_fixtures import HERE, new_version, open_sqlite
from sync_device import Device, Direct, client_of, hex_id, photo, sha, submission

from surveys.declaration.paths import same
from surveys.record.history import PLACE, fold
from surveys.store.checking import check_register

TOILET = ("usable", "none", "unknown")
PHOTOS = [photo(number) for number in range(12)]
EXAMPLES = 250


def open_town(folder):
    folder.mkdir()
    return open_sqlite(folder)


def make_work(rng, device_id, sites, heads):
    """Return what one device wrote: chains of `after` on new and on known sites, with photos."""
    work, last = [], {}
    for number in range(rng.choice((1, 1, 1, 2, 3))):
        site = rng.choice([*sites, hex_id(rng)])
        shots = rng.sample(PHOTOS, rng.choice((0, 0, 0, 1, 2)))
        patch = {"name": f"公園{device_id[:4]}-{number}", "toilet": rng.choice(TOILET)}
        if rng.random() < 0.5:
            patch["note"] = f"見た {rng.random()}"
        if shots:
            patch["photos"] = [{"id": sha(one), "caption": ""} for one in shots]
        more = {} if site not in heads or rng.random() < 0.2 else {"place": None}
        one = submission(
            rng, site_id=site, patch=patch, base=heads.get(site, 0), after=last.get(site),
            photos=[sha(one) for one in shots], label=f"{device_id[:1]}-{number}", **more,
        )  # fmt: skip
        if more:
            del one["place"]
        last[site] = one["id"]
        work.append((one, shots))
    return work


def send_all(device, work, rng):
    """Send in any order, again and broken off, until all is acknowledged."""
    photos = {sha(data): data for _, shots in work for data in shots}
    todo = {one["id"]: one for one, _ in work}
    gone, turns = set(), 0
    while todo or photos.keys() - gone:
        turns += 1
        assert turns < 500, "never ends"
        id_ = rng.choice([*todo, *(photos.keys() - gone)])
        if id_ in photos:
            said = device.photo(photos[id_])
            if rng.random() < 0.85:  # else the answer was lost on the way
                gone.add(id_)
            assert said.status_code == 200 and said.json()["state"] == "kept"
        else:
            said = device.record(todo[id_])
            if said.status_code == 200:
                assert said.json()["state"] == "kept", said.json()
                if rng.random() < 0.85:
                    del todo[id_]
            else:
                assert said.status_code == 409, said.text
        if rng.random() < 0.05:
            device.receipt([one["id"] for one, _ in work], photos)
    return device.receipt([one["id"] for one, _ in work], photos)


def check_all(register, work, receipts):
    assert all(one["matches"] for one in receipts), receipts
    sites = {one["site_id"] for one, _, _ in work}
    versions = register.versions_of(sites)
    by_id = {}
    for site_id, found in versions.items():
        for version in found:
            assert version.id not in by_id
            by_id[version.id] = version
        kept, folded = register.refold(site_id)
        assert kept.flat == folded.flat and kept.conflicts == folded.conflicts
    sender = {one["id"]: (number, one["base"]) for one, _, number in work}

    def saw(later, earlier):
        number, base = sender.get(later.id, (None, 0))
        own = number == sender[earlier.id][0] and later.base >= earlier.seq
        return later.seq > earlier.seq and (own or base >= earlier.seq)

    for one, _, _ in work:
        version = by_id[one["id"]]
        for path, value in one["patch"].items():
            if path == "photos":
                assert len(version.patch[path]) == len(value)
                assert all(register.photos.has(shot["id"]) for shot in version.patch[path])
            else:
                assert same(version.patch[path], value)
        assert (PLACE in version.patch) == ("place" in one)
        state = fold(versions[one["site_id"]])
        for path in version.patch:
            stands = state.setters.get(path) == version.seq
            told = version.seq in state.conflicts.get(path, ())
            later = [v for v in versions[one["site_id"]] if path in v.patch and saw(v, version)]
            assert stands or told or later or same_value(state, version, path), path
    return by_id


def same_value(state, version, path):
    """Say whether somebody else said the same, so that there is nothing to tell."""
    return same(state.flat.get(path), version.patch[path])


def run_example(register, client, rng):
    heads = {}
    for _ in range(rng.choice((0, 1))):
        version = new_version(
            hex_id(rng), {"name": "前からある"}, version_id=hex_id(rng), record_id=hex_id(rng),
            place=shapely.Point(HERE.x, HERE.y),
        )  # fmt: skip
        heads[version.site_id] = register.save(version).head
    shared = [*heads]
    work, receipts = [], []
    for _ in range(rng.choice((1, 1, 2))):
        device = Device(client, hex_id(rng))
        own = make_work(rng, device.id, [*shared, hex_id(rng)], heads)
        receipts.append(send_all(device, own, rng))
        work += [(*one, device.id) for one in own]
    return check_all(register, work, receipts), work


def test_hundreds_of_ways_of_sending_keep_each_record_once_and_lose_nothing(tmp_path):
    register = open_town(tmp_path / "town")
    rng = random.Random(20261121)  # noqa: S311 - the same ways each time
    kept = {}
    with contextlib.closing(Direct(register)) as client:
        for _ in range(EXAMPLES):
            found, _ = run_example(register, client, rng)
            kept |= found
    assert len(kept) > EXAMPLES
    register.engine.dispose()


@pytest.mark.parametrize("seed", range(6))
def test_both_databases_keep_the_same(register, seed):
    rng = random.Random(seed)  # noqa: S311 - the same ways each time
    with client_of(register) as client:
        for _ in range(4):
            run_example(register, client, rng)
    assert check_register(register) == []


def test_one_device_alone_comes_to_what_a_straight_order_comes_to(tmp_path):
    straight, shuffled = (open_town(tmp_path / name) for name in ("straight", "shuffled"))
    for seed in range(40):
        rng = random.Random(seed)  # noqa: S311 - the same work each time
        device_id = hex_id(rng)
        work = make_work(rng, device_id, [hex_id(rng), hex_id(rng)], {})
        with client_of(straight) as client:
            device = Device(client, device_id)
            for one, shots in work:
                for data in shots:
                    device.photo(data)
                assert device.record(one).status_code == 200
        with client_of(shuffled) as client:
            send_all(Device(client, device_id), work, rng)
        for site_id in {one["site_id"] for one, _ in work}:
            states = [register.site(site_id).state for register in (straight, shuffled)]
            assert states[0].flat == states[1].flat
            assert not states[0].conflicts and not states[1].conflicts
    straight.engine.dispose()
    shuffled.engine.dispose()


def test_two_connections_that_send_the_same_at_once_keep_it_once(register):
    rng = random.Random(7)  # noqa: S311 - no secret
    with client_of(register) as client:
        for _ in range(5):
            one = submission(
                rng,
                patch={"name": "公園", "photos": [{"id": sha(PHOTOS[0]), "caption": ""}]},
                photos=[sha(PHOTOS[0])],
            )
            device = Device(client)
            with ThreadPoolExecutor(6) as pool:
                shots = list(pool.map(device.photo, [PHOTOS[0]] * 6))
                answers = [said.json() for said in pool.map(device.record, [one] * 6)]
            assert all(said.status_code == 200 for said in shots)
            assert {said["state"] for said in answers} == {"kept"}
            assert sorted(said["again"] for said in answers) == [False] + [True] * 5
            assert len({said["seq"] for said in answers}) == 1
            assert [v.id for v in register.versions(one["site_id"])] == [one["id"]]
