"""The sentence a council reads aloud: one for page, file, print and command (読み上げる文)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.base.words import Words
from geo.say.stops import say_stops
from geo.say.straight import say_flattered
from geo.tables.tables import people_words
from geo.walk.trip_words import TRIP_WORDS

if TYPE_CHECKING:
    from geo.analysis.band import Band
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.coverage.question import Question

Mark = Literal["", "figure", "gap", "rest", "missed"]
# Above this share of people no figure counts, the sentence begins with them; from the second on
# the figure is not one of the town.
TOLD_FROM: Final = 0.01
NOT_THE_TOWN_FROM: Final = 0.2
NO_DATA: Final = Words("データなし", "no data")
# A line may break behind these.
_BREAKS: Final = re.compile(r"(?<=、)|(?<=か)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a sentence that no line break divides (文の一切れ).

    Attributes
    ----------
    text
        In the language asked for.
    mark
        ``figure`` for a figure, ``gap`` for the people without, ``rest`` for those who lack but
        a seat or a toilet, ``missed`` for those no figure counts; "" for plain words.
    unit
        Written smaller behind a marked figure.
    """

    text: str
    mark: Mark = ""
    unit: str = ""


Line = tuple[Part, ...]


def read_line(line: Line) -> str:
    """Return a line as plain text (ふつうの文にする)."""
    return "".join(part.text + part.unit for part in line)


def say_walk(question: Question) -> Words:
    """Return how far and by what rules one walks, as it stands in a sentence (歩く範囲の言い方).

    Examples
    --------
    >>> from geo.coverage.asking import parse_question
    >>> asked = parse_question(
    ...     division="町丁目", people="65", walker="elderly", within="500m", heights=True, rest="150"
    ... )
    >>> say_walk(asked).ja
    '150mごとに座れる道で、坂の分を足した距離で500m以内'
    >>> say_walk(
    ...     parse_question(
    ...         division="町丁目", people="65", walker="elderly", within="10min", straight=True
    ...     )
    ... ).ja
    '直線で10分（600m）以内'
    """
    return Words("".join(_phrases(question, "ja")), "".join(_phrases(question, "en")))


def say_salon(question: Question) -> Words:
    """Return the 通いの場 that are asked about, as they stand in a sentence (どの通いの場か).

    Examples
    --------
    >>> from dataclasses import replace
    >>> from geo.coverage.asking import parse_question
    >>> from geo.coverage.question import Chosen
    >>> asked = parse_question(division="町丁目", people="65", walker="elderly", within="500m")
    >>> mornings = Chosen(which=Words("火曜の午前に開く", "Tuesday mornings"), eligible=True, parts={})
    >>> say_salon(asked).ja, say_salon(replace(asked, chosen=mornings)).ja
    ('通いの場', '火曜の午前に開く、自分の地区で使える通いの場')
    """
    chosen = question.chosen
    if chosen is None:
        return Words("通いの場", "a salon")
    ja, en = [], []
    if chosen.which:
        ja.append(chosen.which.ja)
        en.append(chosen.which.en)
    if chosen.eligible:
        ja.append("自分の地区で使える")
        en.insert(0, "open to them")
    return Words("、".join(ja) + "通いの場", f"a salon ({'; '.join(en)})")


def say_share(share: float | None, lang: Lang) -> str:
    """Return a share as people read it, or データなし (割合の読み方).

    Examples
    --------
    >>> say_share(0.1823, "ja"), say_share(None, "ja"), say_share(float("nan"), "en")
    ('18.2％', 'データなし', 'no data')
    """
    if share is None or share != share:  # noqa: PLR0124 - NaN alone is not itself
        return NO_DATA.say(lang)
    return f"{share:.1%}".replace("%", "％" if lang == "ja" else "%")


def share_within(coverage: Coverage) -> float:
    """Return the share of the people on the network within reach, NaN of nobody (届く割合)."""
    outside = coverage.share_outside
    return float("nan") if outside is None else 1.0 - outside


def say_gap(coverage: Coverage) -> Words:
    """Return who has no 通いの場 within reach, in one line (届かない人の一文)."""
    return Words(read_line(_gap_line(coverage, "ja")), read_line(_gap_line(coverage, "en")))


def say_coverage(coverage: Coverage, band: Band | None = None) -> list[Words]:
    """Return the whole sentence, a line each (読み上げる文)."""
    ja, en = lines_of(coverage, "ja", band), lines_of(coverage, "en", band)
    return [Words(read_line(one), read_line(other)) for one, other in zip(ja, en, strict=True)]


