"""Make the town of the version before, which today's code must open: a file kept as a fixture.

``tests/fixtures/town_22ac45e.zip`` was made once, by the code of commit 22ac45e, and is never made
anew by later code (that would only show that today's code reads its own files)::

    git worktree add /tmp/before 22ac45e
    PYTHONPATH=/tmp/before python tests/support/make_old_town.py \
        /tmp/before tests/fixtures/town_22ac45e.zip

In it: ``town/`` as built and filled, ``backup.zip`` as that code saved it, and ``told.json`` with
what that code said of both. All names are invented. A later format is kept in the same way, as
another file beside it: run this from the last commit before the change.
"""

import json
import os
import sys
import tempfile
import zipfile
from dataclasses import asdict
from pathlib import Path

NOW = "2026-11-21T01:00:00.000Z"
MOMENT = (2026, 11, 21, 0, 0, 0)
TRACK = [[138.6011, 35.0009, 5.0, NOW], [138.6022, 35.0009, 5.0, NOW]]


def build(folder):
    """Build the small town and return its coverage by area, as the command writes it."""
    from town_fixtures import write_town

    from geo.cli import main

    assert main(["build", "--out", str(folder / "town"), *write_town(folder / "files")]) == 0
    return {name: cover(folder, *options) for name, options in QUESTIONS.items()}


QUESTIONS = {
    "500 m": ("--within", "500m"),
    "10 minutes of a slow walker": ("--within", "10min", "--walker", "slow"),
    "a seat every 200 m": ("--within", "500m", "--rest", "200"),
}


def cover(folder, *options):
    """Return the figures of every area of both divisions, by the public command."""
    from geo.cli import main

    figures = {}
    for division in ("町丁目", "小学校区"):
        out = folder / "coverage.geojson"
        asked = ["--town", str(folder / "town"), "--division", division, "--keys", "en"]
        assert main(["coverage", *asked, *options, "--out", str(out)]) == 0
        features = json.loads(out.read_text(encoding="utf-8"))["features"]
        figures[division] = [
            {key: value for key, value in one["properties"].items() if is_figure(value)}
            for one in features
        ]
    return figures


