"""The town that is being made: which files were given, and what is to become of each (つくりかけの街).

Kept in ``making/`` of the town's folder, so that a browser that is closed, or a machine that is
switched off, loses nothing that was said to be there.
"""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.files import save_text
from geo.base.private import make_own_folder
from geo.base.words import Words
from layers.inspected.seen import Column, Seen, Use

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAKING: Final = "making"
FILES: Final = "files"
NOT_USED: Final = "none"
_DRAFT: Final = "draft.json"
_FORMAT: Final = 1
# One server holds a town; its visitors take turns.
_TURN: Final = threading.RLock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file that was given (渡されたファイル).

    Attributes
    ----------
    id
        Of no meaning; unique in its draft.
    name
        What it was called.
    inside
        Name of the zip that brought it among others; "" where it came by itself.
    path
        Where it lies, below ``making/``.
    sha256, size
        Of its bytes when it came.
    seen
        What it is (`layers.inspected.look.look_at`).
    area_km2
        What its polygons cover together; 0 where it has none.
    facts
        Of one that was fetched: name, date, licence and credit, to be printed.
    use
        What a person chose: a role, a record type, `NOT_USED`; "" leaves it to `choose`.
    division, column
        What a person called the division, and the column of its names; "" as they are found.
    """

    id: str
    name: str
    path: str
    sha256: str
    size: int
    seen: Seen
    area_km2: float = 0.0
    facts: dict[str, str] = field(default_factory=dict)
    use: str = ""
    division: str = ""
    column: str = ""
    inside: str = ""

    def called(self) -> Words:
        """Return what it is called, with the zip it came in (呼び名).

        Examples
        --------
        >>> seen = Seen(file="a.shp", size=1, kind=Words("", ""))
        >>> one = Given(id="1", name="a.shp", path="a.shp", sha256="", size=1, seen=seen, inside="町.zip")
        >>> one.called().ja, one.called().en
        ('町.zip の中の a.shp', 'a.shp in 町.zip')
        """
        if not self.inside:
            return Words(self.name, self.name)
        return Words(f"{self.inside} の中の {self.name}", f"{self.name} in {self.inside}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was given and chosen so far (つくりかけ).

    Attributes
    ----------
    begun_at
        ISO text in UTC; "" where nothing was done yet.
    number
        One more with every change.
    city
        The municipality's code; "" as long as nobody chose.
    name
        What the town is to be called; "" as its municipality.
    files
        In the order they came.
    dropped
        Sources of the town that stands which the next one does without: their ``file``.
    """

    begun_at: str = ""
    number: int = 0
    city: str = ""
    name: str = ""
    files: tuple[Given, ...] = field(default=())
    dropped: tuple[str, ...] = ()

    def file(self, id_: str) -> Given | None:
        """Return one of its files (ファイル)."""
        return next((one for one in self.files if one.id == id_), None)

    def with_file(self, given: Given) -> Draft:
        """Return it with one of its files as it is now (ファイルを直す)."""
        return replace(
            self, files=tuple(given if one.id == given.id else one for one in self.files)
        )


def making_of(folder: Path) -> Path:
    """Return where a town's draft lies (つくりかけの置き場所)."""
    return folder / MAKING


def read_draft(folder: Path) -> Draft:
    """Return the draft of a town's folder, an empty one where there is none (つくりかけを読む)."""
    path = making_of(folder) / _DRAFT
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] == _FORMAT:
            return _draft(told)
    except FileNotFoundError:
        pass
    except (OSError, ValueError, KeyError, TypeError):
        # Written by another version, or by hand: what it says cannot be used; the files lie there.
        pass
    return Draft()


@contextmanager
def changing(folder: Path, now: str) -> Iterator[list[Draft]]:
    """Give the draft as it stands in a list of one; what is put in its place is kept (直す).

    Parameters
    ----------
    now
        ISO text in UTC: when it was begun, if it is new.
    """
    with _TURN:
        draft = read_draft(folder)
        held = [draft]
        yield held
        if held[0] != draft:
            begun = draft.begun_at or now
            _save(folder, replace(held[0], number=draft.number + 1, begun_at=begun))


def drop_draft(folder: Path) -> None:
    """Forget what was given and chosen; the municipality stays as somebody chose it (つくりかけを片づける)."""
    with _TURN:
        city = read_draft(folder).city
        shutil.rmtree(making_of(folder), ignore_errors=True)
        if city:
            _save(folder, Draft(city=city))


def _save(folder: Path, draft: Draft) -> None:
    make_own_folder(making_of(folder))
    told = {"format": _FORMAT, **asdict(draft)}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    save_text(making_of(folder) / _DRAFT, text + "\n")


def _draft(told: dict[str, Any]) -> Draft:
    known = {name: told[name] for name in ("begun_at", "number", "city", "name")}
    return Draft(
        **known, files=tuple(_given(one) for one in told["files"]), dropped=tuple(told["dropped"])
    )


def _given(told: dict[str, Any]) -> Given:
    return Given(**{**told, "seen": _seen(told["seen"])})


def _seen(told: dict[str, Any]) -> Seen:
    box = told["box"]
    return Seen(
        **{
            **told,
            "kind": _words(told["kind"]),
            "box": tuple(box) if box is not None else None,
            "columns": _columns(told["columns"]),
            "uses": tuple(_use(one) for one in told["uses"]),
            "licence": _words(told["licence"]) if told["licence"] else None,
            "cities": tuple(told["cities"]),
            **{name: tuple(map(_words, told[name])) for name in ("traps", "missing")},
        }
    )


def _use(told: dict[str, Any]) -> Use:
    return Use(
        **{
            **told,
            "words": _words(told["words"]),
            "found": _words(told["found"]),
            "told": tuple(map(_words, told["told"])),
            "columns": _columns(told["columns"]),
        }
    )


def _columns(told: list[dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(
        Column(name=one["name"], becomes=_words(one["becomes"]) if one["becomes"] else None)
        for one in told
    )


def _words(told: dict[str, str]) -> Words:
    return Words(told["ja"], told["en"])
