"""What every kind of kept thing declares (しまうものの宣言)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Column, Connection, Table

    from surveys.photos.keep import PhotoShelf
    from surveys.store.register import Register

    # A photo's site, `None` for none, and whatever values may name photos.
    Referring = Iterable[tuple[str | None, object]]

Audience = Literal["public", "council", "staff", "own"]
# What of the house may know of a kind, and is not told by its other answers.
Knower = Literal["page", "command", "map", "list", "sheet", "field_app", "demo"]
Outdoors = Literal["carried", "sent"]
AUDIENCES: Final[Mapping[Audience, Words]] = {
    "public": Words("だれでも", "anybody"),
    "council": Words("協議体の人と職員", "the council and the staff"),
    "staff": Words("職員", "the staff"),
    "own": Words("書いた本人と、運用する人のコマンド", "its owner, and who runs the commands"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """A question answered with no, and why (しないわけ)."""

    words: Words


_EVERY_ROW: Final = Words("すべての行", "every row")
_AS_IT_WAS: Final = Words("そのまま戻す", "put back as it was")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Every row of the kind's tables goes into a backup (表の行を控える)."""

    words: Words = _EVERY_ROW


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Files beside the database go into a backup (ファイルを控える).

    Attributes
    ----------
    each
        Yields name in the backup, bytes and SHA-256 of every whole one; what is damaged is told
        by the kind's check and left out.
    """

    words: Words
    each: Callable[[PhotoShelf], Iterator[tuple[str, bytes, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore:
    """How a kind is put back: rows as they are, files under their names (戻し方).

    Attributes
    ----------
    counted
        Columns whose next number must be one that was never given.
    after
        What is made anew once the rows are there, from the source to the target.
    """

    words: Words = _AS_IT_WAS
    counted: tuple[Column[int], ...] = ()
    after: Callable[[Connection, Connection], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What of a kind leaves in files (書き出し); `gather` gives it as the formats take it.

    Attributes
    ----------
    formats
        Ids of `surveys.formats` it leaves as.
    """

    words: Words
    gather: Callable[[Register], Sequence[object]]
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """How one of a kind is taken back, by its id (取り消し).

    Attributes
    ----------
    take_back
        The register, the id, the moment in UTC.
    bring_back
        Undoes the undoing; ``None`` where it is for good.
    """

    words: Words
    take_back: Callable[[Register, str, str], object]
    bring_back: Callable[[Register, str], object] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCheck:
    """A look at rows: `find` yields a text for each that does not fit (行の点検)."""

    words: Words
    find: Callable[[Connection], Iterable[Words]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheck:
    """A look at files, from those wanted (with a site's number) and those whole (ファイルの点検)."""

    words: Words
    find: Callable[[Mapping[str, int], Container[str]], Iterable[Words]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of thing the register keeps (しまうものの種類).

    Every question is answered, if with a `Not` and its reason; what is asked for the audience
    and not said is the narrower answer.

    Attributes
    ----------
    id
        Singular English, the file's name.
    words
        One of it.
    tables
        Its own, each after those it points to; none for files.
    lies_in
        The kind whose tables it shares, "" for none.
    made
        Tables of the database that follow from its own and are in no backup of PostgreSQL's.
    needs
        Kinds its rows speak of, which come before it.
    photos
        The values of its rows that may name photos.
    listed
        All there are of it, as the pages read them; None where nothing lists it.
    outdoors
        Whether the field app carries it out, and sends it in.
    apart
        What does not know of it, and why. Pages, layers, sheets and commands name the kinds they
        show themselves; docs/knows.md holds all of it together.
    """

    id: str
    words: Words
    backup: Rows | Files | Not
    restore: Restore | Not
    export: Export | Not
    undo: Undo | Not
    check: tuple[RowCheck | FileCheck, ...] | Not
    audience: Audience = "staff"
    tables: tuple[Table, ...] = ()
    lies_in: str = ""
    made: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    photos: Callable[[Connection], Referring] | None = None
    listed: Callable[[Register], Iterable[object]] | None = None
    outdoors: tuple[Outdoors, ...] = ()
    apart: tuple[tuple[Knower, Words], ...] = ()

    def answers(self) -> dict[str, Words]:
        """Return what it says to every question, for people (答えをことばで)."""
        checks = self.check.words if isinstance(self.check, Not) else _join(self.check)
        return {
            "backup": _say(self.backup),
            "restore": _say(self.restore),
            "export": _say(self.export),
            "undo": _say(self.undo),
            "check": Words(f"– {checks.ja}", f"– {checks.en}")
            if isinstance(self.check, Not)
            else checks,
            "audience": AUDIENCES[self.audience],
        }


def _say(answer: Rows | Files | Restore | Export | Undo | Not) -> Words:
    words = answer.words
    return Words(f"– {words.ja}", f"– {words.en}") if isinstance(answer, Not) else words


def _join(checks: tuple[RowCheck | FileCheck, ...]) -> Words:
    return Words("、".join(c.words.ja for c in checks), ", ".join(c.words.en for c in checks))
