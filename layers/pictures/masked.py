"""A figure as a council may see it: small counts of people masked, and what would give them away (伏せた絵)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from geo.analysis.masking import LEAST, Family, mask
from geo.analysis.why import CAUSES
from geo.base.words import Words
from geo.say.masked import MASKED, MASKED_LINE, is_masked, mask_text
from geo.say.sentence import NO_DATA
from geo.tables.tables import each_row

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from geo.analysis.gaps import Gaps
    from geo.analysis.reached import Moved
    from geo.analysis.why import Why
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.say.sentence import Line, Part
    from layers.pictures.figure import Figure
    from layers.pictures.look import Look

# What dots stand for, in the legend: areas without figures, and those whose figures are masked.
_DOTTED: Final = Words("データなし・住む人が10人未満", "no data, or fewer than 10 people")
_COUNTS: Final = re.compile(r"(?:[＋−]?[0-9][0-9,]*人?　?)+")
_COUNT: Final = re.compile(r"([0-9][0-9,]*)人?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """What a meeting does not show (会議で伏せるもの).

    Attributes
    ----------
    counts
        The values of hidden counts; another count of the same value is hidden with it.
    shares
        Whether the town's shares are hidden.
    areas
        (A,) whether so few live in each area that its share tells them.
    """

    counts: frozenset[int]
    shares: bool
    areas: tuple[bool, ...]


def hide_of_meeting(
    coverage: Coverage, gaps: Gaps, why: Why | None, plans: Sequence[tuple[Moved, str]]
) -> Hidden:
    """Return what one meeting does not show, all its screens taken together (会議で伏せる人数を決める).

    Parameters
    ----------
    why
        None where nobody is out of reach.
    plans
        What each plan does, and the age asked.
    """
    family = Family()
    totals = coverage.totals
    _sum(family, "known", {one: totals[one] for one in ("within", "outside")})
    for name in ("no_rest", "no_path"):
        count = totals["no_rest"] if name == "no_rest" else coverage.left_out.get("no_path", 0)
        _among(family, name, count, "outside")
    family.add("missed", coverage.missed)
    rows = list(each_row(coverage.areas))
    for column in ("within", "outside", "off_network"):
        _sum(family, column, {(column, row.area_id): int(getattr(row, column)) for row in rows})
    for row in rows:
        _among(family, ("no_rest", row.area_id), int(row.no_rest), ("outside", row.area_id))
    places = {("place", at): int(row.people) for at, row in enumerate(each_row(gaps.table))}
    if sum(places.values()) == totals["outside"]:
        _sum(family, "outside", places)
    else:
        for place, count in places.items():
            family.add(place, count)
    if why is not None:
        _add_why(family, why)
    for number, (moved, age) in enumerate(plans):
        _add_plan(family, number, moved, moved.of(age))
    names = mask(family)
    return Hidden(
        counts=frozenset(family.counts[one] for one in names),
        shares=any(one in names for one in ("known", "within", "outside")),
        areas=tuple(0 < int(row.within + row.outside) < LEAST for row in rows),
    )


def _sum(family: Family, whole: Hashable, parts: Mapping[Any, int]) -> None:
    for name, count in parts.items():
        family.add(name, count)
    family.add(whole, sum(parts.values()))
    family.total(whole, parts)


def _among(family: Family, name: Hashable, count: int, of: Hashable) -> None:
    """Add a count that is a part of another; one that is not, of people in no area, by itself."""
    family.add(name, count)
    if count <= family.counts[of]:
        family.part(name, of=of)


def _add_why(family: Family, why: Why) -> None:
    for row in each_row(why.areas):
        causes = {(one, row.area_id): int(getattr(row, one)) for one in CAUSES}
        _sum(family, ("outside", row.area_id), causes)
        _among(family, ("no_way", row.area_id), int(row.why_no_way), ("why_far", row.area_id))
        waiting = {
            ("waiting", row.area_id, one.site_id): count for one, count in why.waiting[row.area_id]
        }
        if sum(waiting.values()) == family.counts["why_not_open", row.area_id]:
            _sum(family, ("why_not_open", row.area_id), waiting)


def _add_plan(family: Family, number: int, moved: Moved, counts: dict[str, int]) -> None:
    for column in ("gained", "lost"):
        rows = {
            (number, column, row.area_id): int(getattr(row, column))
            for row in each_row(moved.areas)
        }
        _sum(family, (number, column), rows)
    stay = (number, "stay")
    family.add(stay, counts["before"] - counts["lost"])
    family.unseen.add(stay)
    before = "within" if family.counts["within"] == counts["before"] else (number, "before")
    for name, column, end in ((before, "lost", "before"), ((number, "after"), "gained", "after")):
        family.add(name, counts[end])
        family.total(name, [stay, (number, column)])


def masked_figure(figure: Figure, hidden: Hidden, lang: Lang) -> Figure:
    """Return a figure without the counts that are hidden, and with the line that says so (絵の人数を伏せる)."""
    lines = tuple(mask_line(one, hidden, lang) for one in figure.lines)
    counted = figure.heads is not None and any(_is_counts(told) for _, _, told in figure.rows)
    rows = figure.rows
    if counted:
        rows = tuple((mark, name, _mask_counts(told, hidden, lang)) for mark, name, told in rows)
    maps = tuple((name, replace(one, looks=_mask_looks(one.looks, hidden, lang)))
                 for name, one in figure.maps)  # fmt: skip
    before, after = ([[*one.looks] for _, one in these] for these in (figure.maps, maps))
    pairs = [two for some in zip(before, after, strict=True) for two in zip(*some, strict=True)]
    notes, legend = figure.notes, figure.legend
    told = any(one.figures != other.figures for one, other in pairs)
    if told or (lines, rows) != (figure.lines, figure.rows):
        notes = (*notes, MASKED_LINE)
    if any(one.state != other.state for one, other in pairs):
        legend = tuple(
            (_DOTTED if words == NO_DATA else words, art, wide)
            for words, art, wide in figure.legend
        )
    return replace(figure, lines=lines, rows=rows, maps=maps, notes=notes, legend=legend)


def _mask_looks(looks: Sequence[Look], hidden: Hidden, lang: Lang) -> list[Look]:
    """Return the looks of a map, areas first: one that tells of few is dotted, its figures masked."""
    few = (*hidden.areas, *(False for _ in looks))
    return [_mask_look(one, hidden, lang, few=here) for one, here in zip(looks, few, strict=False)]


def mask_line(line: Line, hidden: Hidden, lang: Lang) -> Line:
    """Return a sentence without the counts and shares that are hidden (文の人数を伏せる)."""
    return tuple(_mask_part(one, hidden, lang) for one in line)


def _mask_part(part: Part, hidden: Hidden, lang: Lang) -> Part:
    number = part.text.replace(",", "")
    if part.mark and number.isdecimal() and part.unit in ("", "人"):
        if is_masked(int(number), hidden.counts):
            return replace(part, text=MASKED.say(lang), unit="")
        return part
    if part.mark and hidden.shares and (part.unit == "％" or part.text.endswith("%")):
        return replace(part, text=MASKED.say(lang), unit="")
    return replace(part, text=mask_text(part.text, hidden.counts, lang, shares=hidden.shares))


def _is_counts(told: str) -> bool:
    return _COUNTS.fullmatch(told) is not None


def _mask_counts(told: str, hidden: Hidden, lang: Lang) -> str:
    def put(found: re.Match[str]) -> str:
        count = int(found[1].replace(",", ""))
        return MASKED.say(lang) if is_masked(count, hidden.counts) else found[0]

    return _COUNT.sub(put, told) if _is_counts(told) else told


def _mask_look(look: Look, hidden: Hidden, lang: Lang, *, few: bool) -> Look:
    figures = tuple((_mask_counts(text, hidden, lang), colour) for text, colour in look.figures)
    if few and look.state == "share":
        return replace(look, state="none", step=0, figures=figures)
    return replace(look, figures=figures)
