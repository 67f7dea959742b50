"""What a new edition of a town changes, told before it is taken (替えると何が変わるか)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.problems import InputError
from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.say.sentence import NO_DATA, say_share, say_walk, share_within
from geo.tables.tables import SITE_KINDS, SITE_WORDS, people_words
from geo.town import WHOLE, ages_of
from layers.day.day import Day
from layers.day.salons import When
from layers.day.told import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd

    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question
    from geo.town import Town
    from surveys.store.register import Register

_SAME_SHARE: Final = 0.9  # of both shapes: one area under another name
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure before and after (前と後).

    Attributes
    ----------
    before, after
        In words, "データなし" where there is none.
    changed
        Whether they differ.
    """

    what: Words
    before: Words
    after: Words

    @property
    def changed(self) -> bool:
        """Whether they differ (変わったか)."""
        return self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two editions beside each other (版の見くらべ).

    Attributes
    ----------
    rows
        Streets, people, places of the map; then the answers.
    areas
        A line for each division whose areas are new, gone or renamed.
    """

    rows: tuple[Row, ...]
    areas: tuple[Words, ...]


def compare_towns(before: Town, after: Town, register: Register | None, on: str) -> Compared:
    """Return what differs between two editions, asked with one register on one day (版を見くらべる).

    The answers are those of the usual question (65 and over, 500 m and ten minutes), by straight
    line where a town has no streets, and said so.

    Parameters
    ----------
    on
        ISO date.
    """
    rows = [
        Row(what=Words("道", "streets"), before=_streets(before), after=_streets(after)),
        *_people(before, after),
        *_places(before, after),
        *_answers(before, after, register, on),
    ]
    return Compared(rows=tuple(rows), areas=tuple(_areas(before, after)))


def _streets(town: Town) -> Words:
    if not town.network.edge_count:
        return Words("なし（直線で数える）", "none (counted in straight lines)")
    km = town.network.length_m / 1000
    return Words(f"{km:,.1f}km", f"{km:,.1f} km")


def _people(before: Town, after: Town) -> list[Row]:
    ages = list(dict.fromkeys(("all", *ages_of(before), *ages_of(after))))
    rows = [
        Row(what=people_words(age), before=_count(before, age), after=_count(after, age))
        for age in ages
    ]
    gone = [
        Words(f"{one:,}人", f"{one:,}")
        for one in (int(str(town.facts.get("people_left_out", 0))) for town in (before, after))
    ]
    what = Words("表にいて、地図に置けなかった人", "people of the table without a place")
    return [*rows, Row(what=what, before=gone[0], after=gone[1])]


def _count(town: Town, age: str) -> Words:
    if age not in ages_of(town) or not len(town.cells):
        return NO_DATA
    count = f"{int(town.cells[f'people_{age}'].sum()):,}"
    return Words(f"{count}人", count)


def _places(before: Town, after: Town) -> list[Row]:
    counts = [town.sites["kind"].value_counts() for town in (before, after)]
    rows = []
    for kind in SITE_KINDS:
        n = [int(one.get(kind, 0)) for one in counts]
        if n[0] != n[1]:
            said = [Words(f"{one:,}か所", f"{one:,}") for one in n]
            rows.append(Row(what=SITE_WORDS[kind], before=said[0], after=said[1]))
    return rows


def _answers(before: Town, after: Town, register: Register | None, on: str) -> list[Row]:
    """Return the usual answers of both, on one division that both have."""
    shared = [one for one in after.divisions if one in before.divisions]
    division = shared[0] if shared else WHOLE
    rows = []
    for within, people in (("500m", "65"), ("10min", "65"), ("500m", "75")):
        asked = parse_question(division=division, people=people, walker="elderly", within=within)
        said = [_ask(town, asked, register, on) for town in (before, after)]
        if any(one is not NO_DATA for one in said):
            walk, who = say_walk(asked), people_words(people)
            what = Words(
                f"{who.ja}のうち、{walk.ja}に通いの場がある人",
                f"those {who.en} with a salon {walk.en}",
            )
            rows.append(Row(what=what, before=said[0], after=said[1]))
    return rows


def _ask(town: Town, question: Question, register: Register | None, on: str) -> Words:
    day = Day(told=Told(town=town, register=register), when=When(on=on))
    try:
        found = day.ask(question)
    except InputError:
        return NO_DATA
    return _say(found, straight=not town.network.edge_count)


def _say(found: Coverage, *, straight: bool) -> Words:
    within, share = found.totals["within"], share_within(found)
    ja = f"{within:,}人（{say_share(share, 'ja')}）"
    en = f"{within:,} ({say_share(share, 'en')})"
    return Words(ja + "・直線", en + ", straight line") if straight else Words(ja, en)


def _areas(before: Town, after: Town) -> list[Words]:
    lines = []
    for name in dict.fromkeys((*before.divisions, *after.divisions)):
        if name not in after.divisions or name not in before.divisions:
            gone = name not in after.divisions
            count = len((before if gone else after).division(name))
            lines.append(
                Words(
                    f"分け方「{name}」（{count:,}地区）が{'なくなります' if gone else '入ります'}",
                    f"the division {name} ({count:,} areas) {'goes' if gone else 'comes in'}",
                )
            )
        elif name != WHOLE:
            lines += _changes(name, before.division(name), after.division(name), before, after)
    return lines


def _changes(
    name: str, was: gpd.GeoDataFrame, now: gpd.GeoDataFrame, before: Town, after: Town
) -> list[Words]:
    """Return what became of the areas of a division, by name; one of the same ground was renamed."""
    gone = was[~was["area_name"].isin(set(now["area_name"]))].reset_index(drop=True)
    new = now[~now["area_name"].isin(set(was["area_name"]))].reset_index(drop=True)
    if gone.empty and new.empty:
        return []
    grounds = new.geometry.to_crs(before.plane.crs) if after.plane != before.plane else new.geometry
    renamed = _same_ground(gone.geometry.to_numpy(), np.asarray(grounds))
    said = [f"{gone['area_name'][a]}→{new['area_name'][b]}" for a, b in renamed]
    left = [str(n) for at, n in enumerate(gone["area_name"]) if at not in {a for a, _ in renamed}]
    come = [str(n) for at, n in enumerate(new["area_name"]) if at not in {b for _, b in renamed}]
    parts = (
        ("新しい地区", "new", come),
        ("なくなる地区", "gone", left),
        ("名前が変わる地区", "renamed", said),
    )
    ja = "。".join(
        f"{words} {len(names):,}（{_list(names)}）" for words, _, names in parts if names
    )
    en = "; ".join(f"{len(names):,} {words} ({_list(names)})" for _, words, names in parts if names)
    return [Words(f"「{name}」：{ja}", f"{name}: {en}")]


def _same_ground(gone: np.ndarray, new: np.ndarray) -> list[tuple[int, int]]:
    """Return pairs of areas of one ground: each all but wholly within the other."""
    if not len(gone) or not len(new):
        return []
    at, other = shapely.STRtree(new).query(gone, predicate="intersects")
    both = shapely.area(shapely.intersection(gone[at], new[other]))
    same = (both >= _SAME_SHARE * shapely.area(gone[at])) & (
        both >= _SAME_SHARE * shapely.area(new[other])
    )
    return [(int(a), int(b)) for a, b in zip(at[same], other[same], strict=True)]


def _list(names: Sequence[str]) -> str:
    more = f"…ほか{len(names) - _SHOWN:,}" if len(names) > _SHOWN else ""
    return "・".join(names[:_SHOWN]) + more
