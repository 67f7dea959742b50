"""What came of a fetch, and how a town is made of it (取り寄せの結果)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.sources.get.around import border_of

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.municipal.listed import Listed
    from geo.base.words import Words
    from geo.sources.get.kept import GotFile
    from geo.sources.where.declared import FileKind

KINDS: Final = ("border", "areas", "people", "streets", "heights")
"""What is fetched, ids of ``where.toml``."""
_DIVISIONS: Final = {"areas": "町丁目", "schools": "校区"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A kind of file that did not come, and what to do (届かなかった資料)."""

    kind: FileKind
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """What came of a fetch (取り寄せの結果).

    Attributes
    ----------
    folder
        Where the files are, `geo.sources.get.kept.RECORD` beside them.
    files
        All that are there, whole and looked at, those of earlier runs among them.
    missing
        In the table's order.
    stopped
        Whether somebody stopped it; another run goes on from there.
    answered
        Whether any server answered; false where there is no internet, or nothing was asked.
    """

    city: Listed
    folder: Path
    files: tuple[GotFile, ...]
    missing: tuple[Missing, ...]
    stopped: bool = False
    answered: bool = True

    def of(self, kind: str) -> tuple[GotFile, ...]:
        """Return the files of a kind, those that came last at the end (その種類のファイル)."""
        return tuple(one for one in self.files if one.kind == kind)


def build_arguments(got: Got, out: Path) -> list[str]:
    """Return the arguments of ``kayoi build`` that make a town of what came (街をつくる引数).

    Of each kind the file that came last; of heights, squares and addresses all. People by
    neighbourhood are left out where there are no borders of neighbourhoods to place them.

    Parameters
    ----------
    out
        The town's folder.
    """

    def last(kind: str) -> tuple[GotFile, ...]:
        return got.of(kind)[-1:]

    def path(one: GotFile) -> str:
        return str(got.folder / one.file)

    given = [("--streets", path(one)) for one in last("streets")]
    given += [("--border", path(one) + _choice(got, one)) for one in last("border")]
    given += [
        ("--division", f"{called}={path(one)}:{one.column}")
        for kind, called in _DIVISIONS.items()
        for one in last(kind)
    ]
    given += [("--people", path(one)) for one in _people(got)]
    given += [("--heights", path(one)) for one in got.of("heights")]
    given += [("--addresses", path(one)) for one in got.of("addresses")]
    first = ("--out", str(out), "--name", got.city.name)
    return [*first, *(text for pair in given for text in pair)]


def _people(got: Got) -> tuple[GotFile, ...]:
    placed = got.of("people")[-1:] if got.of("areas") else ()  # by the borders of neighbourhoods
    return placed or got.of("mesh")


def _choice(got: Got, file: GotFile) -> str:
    """Return the choice where the border's file holds several municipalities."""
    try:
        return f":{got.city.code}" if border_of(got.folder / file.file, got.city)[1] else ""
    except InputError:
        return ""