def lines_of(coverage: Coverage, lang: Lang, band: Band | None = None) -> tuple[Line, ...]:
    """Return the sentence of a figure, line by line and part by part (文を切れ目つきで).

    First, where they are many, the people no figure counts and those no street leads to any
    通いの場; then who is within reach, of how many
    and by which rules; then who is not; then, where rests or toilets are asked, how many of those
    lack nothing else; of straight lines, that they flatter.

    Parameters
    ----------
    band
        The same figure with the unknown taken as bad and as good.
    """
    lines = [*missed_lines(coverage, lang), _reach_line(coverage, lang, band)]
    lines.append(_gap_line(coverage, lang))
    question = coverage.question
    lacking = say_lacking(seat=question.rest_m is not None, toilet=question.toilet_m is not None)
    if lacking is not None:
        count = f"{coverage.totals['no_rest']:,}"
        lines.append(
            (
                Part(text=f"このうち、{lacking.ja}届く人："),
                Part(text=count, mark="rest", unit="人"),
            )
            if lang == "ja"
            else (
                Part(text=count, mark="rest"),
                Part(text=f" of them would be within reach {lacking.en}."),
            )
        )
    lines += [_split(one, lang) for one in say_flattered(question)]
    return tuple(lines)


def _split(words: Words, lang: Lang) -> Line:
    """Return a whole sentence as a line that may break behind each comma and stop."""
    if lang == "en":
        return (Part(text=f"{words.en}."),)
    return tuple(Part(text=one) for one in re.split(r"(?<=[、。])", f"{words.ja}。") if one)


def say_missed(coverage: Coverage) -> list[Words]:
    """Return the lines on the people no figure counts, none where they are few (数えない人の文)."""
    ja, en = missed_lines(coverage, "ja"), missed_lines(coverage, "en")
    return [Words(read_line(one), read_line(other)) for one, other in zip(ja, en, strict=True)]


def missed_lines(coverage: Coverage, lang: Lang) -> tuple[Line, ...]:
    """Return the lines on the people no figure counts, part by part (数えない人の文を切れ目つきで).

    Also, where they are many, on those whose piece of the streets holds no 通いの場.
    """
    told = (*_missed_line(coverage, lang), *_no_way_line(coverage, lang))
    if max(coverage.share_missed, coverage.share_no_way) < NOT_THE_TOWN_FROM:
        return told
    ja = ("下の数字を、", "街ぜんたいの数字として", "使わないでください。")
    en = ("Do not use the figures below for the town as a whole.",)
    return (*told, tuple(Part(text=text) for text in (ja if lang == "ja" else en)))


def _missed_line(coverage: Coverage, lang: Lang) -> tuple[Line, ...]:
    share, totals = coverage.share_missed, coverage.totals
    if share <= TOLD_FROM:
        return ()
    who = people_words(coverage.question.people)
    everyone = f"{totals['within'] + totals['outside'] + coverage.missed:,}"
    count, percent = f"{coverage.missed:,}", say_share(share, lang)
    straight = coverage.question.straight
    told: Line = (
        (
            Part(text=f"{who.ja}の{everyone}人のうち、"),
            Part(text=count, mark="missed", unit="人"),
            Part(text=f"（{percent}）は、"),
            *([] if straight else [Part(text="道につながらないか、")]),
            Part(text="住む所が分からず、"),
            Part(text="下の数字に入っていません。"),
        )
        if lang == "ja"
        else (
            Part(text=f"Of {everyone} people ({who.en}), "),
            Part(text=count, mark="missed"),
            Part(
                text=f" ({percent}) are {'' if straight else 'off the street network or '}"
                "without a place, "
            ),
            Part(text="and no figure below counts them."),
        )
    )
    return (told,)


def _no_way_line(coverage: Coverage, lang: Lang) -> tuple[Line, ...]:
    """Return the line on people whose piece of the streets holds no 通いの場."""
    share, totals = coverage.share_no_way, coverage.totals
    if share <= TOLD_FROM:
        return ()
    who, percent = people_words(coverage.question.people), say_share(share, lang)
    known, count = f"{totals['within'] + totals['outside']:,}", f"{coverage.left_out['no_path']:,}"
    if lang == "ja":
        return (
            (
                Part(text=f"{who.ja}の{known}人のうち、"),
                Part(text=count, mark="missed", unit="人"),
                Part(text=f"（{percent}）は、"),
                Part(text="歩ける道がとぎれていて、"),
                Part(text="どの通いの場にも行けません。"),
                Part(text="下の数字では、"),
                Part(text="通いの場がない人に入っています。"),
            ),
        )
    return (
        (
            Part(text=f"Of {known} people ({who.en}), "),
            Part(text=count, mark="missed"),
            Part(
                text=f" ({percent}) live where the streets they can walk lead to no salon at all; "
            ),
            Part(text="the figures below count them among those without one."),
        ),
    )


