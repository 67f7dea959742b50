"""What came of a fetch, and how a town is made of it (取り寄せの結果)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.sources.get.around import border_of

if TYPE_CHECKING:
    from geo.base.municipal.listed import Listed
    from geo.base.words import Words
    from geo.sources.get.kept import GotFile
    from geo.sources.where.declared import FileKind

KINDS: Final = ("border", "areas", "people", "streets", "heights")
"""What is fetched, ids of ``where.toml``."""
_CENSUS: Final = "estat-ages"
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

    Of each kind the file that came last; of heights, squares and addresses all.

    Parameters
    ----------
    out
        The town's folder.
    """

    def last(kind: str) -> list[str]:
        return [str(got.folder / one.file) for one in got.of(kind)[-1:]]

    def choice(path: str) -> str:
        """Return the code where the border's file holds several municipalities."""
        try:
            return f":{got.city.code}" if border_of(Path(path), got.city)[1] else ""
        except InputError:
            return ""

    arguments = ["--out", str(out), "--name", got.city.name]
    for path in last("streets"):
        arguments += ["--streets", path]
    for path in last("border"):
        arguments += ["--border", path + choice(path)]
    for kind, called in _DIVISIONS.items():
        for one in got.of(kind)[-1:]:
            arguments += ["--division", f"{called}={got.folder / one.file}:{one.column}"]
    for one in got.of("people")[-1:] or got.of("mesh"):
        choice = f":{got.city.code}" if one.place == _CENSUS else ""
        arguments += ["--people", f"{got.folder / one.file}{choice}"]
    for one in got.of("heights"):
        arguments += ["--heights", str(got.folder / one.file)]
    for one in got.of("addresses"):
        arguments += ["--addresses", str(got.folder / one.file)]
    return arguments
