"""Of how many areas something holds, and which straddle, in sentences (N地区のうちn地区の文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.tables.tables import people_words

if TYPE_CHECKING:
    from fractions import Fraction

    from geo.analysis.n_of_n import Counted, How
    from geo.analysis.roll_up import Rolled
    from geo.coverage.question import Question
    from geo.tables.tables import People
    from geo.walk.ranges import WalkingRange

HAS_SALON: Final = Words("通いの場が一つ以上あります", "there is a salon")
HAS_NONE: Final = Words("通いの場がありません", "there is no salon")
IN_NO_PART: Final = Words("どの地区にも入らない人", "people in none of the areas")
COUNTED_ONCE: Final = Words(
    "またがる地区は、住む人がいちばん多い方に数えています",
    "an area that straddles is counted where most of its people live",
)
_HOW: Final[dict[How, tuple[str, str]]] = {
    "over": ("を超えて", "over "),
    "least": ("以上に達して", "at least "),
    "under": ("を下回って", "under "),
    "most": ("以下にとどまって", "at most "),
}


def say_share_of_age(age: People, threshold: Fraction, how: How = "over") -> Words:
    """Return what holds of an area whose people are so old (年齢の割合の言い方).

    Examples
    --------
    >>> from fractions import Fraction
    >>> say_share_of_age("55", Fraction(1, 2)).ja
    '55歳以上が半分を超えています'
    """
    who, (ja, en), at = people_words(age), _HOW[how], _say_threshold(threshold)
    return Words(f"{who.ja}が{at.ja}{ja}います", f"{en}{at.en} of the people are {who.en}")


def say_reach_of(question: Question, threshold: Fraction, how: How = "least") -> Words:
    """Return what holds of an area with so many within reach (届く割合の言い方)."""
    who, (ja, en), at = people_words(question.people), _HOW[how], _say_threshold(threshold)
    return Words(
        f"{who.ja}のうち通いの場に届く人が{at.ja}{ja}います",
        f"{en}{at.en} of those {who.en} have a salon within reach",
    )


def say_target(target: WalkingRange) -> Words:
    """Return what holds of an area that meets the town's target (目標の言い方)."""
    return Words(
        f"だれにも{target.words.ja}以内に通いの場があります",
        f"everybody has a salon within {target.words.en}",
    )


def say_counted(counted: Counted, holds: Words, where: str = "") -> list[Words]:
    """Return of how many areas something holds, and those not counted (N地区のうちn地区).

    Parameters
    ----------
    holds
        What, as `say_share_of_age` and its neighbours say it.
    where
        Name of the larger area; "" for the town.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from geo.analysis.n_of_n import Counted
    >>> many = Counted(yes=("山",) * 192, yes_ids=("1",) * 192, no=("川",) * 165, no_figure=())
    >>> print(say_counted(many, say_share_of_age("55", Fraction(1, 2)))[0].ja)
    357地区のうち192地区（53.8％）で、55歳以上が半分を超えています
    """
    yes, of, tenths = len(counted.yes), counted.of, counted.tenths
    in_ja, in_en = (f"{where}の", f" of {where}") if where else ("", "")
    if tenths is None and not counted.no_figure:
        lines = [Words(f"{in_ja}地区として数えるものは、ありません", f"no area{in_en} is counted")]
    elif tenths is None:
        lines = [Words(f"{in_ja}どの地区も、数字がありません", f"no area{in_en} has a figure")]
    else:
        share = f"{tenths // 10}.{tenths % 10}"
        lines = [
            Words(
                f"{in_ja}{of:,}地区のうち{yes:,}地区（{share}％）で、{holds.ja}",
                f"in {yes:,} of {of:,} areas{in_en} ({share}%), {holds.en}",
            )
        ]
    left = counted.no_figure
    if left and tenths is not None:
        lines.append(
            Words(
                f"ほかに、数字のない地区が{len(left):,}あり、数に入れていません（{'、'.join(left)}）",
                f"{len(left):,} more without a figure are not counted ({', '.join(left)})",
            )
        )
    return lines


def say_straddling(rolled: Rolled, part_id: str) -> Words | None:
    """Return in which other larger areas a part's people live; None where it does not straddle (またがる地区の文)."""
    rows = rolled.elsewhere_of(part_id)
    if not rows:
        return None
    table = rolled.areas.set_index("area_id")
    name = table["area_name"][part_id]
    names = rolled.larger_names
    ja = "、".join(f"{names.get(one, 'どれにも入らない所')}に{count:,}人" for one, count in rows)
    en = ", ".join(f"{count:,} in {names.get(one, 'none')}" for one, count in rows)
    return Words(
        f"{name}は、{rolled.larger}をまたいでいます（ほかに{ja}）",
        f"{name} straddles {rolled.larger} (besides: {en})",
    )


def _say_threshold(threshold: Fraction) -> Words:
    if threshold.numerator * 2 == threshold.denominator:
        return Words("半分", "half")
    per_cent = 100 * threshold
    text = f"{float(per_cent):g}"
    return Words(f"{text}％", f"{text}%")