def say_lacking(*, seat: bool, toilet: bool) -> Words | None:
    """Return what those within range lack, None where no rule is asked (何があれば届くか).

    Examples
    --------
    >>> say_lacking(seat=True, toilet=False).ja
    'ベンチがあれば'
    """
    if not toilet:
        return Words("ベンチがあれば", "with benches") if seat else None
    if not seat:
        return Words("トイレがあれば", "with toilets")
    return Words("ベンチやトイレがあれば", "with benches or toilets")


def _reach_line(coverage: Coverage, lang: Lang, band: Band | None) -> Line:
    totals, who = coverage.totals, people_words(coverage.question.people)
    known = f"{totals['within'] + totals['outside']:,}"
    spread = "" if band is None else _say_spread(band).say(lang)
    share = say_share(share_within(coverage), "en")
    figure, percent = share.removesuffix("%"), share.endswith("%")
    if lang == "ja":
        return (
            Part(text=f"{who.ja}の"),
            Part(text=known, mark="figure", unit="人"),
            Part(text="のうち、"),
            Part(
                text=figure if percent else NO_DATA.ja, mark="figure", unit="％" if percent else ""
            ),
            Part(text=f"{spread}は、"),
            *_walked(coverage.question),
            *_salon_parts(coverage.question),
            Part(text="通いの場があります。"),
        )
    return (
        Part(text="Of "),
        Part(text=known, mark="figure"),
        Part(text=f" people ({who.en}), "),
        Part(text=share, mark="figure"),
        Part(
            text=f"{spread} have {say_salon(coverage.question).en} {say_walk(coverage.question).en}."
        ),
    )


def _gap_line(coverage: Coverage, lang: Lang) -> Line:
    question, count = coverage.question, f"{coverage.totals['outside']:,}"
    share = coverage.share_outside
    walk = f"{_chosen_en(question)}{say_walk(question).en}"
    who = people_words(question.people)
    of_all = question.people == "all"
    head = Words(
        f"通いの場がない{'人（全年齢）' if of_all else who.ja}：",
        f"People ({who.en}) with no salon {walk}: ",
    ).say(lang)
    if lang == "ja":
        return (
            *_walked(question),
            *_salon_parts(question),
            Part(text=head),
            Part(text=count, mark="gap", unit="人"),
            Part(text="" if share is None else f"（{say_share(share, 'ja')}）"),
        )
    return (
        Part(text=head),
        Part(text=count, mark="gap"),
        Part(text="" if share is None else f" ({say_share(share, 'en')})"),
    )


def _salon_parts(question: Question) -> Line:
    """Return what is said of the 通いの場 before the word, none where all are asked about."""
    text = say_salon(question).ja.removesuffix("通いの場")
    return tuple(Part(text=one) for one in _BREAKS.split(text) if one)


def _chosen_en(question: Question) -> str:
    """Return the same in English behind the word."""
    text = say_salon(question).en.removeprefix("a salon").strip()
    return f"{text} " if text else ""


def _walked(question: Question) -> Line:
    *before, last = _phrases(question, "ja")
    return (*(Part(text=phrase) for phrase in before), Part(text=f"{last}に"))


def _phrases(question: Question, lang: Lang) -> tuple[str, ...]:
    """Return how one walks in phrases no line break divides, in the order they are read."""
    within, stops = question.within.words, say_stops(question)
    if question.straight:
        if question.within.unit == "min":  # what the minutes are of a straight line
            metres = f"{question.limit_m:,.0f}"
            within = Words(f"{within.ja}（{metres}m）", f"{within.en} ({metres} m)")
        ja, en = f"直線で{within.ja}以内", f"within {within.en} in a straight line"
        return (ja,) if lang == "ja" else (en,)
    if not question.heights:
        walk, way = Words(f"徒歩{within.ja}以内", f"within {within.en} on foot"), Words("", "")
    else:
        way = TRIP_WORDS[question.trip].phrase
        flat = question.within.unit == "m"
        ja = f"坂の分を足した距離で{within.ja}以内" if flat else f"坂も数えて徒歩{within.ja}以内"
        walk = Words(ja, f"within {within.en} on foot")
        way = Words(
            way.ja,
            f"{way.en}, {'slopes added as level street' if flat else 'slopes counted'}",
        )
    if lang == "en":
        return (walk.en, way.en, *(one.en for one in stops))
    return tuple(text for text in (*(one.ja for one in stops), way.ja, walk.ja) if text)


def _say_spread(band: Band) -> Words:
    low, high = (f"{100 * share_within(one):.1f}" for one in (band.bad, band.good))
    return Words(
        f"（分からない所しだいで {low}〜{high}％）",
        f" ({low}–{high}%, depending on what is not known)",
    )
