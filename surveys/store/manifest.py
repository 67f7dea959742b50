"""What a backup says it holds, and the names its parts may have (控えの目録)."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

FORMAT: Final = "kayoi-backup"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
REGISTER: Final = "register.db"
# A photo, or what waits because no program can open it.
PHOTO: Final = re.compile(
    r"photos/(?:(?=[^.]+\.jpg)|waiting/(?=[^.]+\.bin))([0-9a-f]{2})/((\1)[0-9a-f]{62})\.(?:jpg|bin)"
)
TOWN: Final = "town/"
RECIPE: Final = "town.toml"
_TOWN_FOLDERS: Final = ("sources", "data")
# What a machine would run, or open something else by.
_PROGRAMS: Final = (
    ".py", ".pyc", ".pyd", ".pyw", ".pth", ".so", ".dll", ".dylib", ".exe", ".com", ".bat", ".cmd",
    ".ps1", ".vbs", ".scr", ".msi", ".lnk", ".url", ".desktop", ".sh", ".js", ".jar", ".app",
)  # fmt: skip
_COUNTS: Final = ("sites", "versions", "photos")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_LONGEST: Final = 255
# Windows' own names and signs are refused too: a backup is restored anywhere.
_UNSAFE: Final = re.compile(r'[\\:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a backup holds (控えの中身).

    Attributes
    ----------
    faults
        What was wrong in the register when the backup was made; a restore brings it back as is.
    bytes
        Of everything inside.
    town_kept
        Whether a restore left the town's recipe as it was there.
    left_out
        Names of what a restore did not take: it is none of ours.
    accounts
        Names of those who may sign in after a restore.
    """

    made_at: str
    sites: int
    versions: int
    photos: int
    bytes: int
    faults: tuple[Words, ...] = ()
    town_kept: bool = False
    left_out: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One part of a backup (控えの一部)."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The list a backup carries of itself (目録)."""

    made_at: str
    counts: Mapping[str, int]
    faults: tuple[Words, ...]
    members: tuple[Member, ...]

    def summary(self) -> Summary:
        """Return it for people (人に見せる形)."""
        return Summary(
            made_at=self.made_at, sites=self.counts["sites"], versions=self.counts["versions"],
            photos=self.counts["photos"], bytes=sum(one.size for one in self.members),
            faults=self.faults,
        )  # fmt: skip


def dump_manifest(manifest: Manifest) -> bytes:
    """Return a manifest as JSON (目録を文字にする)."""
    table = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": manifest.made_at,
        "counts": dict(manifest.counts),
        "faults": [{"ja": one.ja, "en": one.en} for one in manifest.faults],
        "members": [
            {"name": one.name, "size": one.size, "sha256": one.sha256} for one in manifest.members
        ],
    }
    return (json.dumps(table, ensure_ascii=False, indent=1) + "\n").encode()


def parse_manifest(data: bytes) -> Manifest:
    """Read a manifest, every name and figure in it checked (目録を読む).

    Raises
    ------
    InputError
        When it is another program's, a newer release's, or damaged.
    """
    try:
        table: dict[str, Any] = json.loads(data)
        newer = table["format"] == FORMAT and int(table["version"]) > VERSION
        if not newer:
            return _manifest(table)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            Words(
                f"控えの目録（{MANIFEST}）がこわれているか、かよいマップの控えではありません",
                f"the list of contents ({MANIFEST}) is damaged or another program's",
            )
        ) from error
    raise InputError(
        Words(
            "新しい版のかよいマップの控えです。かよいマップを新しくしてから戻してください",
            "this backup is of a newer release: update Kayoi Map, then restore it",
        )
    )


def is_name(name: str) -> bool:
    """Say whether a part may have this name: nothing outside its folder can (名前の確かめ).

    Examples
    --------
    >>> is_name("town/sources/街.csv"), is_name("town/../x"), is_name("/etc/passwd")
    (True, False, False)
    """
    if name == REGISTER or PHOTO.fullmatch(name):
        return True
    parts = name.split("/")[1:]
    return (
        name.startswith(TOWN)
        and not _UNSAFE.search(name)
        and parts[0].casefold() != "register"
        and all(
            part.strip(". ") and len(part.encode("utf-8", "replace")) <= _LONGEST for part in parts
        )
    )


def named_files(recipe: bytes) -> list[str]:
    """Return the files a recipe names, [] for one that cannot be read (作り方に出るファイル)."""
    try:
        sources = tomllib.loads(recipe.decode("utf-8-sig")).get("sources", [])
        return [PurePosixPath(str(one["file"])).as_posix() for one in sources]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


def is_towns(name: str, named: Container[str]) -> bool:
    """Say whether a part is a file a town has: nothing hidden, no program (街のファイルか).

    Parameters
    ----------
    named
        Files of the town's folder that its recipe names.

    Examples
    --------
    >>> is_towns("town/sources/街.csv", ()), is_towns("town/.streamlit/config.toml", ())
    (True, False)
    """
    plain = name.removeprefix(TOWN)
    parts = plain.casefold().split("/")
    ours = plain == RECIPE or plain in named or (len(parts) > 1 and parts[0] in _TOWN_FOLDERS)
    hidden = any(part.startswith(".") for part in parts)
    return ours and not hidden and not parts[-1].rstrip(". ").endswith(_PROGRAMS)


def say_part(name: str) -> Words:
    """Return what a part of a backup is, in words (どの部分か)."""
    if name == REGISTER:
        return Words(f"台帳（{name}）", f"the register ({name})")
    if name == MANIFEST:
        return Words(f"目録（{name}）", f"the list of contents ({name})")
    photo = PHOTO.fullmatch(name)
    if photo:
        return Words(f"写真（{photo[2][:12]}…）", f"a photo ({photo[2][:12]}…)")
    plain = name.removeprefix(TOWN)
    return Words(f"街のファイル（{plain}）", f"a file of the town ({plain})")


def _manifest(table: dict[str, Any]) -> Manifest:
    if table["format"] != FORMAT:
        raise ValueError(table["format"])
    members = tuple(
        Member(name=str(one["name"]), size=int(one["size"]), sha256=str(one["sha256"]))
        for one in table["members"]
    )
    names = [one.name for one in members]
    if len(set(names)) != len(names) or REGISTER not in names:
        raise ValueError(names)
    for one in members:
        photo = PHOTO.fullmatch(one.name)
        named = photo is None or photo[2] == one.sha256
        if not is_name(one.name) or one.size < 0 or not named or not _SHA256.fullmatch(one.sha256):
            raise ValueError(one.name)
    made_at = str(table["made_at"])
    datetime.fromisoformat(made_at)
    return Manifest(
        made_at=made_at,
        counts={name: int(table["counts"][name]) for name in _COUNTS},
        faults=tuple(Words(str(one["ja"]), str(one["en"])) for one in table["faults"]),
        members=members,
    )
