"""The ground of a planners' file: areas with their figures, borders, streets (地面のレイヤ)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from geo.base.words import Words
from geo.export.files import lonlat_shapes
from geo.export.keys import AREA_DECIMALS, BASIS, value_of
from geo.export.rows import area_keys, area_rows
from geo.network.network import STEPS
from geo.network.street_words import say_street
from geo.relief.relief import steepest_grades
from geo.tables.tables import each_row
from layers.maps.area_answer import gap_ranks
from layers.maps.palette import (
    AMBER,
    CAUTION,
    EDGE,
    INK,
    LAND,
    NO_DATA,
    NO_DATA_DOT,
    NOT_REACHED,
    SHARES,
    VERMILION,
    share_class,
)
from layers.maps.slope_classes import SLOPE_WORDS, slope_classes
from layers.planners.columns import choice, day, fill_layer, number, text
from layers.planners.styles import (
    Class,
    categorised,
    fill,
    hatch,
    labelled,
    over,
    ruled,
    stroke,
)
from layers.surveyed.streets import edge_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from geo.analysis.why import Why
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.town import Town
    from layers.planners.styles import Symbol
    from surveys.formats.gpkg import Filled
    from surveys.formats.parts.columns import Column

AREAS: Final = (
    Words("地区", "areas"),
    Words(
        "地区ごとの、届く人・届かない人とそのわけ、割合、分など。問いは「この資料について」に",
        "areas with people within and out of reach and why, shares, minutes; the question is told "
        "in the table about this file",
    ),
)
BORDERS: Final = (
    Words("地区の境", "borders"),
    Words("すべての地区の分け方の境", "the borders of every division"),
)
STREETS: Final = (
    Words("道", "streets"),
    Words(
        "道と、坂の段（道の中でいちばん急な所）と、最後に見て歩いた日",
        "streets with the class of their steepest part, and the last day somebody looked at each",
    ),
)
_YES_NO: Final = {"yes": Words("はい", "yes"), "no": Words("いいえ", "no")}
_RANK: Final = Words("届かない人の多い順", "order by people out of reach")
_TEXTS: Final = frozenset({"area_id", "area_name", "division", "tier", "nearest_name", BASIS})


def area_layer(town: Town, coverage: Coverage, why: Why, lang: Lang, made_at: str) -> Filled:
    """Return the areas of the question's division with their figures (地区のレイヤ)."""
    names = area_keys(coverage, why)
    columns = [_area_column(key, ja) for key, ja in names.items()]
    columns.append(number("gap_rank", _RANK))
    rows = [
        {key: value_of(row, key, lang) for key in names}
        | ({"no_streets": "yes" if row["no_streets"] else "no"} if "no_streets" in names else {})
        | {"gap_rank": int(rank) or None}
        for row, rank in zip(area_rows(coverage, why), gap_ranks(coverage), strict=True)
    ]
    shapes = lonlat_shapes(town, town.division(coverage.question.division).geometry.to_numpy())
    drawn = ruled([*_share_classes(lang)]) + labelled(_NAMED)
    return fill_layer(
        AREAS, columns, rows, shapes=shapes, drawn=drawn, lang=lang, made_at=made_at
    )  # fmt: skip


_NAMED: Final = 'if("gap_rank" is null, \'\', to_string("gap_rank") || \' \') || "area_name"'


def _area_column(key: str, ja: str) -> Column:
    heads = Words(ja, key)
    if key == "no_streets":
        return choice(key, heads, _YES_NO)
    if key in _TEXTS:
        return text(key, heads)
    return number(key, heads, AREA_DECIMALS.get(key, 0))


def _share_classes(lang: Lang) -> Iterator[Class]:
    """Yield the classes of the areas' map: steps of the share, no data, and the gaps over them."""
    nobody = Words("人のいない地区", "nobody lives here").say(lang)
    yield Class(value='"people" = 0', label=nobody, symbol=fill(LAND))
    dots = fill(NO_DATA_DOT, brush="dense6", width_mm=0)
    yield Class(
        value='"share" is null and "people" > 0', label=Words("データなし", "no data").say(lang),
        symbol=over(fill(NO_DATA), dots),
    )  # fmt: skip
    for at, colour in enumerate(SHARES):
        low, high = 100 * at // len(SHARES), 100 * (at + 1) // len(SHARES)
        last = share_class(high / 100) == at
        to = "<=" if last else "<"
        label = Words(f"届く割合 {low}〜{high}％", f"share {low}–{high} %").say(lang)
        value = f'"share" >= {low / 100:g} and "share" {to} {high / 100:g}'
        yield Class(value=value, label=label, symbol=fill(colour))
    gaps = Words("届かない人の多い地区（番号）", "most people out of reach (number)").say(lang)
    yield Class(value='"gap_rank" is not null', label=gaps, symbol=hatch(VERMILION))


