"""An area's people in rows, by age, by walker, beside others, as its audience may see them (地区の数字)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.coverage.part import count_cells
from geo.say.masked import MASKED
from geo.say.sentence import NO_DATA, lines_of, say_share
from geo.tables.tables import each_row, people_words
from geo.town import kept_cells_of
from layers.pictures.masked import Hidden, mask_line
from layers.pictures.text import line_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from geo.coverage.question import Question
    from geo.say.sentence import Line
    from geo.tables.tables import People
    from layers.areas.place import AreaRef, Place
    from layers.areas.run import Run

COUNTED: Final = ("people", "within", "outside", "off_network")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of counts (一行の数字).

    Attributes
    ----------
    counts
        ``people within outside off_network no_rest`` and ``known``, those a share is of.
    hidden
        Which of these, and ``share``, the audience is not shown.
    silent
        Whether nobody has told who lives there, or its streets are not in the data: there is no
        figure then.
    """

    counts: Mapping[str, int]
    hidden: frozenset[str] = frozenset()
    silent: bool = False

    @property
    def share(self) -> float:
        """The share within reach of those on the network, NaN of nobody (届く割合)."""
        known = self.counts["known"]
        return self.counts["within"] / known if known and not self.silent else float("nan")

    def say(self, column: str, lang: Lang) -> str:
        """Return a count, or the share, as the audience may read it (読み方)."""
        if self.silent:
            return NO_DATA.say(lang)
        if column in self.hidden:
            return MASKED.say(lang)
        if column == "share":
            return say_share(self.share, lang)
        count = f"{self.counts[column]:,}"
        return f"{count}人" if lang == "ja" else count


def row_of(run: Run, place: Place, age: People | None = None, walker: int = 0) -> Row:
    """Return an area's own row (地区の行)."""
    asked, part = age or run.question.people, run.part(place, age, walker)
    where = (place.division, place.area_id, "")
    return Row(
        counts=_counts(part.totals), silent=_silent(run, place.division, place.area_id),
        hidden=run.masks.columns(where, asked, walker),
    )  # fmt: skip


def row_of_town(run: Run, walker: int = 0) -> Row:
    """Return the row of all areas of the division together (街ぜんたいの行)."""
    hidden = run.masks.columns((run.division, "", ""), run.question.people, walker)
    return Row(counts=_counts(run.coverage(walker=walker).totals), hidden=hidden)


def row_around(run: Run, around: AreaRef, walker: int = 0) -> Row:
    """Return the row of a larger area (まわりの地区の行)."""
    town = run.town
    ids = town.division(around.division)["area_id"].astype(str).tolist()
    inside = kept_cells_of(town, around.division) == ids.index(around.area_id)
    totals = count_cells(run.coverage(walker=walker), inside)
    where = (around.division, around.area_id, "")
    return Row(
        counts=_counts(totals), silent=_silent(run, around.division, around.area_id),
        hidden=run.masks.columns(where, run.question.people, walker),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """One row of the table of an area's parts (内訳の行).

    Attributes
    ----------
    part_id, name
        "" for those of the area who live in no part.
    row
        Of those who live in both.
    elsewhere
        Whether some of the part's people live in another area.
    """

    part_id: str
    name: str
    row: Row
    elsewhere: bool


def rows_of_parts(run: Run, place: Place) -> list[PartRow]:
    """Return the rows of an area's parts, which add up to its own (地区の内訳)."""
    if run.parts is None:
        return []
    silent = run.town.without_people(run.finer) | run.town.without_streets(run.finer)
    within, found = f"{run.division}/{place.area_id}", []
    for one in each_row(run.parts.rows_of(place.area_id)):
        counts = {name: int(getattr(one, name)) for name in (*COUNTED, "no_rest")}
        if not one.part_id and not counts["people"]:
            continue
        where = (run.finer, one.part_id, within)
        found.append(
            PartRow(
                part_id=one.part_id, name=one.part_name, elsewhere=one.elsewhere > 0,
                row=Row(
                    counts=_counts(counts), silent=one.part_id in silent,
                    hidden=run.masks.columns(where, run.question.people, 0),
                ),
            )
        )  # fmt: skip
    return found


def sentence_of(run: Run, place: Place, lang: Lang) -> tuple[Line, ...]:
    """Return the sentence that is read aloud of an area (読み上げる文).

    Of nobody, and where nothing is known, that is said in place of a share.
    """
    row, part = row_of(run, place), run.part(place)
    if row.silent or not row.counts["known"]:
        return (line_of(_say_none(row, run.question), lang),)
    return tuple(mask_line(one, _hidden(row), lang) for one in lines_of(part, lang))


def _say_none(row: Row, question: Question) -> Words:
    """Return why there is no share of an area."""
    who = people_words(question.people)
    if row.silent:
        return Words(
            "この地区は、人口か道のデータが足りないので、数えられません。",
            "The data of people or streets does not reach this area: nothing can be counted.",
        )
    if row.counts["people"]:
        count = row.say("people", "ja"), row.say("people", "en")
        return Words(
            f"{who.ja}の{count[0]}が住む所は、どれも道につながらないので、数えられません。",
            f"None of the {count[1]} people ({who.en}) lives where a street leads: none is counted.",
        )
    return Words(
        f"この地区に住む{who.ja}の人は、人口の表では0人です。",
        f"By the table of people nobody {who.en} lives in this area.",
    )


def _hidden(row: Row) -> Hidden:
    """Return what a sentence of a row does not show, by value."""
    counts = frozenset(row.counts[one] for one in row.hidden if one != "share")
    return Hidden(counts=counts, shares="share" in row.hidden, areas=())


def _counts(totals: Mapping[str, int]) -> dict[str, int]:
    return {**totals, "known": totals["within"] + totals["outside"]}


def _silent(run: Run, division: str, area_id: str) -> bool:
    town = run.town
    return area_id in town.without_people(division) | town.without_streets(division)
