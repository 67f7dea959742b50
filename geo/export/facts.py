"""What an exported file says of itself: its making, its question, what it rests on (ファイルの説明)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from geo.analysis.why import COUNTS
from geo.base.words import Words
from geo.say.straight import FLATTERS
from geo.tables.rests import rests_of_sites

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from geo.analysis.band import Band
    from geo.analysis.why import Why
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Chosen, Question
    from geo.town import Town

FLAT_WORDS: Final = Words(
    "坂の分を足した距離（m）：坂と階段を、歩く人にとって同じ時間（または労力）がかかる平らな道の長さに直したもの",
    "metres with slopes added: slopes and steps as the length of level street that takes the "
    "walker as long, or as much strength",
)
BAND_WORDS: Final = Words(
    "分からない所（座れるか、見て歩いていない道、高さのない道）を、悪くみたとき・分かる分だけ・よくみたとき",
    "with what is not known (seats, streets nobody looked at, heights) taken as bad, as known, "
    "and as good",
)

WHY_MEANS: Final = Words(
    "休む所、坂や階段、いまは数えない通いの場（休止、選んだ条件に合わないなど）の順に、そこだけが良くなれば"
    "届くかをみて、最初に当たったものに一度だけ数えた。一つだけでは届かず、二つ以上がそろえば届く人は、別に"
    "数えた。すべてのわけの人数を足すと、届かない人になる",
    "seats and toilets, slopes and steps, salons that do not count (paused, not as chosen and the "
    "like): each person is counted once, under the first that would do if it alone were put "
    "right; whom only two or more together would bring are counted apart. All reasons add up to "
    "those out of reach",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a file says of its making (作成の記録)."""

    version: str
    made_at: str


def tell_making(town: Town, stamp: Stamp) -> dict[str, object]:
    """Return version, time and town (作成の記録)."""
    return {"version": stamp.version, "made_at": stamp.made_at, "town": town.name}


def tell_sources(town: Town) -> list[dict[str, str]]:
    """Return the sources with their credits (出典)."""
    return [
        {"name": one.name, "date": one.date, "licence": one.licence, "credit": one.credit}
        for one in town.credits
    ]


def tell_question(question: Question) -> dict[str, object]:
    """Return what was asked (問い)."""
    chosen = {} if question.chosen is None else {"salons": tell_chosen(question.chosen)}
    return {
        "division": question.division,
        "people": question.people,
        "walker": question.walker.id,
        "within": question.within.text,
        "trip": question.trip,
        "rest_m": question.rest_m,
        "toilet_m": question.toilet_m,
        **tell_basis(straight=question.straight),
        **chosen,
    }


def tell_basis(*, straight: bool) -> dict[str, object]:
    """Return whether walks are along streets, or straight lines and what that means (測り方)."""
    if not straight:
        return {"basis": "network"}
    return {"basis": "straight_line", "basis_means": tell_words(FLATTERS)}


def tell_chosen(chosen: Chosen) -> dict[str, object]:
    """Return which 通いの場 were asked about, and for whom (選んだ通いの場)."""
    said = None if chosen.which is None else tell_words(chosen.which)
    return {**chosen.parts, "said": said}


def tell_heights(town: Town, *, counted: bool) -> dict[str, object]:
    """Return whether slopes count, what metres then mean, and how many streets have heights (坂)."""
    relief = town.relief
    credits_ = [one.credit or one.name for one in town.credits if one.role == "heights"]
    return {
        "counted": counted,
        "unit": "flat_equivalent_m" if counted else "m",
        "means": tell_words(FLAT_WORDS) if counted else None,
        "share_of_streets": None if relief is None else round(relief.share_known(town.network), 6),
        "credit": credits_,
    }


def tell_rests(rests: pd.DataFrame) -> list[dict[str, object]]:
    """Return the places counted and not known, by source and kind (座れる所の数)."""
    rows: list[dict[str, object]] = []
    for (source, kind), part in rests.groupby(["source", "kind"], sort=True):
        row: dict[str, object] = {"source": source, "kind": kind}
        for need in ("seat", "toilet"):
            for said in ("yes", "no", "unknown"):
                row[f"{need}_{said}"] = int((part[need] == said).sum())
        rows.append(row)
    return rows


def tell_band(band: Band) -> dict[str, object]:
    """Return the totals of the three runs (幅)."""
    return {
        "means": tell_words(BAND_WORDS),
        "bad": band.bad.totals,
        "known": band.known.totals,
        "good": band.good.totals,
    }


def tell_why(why: Why, question: Question) -> dict[str, object]:
    """Return what keeps people out of reach, of all areas together, and how it counts (わけ)."""
    (row,) = why.totals.to_dict("records")
    waiting = [
        {"site_id": one.site_id, "name": one.name, "state": tell_words(one.why), "people": people}
        for one, people in why.waiting[""]
    ]
    return {
        "why": {
            "means": tell_words(WHY_MEANS),
            "totals": {key: row[key] for key in COUNTS},
            "not_open": waiting,
            "slopes_counted": question.heights,
        }
    }


def tell_coverage(
    town: Town,
    coverage: Coverage,
    stamp: Stamp,
    *,
    rests: pd.DataFrame | None = None,
    band: Band | None = None,
    said: Sequence[Words] = (),
    more: Mapping[str, object] = MappingProxyType({}),
) -> dict[str, object]:
    """Return the foreign member of a coverage's files (ファイルの説明).

    Parameters
    ----------
    rests
        Those the coverage was asked with; None for what the town's sites tell. They are told
        where a rule of rests or toilets was asked.
    band
        Its totals are told when it is given.
    said
        The figure's sentence, a line each, as page and command say it.
    more
        What this file says beside.
    """
    question = coverage.question
    ruled = question.rest_m is not None or question.toilet_m is not None
    rests = rests_of_sites(town.sites) if rests is None else rests
    told: dict[str, object] = {
        **tell_making(town, stamp),
        **tell_question(question),
        "heights": tell_heights(town, counted=question.heights),
        "rests": tell_rests(rests) if ruled else None,
        "totals": coverage.totals,
        "sentence": [tell_words(words) for words in said],
        "left_out": {**coverage.left_out, **_not_placed(town)},
        "assumes": _assumes(town, coverage),
        "notes": {id_: tell_words(words) for id_, words in coverage.notes.items()},
        "sources": tell_sources(town),
    }
    return {"kayoi": {**told, **more} | ({} if band is None else {"band": tell_band(band)})}


def tell_words(words: Words) -> dict[str, str]:
    """Return a text in both languages, as files carry it (両方のことば)."""
    return {"ja": words.ja, "en": words.en}


def _not_placed(town: Town) -> dict[str, object]:
    """People of all ages whom the table counts in areas the town does not have."""
    return {"all_ages_not_placed": town.facts.get("people_left_out", 0)}


def _assumes(town: Town, coverage: Coverage) -> dict[str, object]:
    """Return what the figures rest on, beyond the question."""
    people = coverage.cells["people"].groupby(town.cells["placed_by"]).sum()
    return {
        "limit_metres": coverage.question.limit_m,
        "metres_per_minute": coverage.question.walker.metres_per_min,
        "snap_limit_metres": None if town.streetless else town.snap_limit_m,
        "people_placed_by": {by: int(count) for by, count in people.items() if count},
    }
