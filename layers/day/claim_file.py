"""Answers about the map's places out of a file, as a plan (答えの表と、その予定)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.delimited import Limits, find_column, parse_delimited
from geo.base.problems import InputError, Problem
from geo.base.text import tidy
from geo.base.words import Words
from geo.tables.pairing import Said, find_asked
from layers.day.claim_words import ClaimWords
from surveys.record.claim import Claim, fold_claims, split_thing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.tables.pairing import Pair
    from layers.day.places import Joined
    from surveys.store.register import Register

# What the page's two buttons say of the pair that is asked about; - is the short word for no.
SAME: Final = frozenset({"同じ", "same"})
OTHER: Final = frozenset({"-", "ちがう", "not the same"})
_LIMITS: Final = Limits(rows=100_000, columns=50, cells=2_000_000)
_PLACE: Final = ("place", "place_id", "所", "地図の所")
_ANSWER: Final = ("answer", "答え", "site", "site_id", "地点", "記録")
_SHOWN: Final = (("guess", "推定の記録"), ("record_now", "いまの記録"))
_NEXT: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPlan:
    """What the rows of a file come to (答えの予定).

    Attributes
    ----------
    claims
        The answers to keep; none of them while there is a problem.
    lines
        What each does, in the order of the rows; then what will be asked that was not before.
    skipped
        Rows that say nothing, or what stands already.
    left
        How many pairs are asked about once the answers are kept.
    """

    claims: tuple[Claim, ...]
    lines: tuple[Words, ...]
    skipped: int
    problems: tuple[Problem, ...]
    left: int


def plan_claims(
    data: bytes,
    joined: Joined,
    register: Register,
    *,
    file: str,
    by: str,
    now: str,
    new_id: Callable[[], str],
) -> ClaimPlan:
    """Return what the rows of a table come to, every wrong row named (表の答えを予定にする).

    A row names a place and answers: the number or id of the record it is; 同じ or ``-`` (ちがう)
    of the record the row shows, or of the one asked about where the table shows none; ``-`` and
    a number for one it is not. An empty answer says nothing.

    Parameters
    ----------
    data
        CSV with a column 所 (place) and a column 答え or 地点 (answer, site). Of the printed table's
        others 推定の記録 and いまの記録 (guess, record_now) are read: what a row showed when it was
        printed is what its answer is of.

    Raises
    ------
    InputError
        When it is no table, or lacks one of the two columns.
    """
    table = parse_delimited(data, file=file, limits=_LIMITS)
    place_at = _column(table.columns, _PLACE, Words("所", "place"), file)
    answer_at = _column(table.columns, _ANSWER, Words("答え", "answer"), file)
    shown_at = [at for names in _SHOWN if (at := _find(table.columns, names)) is not None]
    words = ClaimWords(joined, register)
    reading = _Reading(joined, words)
    claims, lines, problems, skipped = [], [], list(table.problems), 0
    seen: dict[str, int] = {}
    for number, cells in table.rows:
        place, answer = (tidy(cells[at]).removeprefix("'") for at in (place_at, answer_at))
        if place.startswith("#"):
            continue
        if not answer:
            skipped += 1
            continue
        shown = [tidy(cells[at]).removeprefix("'") for at in shown_at]
        found = reading.read(place, answer, shown)
        if place in seen:
            found = Words(
                f"同じ所が {seen[place]}行目にもあります", f"row {seen[place]} is of this place too"
            )
        seen.setdefault(place, number)
        if isinstance(found, Words):
            value = f"{place}, {answer}"
            problems.append(Problem(file=file, row=number, column="", value=value, reason=found))
            continue
        if found is None:
            skipped += 1
            continue
        thing, same = found
        site_id, inside = split_thing(thing)
        claims.append(
            Claim(
                id=new_id(), place_id=place, site_id=site_id, inside=inside, same=same, by=by,
                made_at=now,
            )
        )  # fmt: skip
        lines.append(words.say_answer(place, thing, same=same))
    after = _asked_after(joined, claims)
    before = {(one.place_id, one.thing_id) for one in joined.asked}
    fresh = [one for one in after if (one.place_id, one.thing_id) not in before]
    lines += [words.say_next(one) for one in fresh[:_NEXT]]
    return ClaimPlan(
        claims=() if problems else tuple(claims), lines=tuple(lines), skipped=skipped,
        problems=tuple(problems), left=len(after),
    )  # fmt: skip


def _asked_after(joined: Joined, claims: Sequence[Claim]) -> Sequence[Pair]:
    """Return the pairs that are asked about once these answers are kept too."""
    yes, no = fold_claims([*joined.claims, *claims])
    return find_asked(joined.things, joined.places, said=Said(yes=yes, no=no))


class _Reading:
    """What rows are read against: the pairs that stand, and those asked about."""

    def __init__(self, joined: Joined, words: ClaimWords) -> None:
        self.joined = joined
        self.words = words
        self.asked = {one.place_id: one.thing_id for one in joined.asked}

    def read(
        self, place: str, answer: str, shown: Sequence[str]
    ) -> tuple[str, bool] | Words | None:
        """Return the thing a row speaks of and whether it is the place, or what is wrong.

        ``None`` for what stands already.
        """
        if place not in self.words.kinds:
            return Words("この所は、街の地図にありません", "the town's map has no such place")
        folded = answer.casefold()
        same = folded in SAME
        if same or folded in OTHER:
            thing = self._shown(place, shown, same=same)
        else:
            same = self.words.knows(answer) or not answer.startswith("-")
            thing = self.words.find(place, answer if same else answer[1:].strip())
        return thing if isinstance(thing, Words) else self._say(place, thing, same=same)

    def _shown(self, place: str, shown: Sequence[str], *, same: bool) -> str | Words:
        """Return the thing a row shows, else the one it is, or is asked to be."""
        written = next((one for one in shown if one), "")
        if written:
            return self.words.find(place, written)
        if not shown:  # a file of two columns, written by hand
            held, how = self.joined.held.get(place, ("", "near"))
            if how != "near":
                return held
            denied = [thing for at, thing in sorted(self.joined.said.no) if at == place]
            if denied and not same:  # it may be the same file once more: nothing unseen is denied
                return self.words.say_denied(denied, self.asked.get(place)) or denied[0]
            if place in self.asked:
                return self.asked[place]
        return Words(
            "この所には、尋ねている記録がありません。記録の番号かIDを書いてください",
            "no record is asked about for this place: write the number or id of one",
        )

    def _say(self, place: str, thing: str, *, same: bool) -> tuple[str, bool] | Words | None:
        """Return an answer to keep, what is wrong with it, or ``None`` for what stands."""
        held, how = self.joined.held.get(place, ("", "near"))
        if how == "id":
            if (held == thing) is same:
                return None
            return self.words.say_one_id(held, same=same)
        said = self.joined.said
        stands = said.yes.get(place) == thing if same else (place, thing) in said.no
        return None if stands else (thing, same)


def _find(columns: Sequence[str], names: Sequence[str]) -> int | None:
    found = find_column(columns, names)
    return None if found is None else list(columns).index(found)


def _column(columns: Sequence[str], names: Sequence[str], called: Words, file: str) -> int:
    found = _find(columns, names)
    if found is None:
        words = Words(
            f"{file} に列「{called.ja}」がありません。所と答え（地点でも）の2列が要ります",
            f"{file} has no column {called.en}; it needs place and answer (or site)",
        )
        raise InputError(words)
    return found