def border_layer(town: Town, lang: Lang, made_at: str) -> Filled:
    """Return the borders of every division (地区の境のレイヤ)."""
    names = town.divisions
    columns = [
        choice("division", Words("地区の分け方", "division"), {one: Words(one, one) for one in names}),
        text("area_id", Words("地区コード", "area id")),
        text("area_name", Words("地区名", "area name")),
        text("tier", Words("層", "tier")),
    ]  # fmt: skip
    rows = [
        {"division": one.division, "area_id": one.area_id, "area_name": one.area_name,
         "tier": one.tier or None}
        for one in each_row(town.areas)
    ]  # fmt: skip
    # The coarser a division, the stronger its line.
    order = sorted(names, key=lambda one: len(town.division(one)), reverse=True)
    classes = [
        Class(value=one, label=one, symbol=_border(order.index(one), len(order))) for one in names
    ]
    shapes = [one.boundary for one in lonlat_shapes(town, town.areas.geometry.to_numpy())]
    return fill_layer(
        BORDERS, columns, rows, shapes=shapes, drawn=categorised("division", classes), lang=lang,
        made_at=made_at,
    )  # fmt: skip


def _border(at: int, count: int) -> Symbol:
    if at == 0:
        return stroke(EDGE, 0.25, "dot")
    return stroke(INK, 0.35 + 0.35 * at / count, "dash dot")


def street_layer(
    town: Town, looked: npt.NDArray[np.str_] | None, lang: Lang, made_at: str
) -> Filled:
    """Return every street with its slope class and the last day somebody looked (道のレイヤ).

    Parameters
    ----------
    looked
        (E,) ISO days, "" for never; None where nobody keeps a register.
    """
    network = town.network
    grade = np.full(network.edge_count, np.nan)
    if town.relief is not None:
        grade = steepest_grades(town.relief)
    steps = (network.edge_flags & STEPS) > 0
    kinds = [say_street(one).say(lang) for one in network.kinds]
    rows = [
        {
            "way_id": str(network.edge_way[edge]),
            "kind": kinds[int(network.edge_kind[edge])],
            "metres": round(float(network.edge_m[edge]), 1),
            "slope": _slope(float(grade[edge]), steps=bool(steps[edge])),
            "grade_percent": None
            if steps[edge] or np.isnan(grade[edge])
            else round(100 * float(grade[edge]), 1),
            "seen_on": None if looked is None else str(looked[edge]) or None,
        }
        for edge in range(network.edge_count)
    ]
    columns = [
        text("way_id", Words("道の番号", "way")),
        text("kind", Words("種別", "kind")),
        number("metres", Words("長さm", "metres"), 1),
        choice("slope", Words("坂の段", "slope"), SLOPE_WORDS),
        number("grade_percent", Words("いちばん急な所％", "steepest grade %"), 1),
        day("seen_on", Words("最後に見て歩いた日", "last looked at")),
    ]
    classes = [
        Class(value=id_, label=words.say(lang), symbol=_SLOPE_SIGNS[id_])
        for id_, words in SLOPE_WORDS.items()
    ]
    return fill_layer(
        STREETS, columns, rows, shapes=lonlat_shapes(town, list(edge_lines(network))),
        drawn=categorised("slope", classes), lang=lang, made_at=made_at,
    )  # fmt: skip


# Wider is harder; steps are dashed.
_SLOPE_SIGNS: Final = {
    "flat": stroke(NOT_REACHED, 0.3),
    "gentle": stroke(AMBER, 0.6),
    "steep": stroke(CAUTION, 0.9),
    "steps": stroke(CAUTION, 0.9, "dot"),
    "unknown": stroke(EDGE, 0.2, "dash"),
}


def _slope(grade: float, *, steps: bool) -> str:
    if steps:
        return "steps"
    return str(slope_classes(np.array([grade]))[0])
