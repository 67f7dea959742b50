"""What reading a file comes to, and the notes taken on the way (読み取りの結果)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from geo.base.problems import Problem
from surveys.formats.parts.cells import say_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    import shapely

    from geo.base.located.asked_zone import ZoneFit
    from geo.base.words import Words
    from surveys.formats.raw.table import Cell
    from surveys.record.portable import Incoming

_LONGEST_SHOWN: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a file says about sites of one type (読み取ったもの).

    Attributes
    ----------
    rows
        One a site, in the file's order.
    matched
        By sheet, what each known header was taken for.
    ignored
        By sheet, the headers that are taken for no question.
    ruled
        Of those, the ones that a rule reads.
    samples
        By sheet and header, what stands in the first rows of such a column.
    zones
        Of metres whose zone nothing tells: those that put them into the town.
    kept
        Whether columns are taken as somebody chose before for this layout.
    problems
        Every fault, those of the rows among them.
    aside
        Rows and sheets that are not used, each with its place and why.
    mended
        What was read otherwise than it stands, told the same way.
    """

    rows: tuple[Incoming, ...]
    matched: Mapping[str, Mapping[str, str]]
    ignored: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    aside: tuple[Problem, ...] = ()
    mended: tuple[Problem, ...] = ()
    ruled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    samples: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    kept: bool = False
    zones: tuple[ZoneFit, ...] = ()

    def unused(self) -> dict[str, list[str]]:
        """Return by sheet the headers nothing is read from (使わない列)."""
        found = {
            sheet: [one for one in heads if one not in self.ruled.get(sheet, ())]
            for sheet, heads in self.ignored.items()
        }
        return {sheet: heads for sheet, heads in found.items() if heads}


@dataclass(slots=True, kw_only=True)
class Line:
    """One row while it is read: its cells by column key, and what is wrong with them (読んでいる行).

    Attributes
    ----------
    cells
        The header and the cell by column key; texts carried on in further columns are joined.
    shape
        In degrees, from a format that has shapes.
    broken
        Keys whose cell the file itself could not give, ``@place`` for its shape.
    problems, lost
        Faults told so far, and the column keys they belong to.
    """

    file: str
    number: int
    cells: Mapping[str, tuple[str, Cell]]
    shape: shapely.Geometry | None = None
    broken: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)

    def cell(self, key: str) -> Cell:
        """Return a cell, ``None`` for a blank one or none (欄)."""
        return self.cells[key][1] if key in self.cells else None

    def text(self, key: str) -> str:
        """Return a cell's text without blanks at its ends (欄の文字)."""
        return say_cell(self.cell(key)).strip()

    def tell(self, key: str, reason: Words) -> None:
        """Note a fault of one cell (問題を書きとめる)."""
        header, cell = self.cells.get(key, ("", None))
        shown = say_cell(cell)
        if len(shown) > _LONGEST_SHOWN:
            shown = f"{shown[:_LONGEST_SHOWN]}…"
        self.problems.append(
            Problem(file=self.file, row=self.number, column=header, value=shown, reason=reason)
        )
        self.lost.add(key)
