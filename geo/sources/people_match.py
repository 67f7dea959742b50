"""Whether a table of people fits the areas that were chosen, told before anything is built (人口と地区の合い方)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from geo.base.place import choose_plane
from geo.base.problems import InputError
from geo.base.words import Words
from geo.people.allocate import lay_shapes
from geo.sources.ground import counted_areas, lay_areas, lay_border, read_ground
from geo.sources.people_files import fit_files, say_both

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    from geo.base.place import Plane
    from geo.people.joining import JoinedPeople
    from geo.people.table import PeopleTable
    from geo.sources.recipe import Recipe

_MOST: Final = 0.5  # fewer than half of the rows, or of the areas, is few
_UNITS: Final = {"mesh": Words("メッシュ", "squares"), "point": Words("地点", "points")}
_SUCH: Final = Words(
    "このままでは街をつくれません。", "A town cannot be made like this. "
)  # fmt: skip
_NO_AREAS: Final = Words(
    "地区ごとの人口の表ですが、地区の分け方がまだありません。町丁目など、この表と同じ分け方の地区のファイルも置いてください。",
    "A table of people by area, but there are no areas yet: give the file of the areas it counts, too.",
)
_MEND: Final = Words(
    "表と同じ年・同じ分け方の地区のファイルを置くか、地区のカードで「地区の名前の列」を選び直すか、"
    "表の名前やコードを地図に合わせてください。",
    "Give the areas of the table's own year and kind, choose another column of names on the areas’ card, "
    "or write the table’s names or codes as the map has them.",
)
_ELSEWHERE: Final = Words(
    "人口のファイルと境のファイルが、同じ街のものか確かめてください。",
    "Check that the files of people and border are of one town.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """How many rows of the people fit the ground (合った行の数).

    Attributes
    ----------
    words
        A sentence with the numbers, and what to do where they are few.
    good
        Whether a town may be made as it is.
    """

    words: Words
    good: bool


def match_people(folder: Path, recipe: Recipe) -> Matched | None:
    """Return how many rows of a recipe's people fit its areas, by the build's own reader (合い方をみる).

    Parameters
    ----------
    folder
        Where the recipe's files lie. Nothing is written.

    Returns
    -------
        None where there are no people, or neither border nor areas.
    """
    if not recipe.of("people") or not (recipe.of("border") or recipe.of("division")):
        return None
    try:
        ground = read_ground(folder, recipe)
        if ground.border is None:
            return None
        middle = ground.border.centroid
        plane = choose_plane(middle.x, middle.y)
        border = lay_border(ground.border, plane)
        areas = counted_areas(lay_areas(ground.divisions, recipe, border, plane))
        table, division, joined = fit_files(
            ground.people_files(folder, recipe), areas,
            {source.division: source.column for source in recipe.of("division")},
            border=border, plane=plane,
        )  # fmt: skip
    except InputError as error:
        such = _SUCH if recipe.of("division") else Words("", "")  # without areas it can wait
        return Matched(good=False, words=Words(such.ja + error.words.ja, such.en + error.words.en))
    if joined is None:
        return _say_places(table, border, plane)
    if not recipe.of("division") and joined.frame.empty:
        return Matched(good=False, words=_NO_AREAS)
    return _say_areas(table, division, joined, areas)


def _say_areas(
    table: PeopleTable, division: str, joined: JoinedPeople, areas: gpd.GeoDataFrame
) -> Matched:
    rows, lost = len(joined.frame), len(joined.problems)
    of = rows + lost or len(table.frame)  # sums and other municipalities' rows are nobody's loss
    own = areas[areas["division"] == division]
    with_people = len(own) - len(joined.no_data)
    ja = f"表の{of:,}行のうち{rows:,}行が、地区（{division}、{len(own):,}地区）と合いました。"
    en = f"{rows:,} of {of:,} rows fit the areas ({division}: {len(own):,} areas). "
    if not rows:
        near = say_both(table, areas)
        ja = f"表の{of:,}行のうち、地区と合う行が1つもありません{near.ja}。{_SUCH.ja}"
        en = f"None of {of:,} rows fits an area{near.en}. {_SUCH.en}"
        return Matched(good=False, words=Words(ja + _MEND.ja, en + _MEND.en))
    if lost:
        first = "、".join(one.value for one in joined.problems[:2])
        ja += f"合わない{lost:,}行（{first} など）の{joined.left_out.all_:,}人は数えません。"
        en += f"The {joined.left_out.all_:,} people of {lost:,} rows that fit none ({first} …) are not counted. "
    if joined.no_data:
        ja += f"{len(joined.no_data):,}地区は、表に行がないのでデータなしになります。"
        en += f"{len(joined.no_data):,} areas have no row: no data. "
    good = rows >= _MOST * of and with_people >= _MOST * len(own)
    if not good:
        ja, en = ja + _MEND.ja, en + _MEND.en
    return Matched(good=good, words=Words(ja, en.strip()))


def _say_places(table: PeopleTable, border: shapely.Geometry, plane: Plane) -> Matched:
    """Say how many squares or points touch the town; a file of a prefecture holds many others."""
    shapes = lay_shapes(table, plane).loc[table.frame["key"]].to_numpy()
    shapely.prepare(border)
    within = int(np.count_nonzero(shapely.intersects(border, shapes)))
    unit = _UNITS[table.kind]
    if within:
        return Matched(
            good=True,
            words=Words(
                f"{within:,}{unit.ja}が、街の中にあります。",
                f"{within:,} {unit.en} lie in the town.",
            ),
        )
    return Matched(
        good=False,
        words=Words(
            f"表の{len(shapes):,}{unit.ja}は、どれも街の境の外にあります。{_ELSEWHERE.ja}",
            f"All {len(shapes):,} {unit.en} of the table lie beyond the border. {_ELSEWHERE.en}",
        ),
    )
