"""Kinds of places where one more 通いの場 could meet (候補の種別)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

GIVEN: Final = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateKind:
    """A kind of place where a 通いの場 could meet (候補の種別).

    Attributes
    ----------
    words
        What it is called.
    where
        Which of them are candidates, and who tells of them.
    """

    words: Words
    where: Words


# In the order in which they are offered.
CANDIDATE_KINDS: Final[Mapping[str, CandidateKind]] = {
    "hall": CandidateKind(
        words=Words("集会所など", "hall"),
        where=Words(
            "地図の集会所・公民館・高齢者の施設と、台帳の地域資源のうち集いの場",
            "community centres and places for seniors of the map, and gatherings of the register",
        ),
    ),
    "park": CandidateKind(
        words=Words("公園", "park"),
        where=Words(
            "公園カルテに、座れる所とトイレの両方がある公園",
            "parks whose record tells of a seat and of a toilet",
        ),
    ),
    "school": CandidateKind(
        words=Words("学校", "school"),
        where=Words(
            "街のデータは学校を持たないので、--candidates の表でだけ",
            "a town's data has no schools: from a file of --candidates alone",
        ),
    ),
    "shop": CandidateKind(
        words=Words("買い物先", "shop"),
        where=Words(
            "地図と台帳の店（移動販売をのぞく）", "shops of the map and register, mobile ones not"
        ),
    ),
    "lent": CandidateKind(
        words=Words("貸し出しのある会場", "venue that is lent"),
        where=Words(
            "台帳の会場で「貸し出し」が、だれでも・地区の人だけ、のもの",
            "venues of the register that are lent, to anyone or to the area's people",
        ),
    ),
    GIVEN: CandidateKind(
        words=Words("渡された候補", "candidate of a file"),
        where=Words("--candidates の表の所", "places of the file of --candidates"),
    ),
}
KIND_WORDS: Final = {id_: one.words for id_, one in CANDIDATE_KINDS.items()}
# The record type whose sign each kind of place has on a map.
KIND_SIGNS: Final = {"hall": "resource", "park": "park", "shop": "shop", "lent": "salon"}


def parse_kinds(text: str, *, given: bool) -> tuple[str, ...]:
    """Return the kinds asked for; "" for all, or for those of the file alone where one is given (候補の種別を読む).

    Raises
    ------
    InputError
        When one is not known.

    Examples
    --------
    >>> parse_kinds("hall、公園", given=False), parse_kinds("", given=True)
    (('hall', 'park'), ('given',))
    """
    said = [one.casefold() for one in map(tidy, tidy(text).replace("、", ",").split(",")) if one]
    if not said:
        return (GIVEN,) if given else tuple(one for one in CANDIDATE_KINDS if one != GIVEN)
    known = {
        tidy(name).casefold(): id_
        for id_, words in KIND_WORDS.items()
        for name in (words.en, words.ja, id_)
    }
    unknown = [one for one in said if one not in known]
    if unknown:
        ja = "、".join(f"{id_}（{words.ja}）" for id_, words in KIND_WORDS.items())
        en = ", ".join(f"{id_} ({words.en})" for id_, words in KIND_WORDS.items())
        raise InputError(
            Words(
                f"候補の種別「{'・'.join(unknown)}」はありません。あるもの: {ja}",
                f"there is no kind of candidate {', '.join(map(repr, unknown))}; there are: {en}",
            )
        )
    found = {known[one] for one in said} | ({GIVEN} if given else set())
    return tuple(one for one in CANDIDATE_KINDS if one in found)
