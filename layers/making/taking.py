"""Files as they are dropped: unpacked, kept, looked at (ファイルを受けとる)."""

from __future__ import annotations

import re
import secrets
import shutil
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.datum import to_lonlat
from geo.base.files import hash_file, save_bytes
from geo.base.private import make_own_folder
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.vector import open_map
from layers.inspected.look import look_at
from layers.inspected.seen import UNKNOWN, Seen
from layers.making.draft import FILES, Draft, Given, changing, making_of
from surveys.store.disk import disk_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_MOST_FILES: Final = 600
_MOST_BYTES: Final = 4_000_000_000
_LONGEST: Final = 80  # signs of a name; file systems hold 255 bytes
_DEEPEST: Final = 6
_UNSAFE: Final = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f]')
_BROKEN: Final = Words("読めません（こわれています）", "cannot be read: it is broken")
# An area for an area: kilometres on a degree of latitude, and of longitude at 36 degrees north.
_EQUAL_AREA: Final = "EPSG:6933"
_HIDDEN: Final = ("__MACOSX", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """One file of a drop (置かれたファイル).

    Attributes
    ----------
    name
        With the folders it lay in, by slashes.
    data
        Its bytes, or where they lie.
    facts
        Of one that was fetched (`layers.making.draft.Given`).
    """

    name: str
    data: bytes | Path
    facts: Mapping[str, str] = field(default_factory=dict)


def take_files(
    folder: Path, dropped: Sequence[Dropped], now: str, say: Callable[[int, int, str], None]
) -> tuple[Given, ...]:
    """Keep files that were dropped, and look at each (ファイルを受けとる).

    A zip of several files is unpacked; the parts of a shapefile that came apart are put together.
    What is kept is on the disk before it is said to be there.

    Parameters
    ----------
    say
        Called before each look with how many were looked at, how many there are, and its name.

    Raises
    ------
    InputError
        Too many, too large, or the disk is full; nothing is kept then.
    """
    batch = secrets.token_hex(4)
    room = making_of(folder) / FILES / batch
    make_own_folder(making_of(folder))
    try:
        with disk_in_words(room):
            kept = {path: one for one in dropped for path in _keep(room, one)}
            paths = list(kept)
            with changing(folder, now) as held:
                _check_room(held[0], paths)
        found = _look_at_all(paths, batch, making_of(folder), say)
        found = [_told(one, kept[making_of(folder) / one.path]) for one in found]
        with disk_in_words(room), changing(folder, now) as held:
            joined = _join_parts(making_of(folder), held[0], found)
            held[0] = replace(joined, files=(*joined.files, *found))
    except BaseException:
        shutil.rmtree(room, ignore_errors=True)
        raise
    return tuple(found)


def _told(given: Given, brought: Dropped) -> Given:
    """Return a file with what is known of how it came."""
    name = _safe(re.split(r"[\\/]", brought.name)[-1])
    inside = name if name.casefold().endswith(".zip") and name != given.name else ""
    return replace(given, facts=dict(brought.facts), inside=inside)


def drop_file(folder: Path, id_: str, now: str) -> None:
    """Take a file out again (ファイルを外す)."""
    with changing(folder, now) as held:
        given = held[0].file(id_)
        if given is None:
            return
        held[0] = replace(held[0], files=tuple(one for one in held[0].files if one.id != id_))
        (making_of(folder) / given.path).unlink(missing_ok=True)


def _keep(room: Path, dropped: Dropped) -> list[Path]:
    """Write a file where it may lie; return it, or what a zip of several holds."""
    parts = [_safe(one) for one in re.split(r"[\\/]", dropped.name) if one not in ("", ".", "..")]
    if not parts or _is_hidden(parts):
        return []
    path = _free(room.joinpath(*parts[-_DEEPEST:]))
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(dropped.data, bytes):
        save_bytes(path, dropped.data)
    else:
        shutil.copyfile(dropped.data, path)
    return _unpack(path) if path.suffix.casefold() == ".zip" else [path]


def _unpack(path: Path) -> list[Path]:
    """Return the members of a zip that is no use as it is, else the zip."""
    if look_at(path).uses:
        return [path]
    into = _free(path.with_suffix(""))
    found: list[Path] = []
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            sizes = sum(one.file_size for one in members)
            if not members or len(members) > _MOST_FILES or sizes > _MOST_BYTES:
                return [path]
            for one in members:
                parts = [_safe(p) for p in _name_of(one).split("/") if p not in ("", ".", "..")]
                if not parts or _is_hidden(parts):
                    continue
                target = _free(into.joinpath(*parts[-_DEEPEST:]))
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(one) as source, target.open("wb") as file:
                    shutil.copyfileobj(source, file)
                found.append(target)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        shutil.rmtree(into, ignore_errors=True)  # broken, or behind a password: told by its look
        return [path]
    path.unlink()
    return found


def _name_of(member: zipfile.ZipInfo) -> str:
    """Return a member's name; zips made on Japanese Windows say cp932 without saying so."""
    name = member.filename
    if not member.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("cp932")
    return name.replace("\\", "/")


def _safe(name: str) -> str:
    plain = _UNSAFE.sub("_", name).strip().lstrip(".").rstrip(". ")
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > _LONGEST and dot:
        return stem[: _LONGEST - len(ending) - 1] + dot + ending[:_LONGEST]
    return plain[:_LONGEST] or "file"


def _is_hidden(parts: Sequence[str]) -> bool:
    return any(one in _HIDDEN for one in parts) or parts[-1].startswith("~$")


def _free(path: Path) -> Path:
    """Return a path of that name that is not taken, in a numbered folder if need be."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.parent / str(number) / path.name
    return found


def _check_room(draft: Draft, paths: Sequence[Path]) -> None:
    count = len(draft.files) + len(paths)
    size = sum(one.size for one in draft.files) + sum(one.stat().st_size for one in paths)
    if count > _MOST_FILES or size > _MOST_BYTES:
        raise InputError(
            Words(
                f"ファイルが多すぎます（{count:,}個、{size / 1e9:.1f} GB）。街づくりに使うものだけを置いてください"
                f"（{_MOST_FILES:,}個、{_MOST_BYTES / 1e9:.0f} GB まで）",
                f"too much: {count:,} files, {size / 1e9:.1f} GB; give only what the town is made of "
                f"(up to {_MOST_FILES:,} files, {_MOST_BYTES / 1e9:.0f} GB)",
            )
        )


def _look_at_all(
    paths: Sequence[Path], batch: str, making: Path, say: Callable[[int, int, str], None]
) -> list[Given]:
    found = []
    for number, path in enumerate(sorted(paths)):
        say(number, len(paths), path.name)
        found.append(look_at_given(path, f"{batch}{number:03}", making))
    return found


def look_at_given(path: Path, id_: str, making: Path) -> Given:
    """Return a file that is kept, as it is seen (見立てる)."""
    seen = look_or_say(path)
    return Given(
        id=id_, name=path.name, path=path.relative_to(making).as_posix(), sha256=hash_file(path),
        size=path.stat().st_size, seen=seen, area_km2=_area_of(path, seen),
    )  # fmt: skip


def look_or_say(path: Path) -> Seen:
    """Return what a file is; one that no reader gets through is called broken (見立てか、こわれたか)."""
    try:
        return look_at(path)
    except Exception:  # noqa: BLE001 - uploads are hostile: whatever a reader trips over, the rest goes on
        return Seen(file=path.name, size=path.stat().st_size, kind=UNKNOWN, traps=(_BROKEN,))


def _area_of(path: Path, seen: Seen) -> float:
    """Return what the polygons of a division or border cover, square kilometres."""
    if not any(one.id in ("division", "border") for one in seen.uses):
        return 0.0
    try:
        frame, _ = to_lonlat(open_map(path).frame, path.name)
    except InputError:
        return 0.0
    shapes = frame.geometry[frame.geom_type.isin(["Polygon", "MultiPolygon"])]
    return float(shapes.to_crs(_EQUAL_AREA).make_valid().union_all().area / 1e6)


def _join_parts(making: Path, draft: Draft, found: list[Given]) -> Draft:
    """Put parts of a shapefile that came in different drops beside it, and look again."""
    for given in [*draft.files, *found]:
        if not given.name.casefold().endswith(".shp"):
            continue
        shape = making / given.path
        beside = {one.name.casefold() for one in shape.parent.iterdir()}
        parts = [
            one
            for one in (*draft.files, *found)
            if Path(one.name).stem == shape.stem and one.name.casefold() not in beside
        ]
        if not parts:
            continue
        for one in parts:
            shutil.copyfile(making / one.path, shape.with_name(one.name))
        again = look_at_given(shape, given.id, making)
        again = replace(given, seen=again.seen, area_km2=again.area_km2)
        draft = draft.with_file(again)
        found[:] = [again if one.id == again.id else one for one in found]
        draft, found[:] = _mark_beside(draft, found, [one.id for one in parts])
    return draft


def _mark_beside(draft: Draft, found: list[Given], ids: Iterable[str]) -> tuple[Draft, list[Given]]:
    wanted = set(ids)

    def marked(one: Given) -> Given:
        return replace(one, seen=replace(one.seen, beside=True)) if one.id in wanted else one

    return replace(draft, files=tuple(map(marked, draft.files))), list(map(marked, found))
