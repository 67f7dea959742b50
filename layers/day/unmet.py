"""Where somebody needs a kind of support that nothing near gives (資源のない課題)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from layers.day.reported import make_report
from surveys.record.service_kinds import KIND_WORDS
from surveys.reports import REPORTS

if TYPE_CHECKING:
    from datetime import date

    from geo.base.words import Lang
    from geo.town import Town
    from surveys.reports.parts.made import Paper
    from surveys.store.register import Register

REPORT: Final = REPORTS["needs_resources"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """One area's needs beside its resources (地区の課題と資源).

    Attributes
    ----------
    area
        Its name.
    needs, resources
        How many of each kind, by the kind's id; a number written by hand counts as it is shown.
    """

    area: str
    needs: dict[str, int]
    resources: dict[str, int]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds somebody needs and nothing in the area gives (資源のない種類)."""
        return tuple(one for one in KIND_WORDS if self.needs[one] and not self.resources[one])


def find_unmet(
    register: Register, town: Town, division: str, today: date, lang: Lang
) -> list[Unmet]:
    """Return each area of a division with its needs and resources of a day (資源のない課題をさがす).

    Raises
    ------
    InputError
        There is no such division.
    """
    (paper,) = make_report(
        register, town, REPORT, (today, today), division=division, lang=lang, today=today
    )
    return unmet_of(paper, [str(one) for one in town.division(division)["area_name"]])


def unmet_of(paper: Paper, areas: list[str]) -> list[Unmet]:
    """Return the areas of a report that was made, in their order (できた報告から)."""
    held = {
        cell.key: cell.number or 0 for table in paper.tables for row in table.rows for cell in row
    }

    def told(table: str, area: str) -> dict[str, int]:
        return {kind: held.get(f"{table}/{area}/{kind}", 0) for kind in KIND_WORDS}

    return [
        Unmet(area=one, needs=told("needs", one), resources=told("resources", one)) for one in areas
    ]
