"""What a measure is: a score per cell, and how scores sum to an area (指標の型)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, assert_never, get_args

import numpy as np

from geo.base.words import Words
from geo.measures.unit import UNITS, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.base.arrays import Floats, Ints

Summary = Literal["mean", "mean_reached", "sum", "median", "quantiles", "worst_tenth"]
QUANTILES: Final = (50, 75, 90)
_QUANTILES_JA: Final = {50: "半分の人", 75: "4人に3人", 90: "10人に9人"}
_QUANTILES_EN: Final = {50: "half of the people", 75: "3 of 4 people", 90: "9 of 10 people"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Walks:
    """What a measure may look at: C cells, in any order, and F sites (歩く道のりのまとめ).

    A measure whose part was not given has no figure: its scores are NaN.

    Attributes
    ----------
    metres
        (C,) walk to the nearest site in flat-equivalent metres, infinite where there is none,
        NaN off the network.
    minutes
        (C,) the same in the walker's minutes.
    straight_m
        (C,) straight-line metres to the nearest site, infinite where there is no site.
    sites_within
        (C,) number of sites within the walking range.
    limit_m
        The walking range in flat-equivalent metres; a walk of exactly this is within.
    people
        (C,) the people counted.
    pair_cell, pair_site, pair_m
        (P,) rows of cells and of sites, and the walk between them in flat-equivalent metres:
        every pair within the range, sorted by cell, then site.
    sessions
        (F,) how often a month a site meets, NaN where not known.
    holidays_off
        How many of the sites are closed on holidays, which `sessions` counts all the same.
    capacity
        (F,) people a session takes, NaN where not known.
    minutes_flat
        (C,) minutes to the nearest site if every street were level and steps cost nothing more.
    kind_minutes
        (C,) minutes to the nearest place of each kind asked for (``toilet bench shop bus_stop
        park``), infinite where none can be walked to.
    plain_m, plain_minutes
        (C,) `metres` and `minutes` as they are without a rule of rests and toilets; None without
        one.
    slopes
        Whether these walks pay for slopes and steps.
    """

    metres: Floats
    minutes: Floats
    straight_m: Floats
    sites_within: Ints
    limit_m: float
    people: Ints | None = None
    pair_cell: Ints | None = None
    pair_site: Ints | None = None
    pair_m: Floats | None = None
    sessions: Floats | None = None
    holidays_off: int = 0
    capacity: Floats | None = None
    minutes_flat: Floats | None = None
    kind_minutes: Mapping[str, Floats] = field(default_factory=dict)
    plain_m: Floats | None = None
    plain_minutes: Floats | None = None
    slopes: bool = True

    @property
    def unknown(self) -> Floats:
        """The scores of a measure that has no figure: (C,) NaN (分からない)."""
        return np.full(len(self.metres), np.nan)

    def minutes_to(self, kind: str) -> Floats:
        """Return the minutes to the nearest place of a kind, NaN if not asked for (種別までの分)."""
        return self.kind_minutes.get(kind, self.unknown)


def _silent(_: Walks) -> Words | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure (指標).

    Attributes
    ----------
    id
        English, equal to the file's name and to the exported column (quantiles add _p50 …).
    key_ja
        The exported column in Japanese (quantiles add _中央値 …).
    words, unit, source
        What it is called, what it counts in, whose definition it is.
    better
        ``"more"`` or ``"less"``.
    summary
        How cells sum to an area, by people: ``mean``, ``sum``, ``median``, ``quantiles`` (three
        columns); over those with a walk at all: ``mean_reached`` and ``worst_tenth`` (the others
        are `no_way`'s).
    score
        The pure function from `Walks` to (C,) scores; infinite is no way, NaN no figure.
    order
        Place in tables.
    note
        What must be told beside the figures of these walks, or None.
    """

    id: str
    key_ja: str
    words: Words
    unit: Unit
    better: Literal["more", "less"]
    summary: Summary
    source: Words
    score: Callable[[Walks], Floats]
    order: int
    note: Callable[[Walks], Words | None] = _silent

    def __post_init__(self) -> None:
        """Refuse a unit or a way to sum that there is not."""
        for what, value, known in (
            ("unit", self.unit, [*UNITS]),
            ("summary", self.summary, [*get_args(Summary)]),
        ):
            if value not in known:
                raise ValueError(
                    f"measure {self.id}: {what}={value!r} is none of {', '.join(known)}"
                    + ("; a new one is an entry in geo/measures/unit.py" if what == "unit" else "")
                )

    @property
    def falls_on_people(self) -> bool:
        """Whether a figure is one person's, who may have no way at all (ひとりの値か)."""
        return self.summary in ("median", "quantiles")

    @property
    def columns(self) -> tuple[str, ...]:
        """The area columns it fills (列)."""
        return tuple(self.keys_ja)

    @property
    def keys_ja(self) -> dict[str, str]:
        """The area columns it fills, and what files in Japanese call them (列と日本語の列名)."""
        if self.summary == "quantiles":
            return {f"{self.id}_p{q}": f"{self.key_ja}_{_QUANTILES_JA[q]}" for q in QUANTILES}
        return {self.id: self.key_ja}

    @property
    def heads(self) -> dict[str, Words]:
        """The area columns it fills, and their headings for people (列と見出し)."""
        if self.summary == "quantiles":
            return {
                f"{self.id}_p{q}": Words(
                    f"{self.words.ja}（{_QUANTILES_JA[q]}が、これ以内）",
                    f"{self.words.en} ({_QUANTILES_EN[q]})",
                )
                for q in QUANTILES
            }
        return {self.id: self.words}

    @property
    def decimals(self) -> int:
        """Decimals of its figures in files (小数点以下の桁)."""
        return UNITS[self.unit].decimals


