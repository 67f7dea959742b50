"""What was seen of a file: its kind, its place, its uses, and what is doubtful (見立て)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.sources.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from geo.base.problems import Problem
    from geo.sources.municipality import Municipality

    LonLatBox = tuple[float, float, float, float]

_TO_TOWN: Final = Words(
    "まちのデータです。台帳ではなく、街をつくるときに使います",
    "data of the town: used when the town is built, not in the register",
)
_SITES: Final = "sites"
_TO_BOTH: Final = Words("街をつくるときにも使えます", "may be used when the town is built, too")
_TO_REGISTER: Final = Words("台帳に取りこめます", "can be brought into the register")
UNKNOWN: Final = Words("わからないファイル", "a file that is not recognised")
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table or map file (列).

    Attributes
    ----------
    becomes
        What its use makes of it; ``None`` where nothing is read from it.
    """

    name: str
    becomes: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One thing a file is good for here, tried by the very reader that would take it (使いみち).

    Attributes
    ----------
    id
        A role of `geo.sources.roles`, or a record type.
    found
        What would come of it, in figures.
    how
        The command's words for it; "" where only the page takes it.
    told
        What that reader asks, supposes or leaves out.
    columns
        In the file's order, with what each becomes.
    sure
        Whether the file says that it is this, or only could be.
    """

    id: str
    words: Words
    found: Words
    how: str = ""
    told: tuple[Words, ...] = ()
    columns: tuple[Column, ...] = ()
    sure: bool = True

    @property
    def goes(self) -> Words:
        """Where it goes: into the register, or into what a town is built from (行き先)."""
        if self.id == _SITES:
            return _TO_BOTH
        return _TO_TOWN if self.id in ROLES else _TO_REGISTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file as it was seen (ファイルの見立て).

    Attributes
    ----------
    file
        Its name, with the layer's after a colon.
    size
        Bytes.
    kind
        What it is.
    encoding
        Of its text; "" where it has none or says it itself.
    crs
        The coordinate system, as it names it; "" where it has none.
    box
        West, south, east, north in degrees (EPSG:4326); ``None`` where it has no place.
    rows
        Rows or features; ``None`` where it has none, or was not counted.
    uses
        The likeliest first; empty where it is not recognised.
    traps
        What is doubtful or unreadable of the file itself.
    missing
        What it lacks to be of use.
    licence
        What is to be printed with it; ``None`` where it does not say.
    beside
        Whether it only belongs to a file beside it.
    cities
        The municipalities its rows are of, by code or else by name; empty where it does not say.
    """

    file: str
    size: int
    kind: Words
    encoding: str = ""
    crs: str = ""
    box: LonLatBox | None = None
    rows: int | None = None
    columns: tuple[Column, ...] = ()
    uses: tuple[Use, ...] = ()
    traps: tuple[Words, ...] = ()
    missing: tuple[Words, ...] = ()
    licence: Words | None = None
    beside: bool = False
    cities: tuple[str, ...] = ()


def neither(path: Path, size: int, traps: tuple[Words, ...] = ()) -> Seen:
    """Return a file that no reader knows (わからないファイル)."""
    return Seen(file=path.name, size=size, kind=UNKNOWN, traps=traps)


def say_told(told: Iterable[Words | Problem]) -> tuple[Words, ...]:
    """Return notices and faults as sentences, the many shortened (言われたこと)."""
    said = [one if isinstance(one, Words) else Words(one.say("ja"), one.say("en")) for one in told]
    if len(said) > _SHOWN:
        more = len(said) - _SHOWN
        said = [*said[:_SHOWN], Words(f"ほか{more:,}件", f"and {more:,} more")]
    return tuple(said)


def name_cities(found: Iterable[Municipality] | None) -> tuple[str, ...]:
    """Return the municipalities that rows are of, each once, by code or else by name (どの市区町村か)."""
    told = (one.code or one.name for one in found or ())
    return tuple(dict.fromkeys(filter(None, told)))


def shorten(missing: Iterable[Words]) -> tuple[Words, ...]:
    """Return the first sentence of each: what follows lists every column again (最初の文)."""
    return tuple(
        Words(one.ja.partition("。")[0], one.en.partition("; it has")[0].partition(". ")[0])
        for one in missing
    )
