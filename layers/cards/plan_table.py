"""What plans do, as tables: by area, by age, and several side by side (検討案の表)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.marks import shown
from geo.base.words import Words
from geo.tables.tables import each_row, people_words
from layers.cards.plan_words import SEVERAL
from layers.cards.scrolled import scrolled
from layers.maps.popup import entity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.analysis.reached import Moved
    from geo.base.words import Lang
    from layers.day.plan_shares import Share

_AREA_HEADS = (
    Words("地区", "Area"), Words("人数", "People"), Words("いま届く", "Within now"),
    Words("この案で届く", "With the plan"), Words("新しく届く", "Gained"),
    Words("届かなくなる", "Lost"),
)  # fmt: skip
_COUNTED = ("people", "before", "after", "gained", "lost")


def moved_table(
    moved: Moved, lang: Lang, *, every: bool, called: tuple[Words, Words] | None = None
) -> str:
    """Return the areas with whom they would gain and lose, as HTML, the most moved first (地区ごとの表).

    Parameters
    ----------
    every
        Whether areas where nothing changes are shown too.
    called
        What stands over who is within reach before and after; None for now and with the plan.
    """
    areas = moved.areas.assign(moved=moved.areas["gained"] + moved.areas["lost"])
    areas = areas.sort_values(["moved", "area_id"], ascending=[False, True], kind="stable")
    if not every:
        areas = areas[areas["moved"] > 0]
    rows = [
        (str(row.area_name), [int(getattr(row, name)) for name in _COUNTED])
        for row in each_row(areas)
    ]
    total = [int(moved.areas[name].sum()) for name in _COUNTED]
    heads = _AREA_HEADS if called is None else (*_AREA_HEADS[:2], *called, *_AREA_HEADS[4:])
    return _table(
        heads, rows, Words("地区ごとの、ふえる人とへる人", "gained and lost by area"), lang,
        total=total,
    )  # fmt: skip


def ages_table(moved: Moved, lang: Lang) -> str:
    """Return the same by age group, of all areas together, as HTML (年齢ごとの表)."""
    rows = [
        (people_words(row.age).say(lang), [int(getattr(row, name)) for name in _COUNTED])
        for row in each_row(moved.ages)
    ]
    heads = (Words("年齢", "Age"), *_AREA_HEADS[1:])
    return _table(heads, rows, Words("年齢ごとの表", "by age"), lang)


def side_by_side(plans: Sequence[tuple[str, Moved]], age: str, lang: Lang) -> str:
    """Return plans beside each other, a row a plan, as HTML (ならべた表).

    Parameters
    ----------
    plans
        What each is called, and what it does.
    age
        The question's.
    """
    heads = (
        Words("検討案", "Plan"), Words("いま届く", "Within now"),
        Words("この案で届く", "With the plan"), Words("新しく届く", "Gained"),
        Words("届かなくなる", "Lost"),
    )  # fmt: skip
    rows = [(title, [found.of(age)[name] for name in _COUNTED[1:]]) for title, found in plans]
    return _table(heads, rows, Words("検討案をならべた表", "plans side by side"), lang)


def shares_table(each: Sequence[tuple[str, Share]], together: Share, lang: Lang) -> str:
    """Return what each change of a plan decides, as HTML (変更ひとつずつの表).

    Parameters
    ----------
    each
        What each change is called, and its share.
    """
    heads = (
        Words("変更", "Change"), Words("新しく届く", "Gained"), Words("届かなくなる", "Lost"),
        Words("これがあるので届いたまま", "Within still, by this"),
    )  # fmt: skip
    several = SEVERAL.say(lang)
    rows = [(name, [one.gained, one.lost, one.stay]) for name, one in (*each, (several, together))]
    return _table(heads, rows, Words("変更ひとつずつの表", "change by change"), lang)


def _table(
    heads: Sequence[Words],
    rows: Sequence[tuple[str, Sequence[int]]],
    name: Words,
    lang: Lang,
    *,
    total: Sequence[int] | None = None,
) -> str:
    head = "".join(
        f"<th scope='col'{' class=n' if at else ''}>{entity(shown(words.say(lang)))}</th>"
        for at, words in enumerate(heads)
    )
    signs = ["＋" if h.en == "Gained" else "−" if h.en == "Lost" else "" for h in heads[1:]]
    body = "".join(_row(first, counts, signs) for first, counts in rows)
    if total is not None:
        body += _row(Words("合計", "All").say(lang), total, signs, strong=True)
    table = f"<table class='kz-table'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return scrolled(name, table, lang)


def _row(first: str, counts: Sequence[int], signs: Sequence[str], *, strong: bool = False) -> str:
    cells = "".join(
        f"<td class='n'>{sign if count else ''}{count:,}</td>"
        for sign, count in zip(signs, counts, strict=True)
    )
    return f"<tr{' class=total' if strong else ''}><td>{entity(shown(first))}</td>{cells}</tr>"