def is_figure(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def fill(register):
    """Keep one or more of everything a register can hold."""
    import shapely
    from register_fixtures import NOW as WRITTEN
    from register_fixtures import READ, new_version
    from sync_device import Device, client_of, photo, sha, submission

    from surveys.store.drafts import Draft, keep_draft
    from surveys.store.receipt import Batch
    from surveys.types import RECORD_TYPES

    picture = register.photos.take(photo(7)).id
    answers = {"name": "ためし公園", "photos": [{"id": picture, "caption": "入口"}]}
    register.save(new_version("park1", answers))
    seen = register.site("park1").state
    register.save(new_version("park1", answers | {"toilet": "usable"}, before=seen))
    register.save(new_version("park1", answers | {"toilet": "none"}, before=seen))
    walk = {"name": "秋の踏査", "on": "2026-11-21", "places": ["park1"]}
    line = shapely.LineString([one[:2] for one in TRACK])
    register.save(new_version("walk1", walk, type="walk", place=line))
    batch = Batch(
        id="import1", file="ためし.csv", sha256="0" * 64, type="park", by="公園係", made_at=WRITTEN,
        counts={"new": 1}, undone_at=None,
    )  # fmt: skip
    row = new_version(
        "park2", {"name": "取りこんだ公園"}, kind="import", origin=READ, batch_id="import1"
    )
    register.save_all([row], batch)
    keep_draft(
        register, Draft(id="draft1", type="park", changed_at=NOW, answers={"name": "書きかけ"})
    )
    register.set_fresh_months(RECORD_TYPES["park"], 18)
    sign_up(register)
    with client_of(register, user="user1") as client:
        device, data = Device(client), photo(8)
        device.hello(walk_title="秋の踏査")
        device.photo(data)
        device.photo(b"no photo at all")
        patch = {"name": "届いた公園", "photos": [{"id": sha(data), "caption": ""}]}
        sent = submission(id="a" * 32, site_id="b" * 32, patch=patch, photos=[sha(data)])
        held = submission(id="c" * 32, site_id="e" * 32, type="castle")
        assert device.record(sent).json()["state"] == "kept"
        assert device.record(held).json()["state"] == "held"
        assert device.track("f" * 32, TRACK).status_code == 200
        assert device.receipt([sent["id"], held["id"]], [sha(data)])["matches"]


def sign_up(register):
    """Two accounts, one of them disabled; somebody signed in; somebody who guesses."""
    from surveys.accounts.user import User
    from surveys.store.accounts import (
        Account,
        Session,
        add_account,
        count_try,
        disable_account,
        keep_session,
    )

    for number, name in enumerate(("tamesi", "yameta"), 1):
        user = User(id=f"user{number}", name=name, title="ためし係")
        add_account(register, Account(user=user, password="not a fingerprint"), NOW)  # noqa: S106
    disable_account(register, "user2", NOW)
    keep_session(
        register, Session(id="0" * 64, account_id="user1", made_at=NOW, seen_at=NOW, ends_at="2027")
    )
    count_try(register, "name:tamesi", at=NOW, since="2026")


def tell(register):
    """Return what a register says of everything in it, by the functions pages call."""
    from surveys.store.accounts import list_users
    from surveys.store.checking import check_register
    from surveys.store.devices import list_devices, list_tracks
    from surveys.store.drafts import list_drafts
    from surveys.store.field_receipts import list_held_photos, list_receipts, list_received
    from surveys.store.listing import SiteQuery, each_site, list_walks
    from surveys.types import RECORD_TYPES

    return {
        "sites": [
            [s.id, s.number, s.title, s.answers, s.state.conflicts, s.due_on, str(s.place)]
            for s in each_site(register, SiteQuery(order="number"))
        ],
        "walks": [[s.id, s.title, s.answers] for s in list_walks(register)],
        "versions": [[v.seq, v.id, v.patch | {"@place": str(v.patch.get("@place"))}]
                     for v in register.all_versions()],
        "imports": [asdict(one) for one in register.batches()],
        "photos": list(register.photos.ids()),
        "drafts": [[one.id, one.type, one.answers] for one in list_drafts(register)],
        "users": [asdict(one) for one in list_users(register)],
        "devices": [[one.id, one.code, one.holds] for one in list_devices(register)],
        "tracks": [[one.id, one.day, one.points] for one in list_tracks(register)],
        "received": [[one.id, one.state, one.title, one.faults] for one in list_received(register)],
        "held photos": [[one["id"], one["size"]] for one in list_held_photos(register)],
        "receipts": list_receipts(register),
        "months": register.fresh_months(RECORD_TYPES["park"]),
        "faults": [one.en for one in check_register(register)],
    }  # fmt: skip


def main():
    """Write the file."""
    tree, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    # This script's own folder comes first by itself, and holds today's fixtures.
    sys.path.insert(0, str(tree / "tests"))
    os.chdir(tree)  # the build starts `python -m` of its own
    import geo

    assert Path(geo.__file__).is_relative_to(tree), "run it with the code of the version before"
    from register_fixtures import open_sqlite

    from surveys.store.backup import save_backup

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        coverage = build(folder)
        register = open_sqlite(folder / "town")
        fill(register)
        told = tell(register)
        summary = save_backup(folder / "town", folder / "backup.zip", now=NOW)
        register.engine.dispose()
        told = {"coverage": coverage, "register": told, "backup": asdict(summary)}
        text = json.dumps(told, ensure_ascii=False, indent=1)
        (folder / "told.json").write_text(text, encoding="utf-8")
        kept = [folder / "told.json", folder / "backup.zip", *(folder / "town").rglob("*")]
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(one for one in kept if one.is_file()):
                info = zipfile.ZipInfo(path.relative_to(folder).as_posix(), MOMENT)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, path.read_bytes())


if __name__ == "__main__":
    main()
