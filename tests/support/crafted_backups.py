"""Backups of ours that somebody changed with care: every size and fingerprint fits again."""

import hashlib
import json
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path


def craft(file, out, *, register=None, files=None, listing=None, modes=None):
    """Write `file` anew as `out`.

    Parameters
    ----------
    register
        Statements, or a function of the raw connection, that change the register inside.
    files
        Parts to add, or to put in place of those there, by name.
    listing
        Changes the table of the list, whatever else was changed.
    modes
        What Unix calls the kind and rights of a part, by name.
    """
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    table = json.loads(parts.pop("manifest.json"))
    if register is not None:
        parts["register.db"] = changed(parts["register.db"], register)
    parts |= files or {}
    table["members"] = [
        {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in parts.items()
    ]
    if listing is not None:
        listing(table)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | {"manifest.json": json.dumps(table).encode()}).items():
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            info.external_attr = (modes or {}).get(name, 0o100644) << 16
            archive.writestr(info, data)
    return out


def changed(data, change):
    """Return a SQLite file's bytes after statements, or a function, were run on it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        path.write_bytes(data)
        with closing(sqlite3.connect(path)) as raw, raw:
            if callable(change):
                change(raw)
            else:
                for statement in change:
                    raw.execute(statement)
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("PRAGMA journal_mode=DELETE")
        return path.read_bytes()