def summarise_area(measure: Measure, scores: Floats, people: Ints) -> dict[str, float | None]:
    """Return a measure's figures for one area (地区にまとめる).

    Parameters
    ----------
    scores, people
        (n,) of the area's cells on the network; their order changes nothing, not even the
        last digit. ``None`` comes back where nobody lives, where somebody's score is NaN, and
        for a quantile that falls on people with no walk at all: unreachable is no number.

    Examples
    --------
    >>> from geo.measures import MEASURES
    >>> summarise_area(MEASURES["minutes"], np.array([4.0, 8, np.inf]), np.array([5, 3, 2]))
    {'minutes_p50': 4.0, 'minutes_p75': 8.0, 'minutes_p90': None}
    """
    some = people > 0
    scores, people = scores[some], people[some]
    if people.size == 0 or np.isnan(scores).any():
        return dict.fromkeys(measure.columns)
    if measure.summary == "quantiles":
        values = weighted_quantiles(scores, people, QUANTILES)
    else:
        values = [_one_figure(measure, scores, people)]
    return {
        column: value if np.isfinite(value) else None
        for column, value in zip(measure.columns, values, strict=True)
    }


def _one_figure(measure: Measure, scores: Floats, people: Ints) -> float:
    reached = np.isfinite(scores)
    match measure.summary:
        case "mean":
            return math.fsum(scores * people) / int(people.sum())
        case "sum":
            return math.fsum(scores * people)
        case "mean_reached":
            total = int(people[reached].sum())
            return math.fsum((scores * people)[reached]) / total if total else math.nan
        case "median":
            return weighted_quantiles(scores, people, (50,))[0]
        case "worst_tenth":
            return worst_tenth(scores[reached], people[reached])
        case "quantiles":
            raise ValueError("quantiles are three figures")
        case _:
            assert_never(measure.summary)


def weighted_quantiles(values: Floats, people: Ints, percents: Sequence[int]) -> list[float]:
    """Return the least values that so many per cent of the people do not exceed (重みつき分位点).

    People are whole numbers, so the comparison is exact.

    Examples
    --------
    >>> weighted_quantiles(np.array([3.0, 1.0]), np.array([1, 1]), (50, 90))
    [1.0, 3.0]
    """
    order = np.argsort(values, kind="stable")
    ordered, below = values[order], 100 * np.cumsum(people[order])
    total = int(people.sum())
    return [float(ordered[int(np.searchsorted(below, one * total))]) for one in percents]


def worst_tenth(values: Floats, people: Ints) -> float:
    """Return the mean value of the tenth of the people with the largest, NaN of nobody (最も大きい1割の平均).

    A tenth is exact: of 25 people it is the worst two and half of the third. People are whole
    numbers and counted in tenths, so which cell is split is never a matter of rounding.

    Examples
    --------
    >>> worst_tenth(np.array([30.0, 20.0, 5.0]), np.array([2, 3, 20]))
    28.0
    """
    total = int(people.sum())
    if total == 0:
        return math.nan
    order = np.lexsort((people, -values))  # of equal values the same cell is split in any order
    tenths = 10 * people[order]
    before = np.cumsum(tenths) - tenths
    taken = np.clip(total - before, 0, tenths)
    return math.fsum(values[order] * taken) / total


def measure_to_kind(
    kind: str, *, id_: str, key_ja: str, words: Words, order: int, source: Words
) -> Measure:
    """Return the measure of minutes to the nearest place of a kind (種別までの分の指標).

    Infinite where there is none, NaN when the walk to one was not asked for.

    Examples
    --------
    >>> name, one = Words("泉", "well"), np.array([1.0])
    >>> measure = measure_to_kind(
    ...     "well", id_="minutes_well", key_ja="泉までの分", words=name, order=1, source=name
    ... )
    >>> walks = Walks(
    ...     metres=one, minutes=one, straight_m=one, sites_within=np.array([0]), limit_m=500.0,
    ...     kind_minutes={"well": np.array([7.0])},
    ... )
    >>> measure.score(walks)
    array([7.])
    """
    return Measure(
        id=id_, key_ja=key_ja, words=words, unit="minutes", better="less", summary="quantiles",
        score=lambda walks: walks.minutes_to(kind), order=order, source=source,
    )  # fmt: skip
