"""Tables of what to do next: where a bench helps, which streets to look at (次にすることの表)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.network.street_words import say_street
from geo.tables.tables import each_row
from layers.cards.scrolled import scrolled
from layers.cards.street_place import find_place
from layers.maps.popup import entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from geo.base.words import Lang
    from geo.town import Town

SURVEYS: Final = 10
_NAME: Final = Words("ベンチを置く所や見て歩く所の表", "table of places for a bench or a survey")
_BENCH_HEADS: Final = (
    Words("順", "No."),
    Words("置く所", "Where"),
    Words("ふえる人", "People gained"),
)
_SURVEY_HEADS: Final = (
    Words("順", "No."),
    Words("道のある所", "Where"),
    Words("長さ", "Length"),
    Words("通る人", "People passing"),
)


def bench_table(town: Town, division: str, benches: pd.DataFrame, lang: Lang) -> str:
    """Return where one more bench would help, as HTML (ベンチを1つ置くならの表).

    Parameters
    ----------
    benches
        As `geo.analysis.bench_gain.bench_gains`; the number in front is the map's.
    """
    rows = []
    for rank, row in enumerate(each_row(benches), 1):
        gained = Words(f"＋{int(row.people):,}人", f"+{int(row.people):,}").say(lang)
        where = find_place(town, division, row.lon, row.lat).say(lang)
        rows.append((str(rank), where, gained))
    return _table(_BENCH_HEADS, rows, "kz-ranks kz-benches", lang)


def survey_table(town: Town, division: str, streets: pd.DataFrame, lang: Lang) -> str:
    """Return the streets whose survey would narrow the band, as HTML (調べる道の表).

    Parameters
    ----------
    streets
        As `geo.analysis.band.Band.streets`; the first ten.
    """
    rows = []
    for rank, row in enumerate(each_row(streets.head(SURVEYS)), 1):
        kind = say_street(str(row.name)).say(lang)
        where = find_place(town, division, row.lon, row.lat).say(lang)
        length = Words(f"{row.metres:,.0f}m", f"{row.metres:,.0f} m").say(lang)
        passing = Words(f"{int(row.people):,}人", f"{int(row.people):,}").say(lang)
        rows.append(
            (
                str(rank),
                f"{where}（{kind}）" if lang == "ja" else f"{where} ({kind})",
                length,
                passing,
            )
        )
    return _table(_SURVEY_HEADS, rows, "kz-ranks", lang)


def _table(
    heads: tuple[Words, ...], rows: Iterable[tuple[str, ...]], style: str, lang: Lang
) -> str:
    texts = 2  # the rank and the place; figures stand to the right
    right = ["" if at < texts else " class='n'" for at in range(len(heads))]
    head = "".join(
        f"<th scope='col'{side}>{words.say(lang)}</th>"
        for words, side in zip(heads, right, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{side}>{entity(text)}</td>" for text, side in zip(row, right, strict=True))
        + "</tr>"
        for row in rows
    )
    table = f"<table class='kz-table {style}'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return scrolled(_NAME, table, lang)
