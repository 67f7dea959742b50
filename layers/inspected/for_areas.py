"""Polygons as a division or as the town's border (地区と市の境として)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key
from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from geo.sources.border import read_border
from geo.sources.boundaries import load_division
from geo.sources.municipality import read_municipalities
from geo.sources.roles import ROLES
from geo.sources.shapes import POLYGONS
from geo.sources.tabular import load_display_names
from layers.inspected.seen import Column, Use, say_told

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

# Where published files have an area's name, the finest first.
_NAMES: Final = (
    "area_name",
    "S_NAME", "町丁名", "町名", "町丁目名", "大字・町名", "地区名", "自治会名", "学校区名", "校区名", "学区名", "名称",
    "name", "A27_004", "A32_004", "A27_007", "N03_004", "NAME", "区域名", "MOJI",
)  # fmt: skip
_BORDERS: Final = ("行政区域", "行政界", "市域", "市の境", "n03", "border")
_A_DIVISION: Final = 2  # areas


def as_division(path: Path, frame: gpd.GeoDataFrame) -> Use | Words:
    """Return the areas a file of polygons would make, or why not (地区として読む)."""
    if not frame.geom_type.isin(POLYGONS).any():
        return Words("面（ポリゴン）がありません", "no polygons")
    named = find_names(frame, path)
    if named is None:
        return Words("地区の名前になる列がありません", "no column could be the names of the areas")
    try:
        areas, notices = load_division(path, name=path.stem, column=named)
    except InputError as error:
        return error.words
    if len(areas) < _A_DIVISION:
        return Words("地区が一つだけです", "there is only one area")
    shown = "、".join(areas["area_name"].astype(str).tolist()[:3])
    called = load_display_names(path).get(named, "")
    told = f"{named}（{called}）" if called else named
    return Use(
        id="division", words=ROLES["division"].words,
        found=Words(
            f"「{told}」を名前として{len(areas):,}地区（{shown} …）",
            f"{count_in_english(len(areas), 'area')} named by “{told}” ({shown} …)",
        ),
        how=f"kayoi build --division {path.stem}={path.name}:{named}",
        told=say_told(notices),
        columns=tuple(
            Column(
                name=str(one), becomes=Words("名前", "name") if str(one) == named else None
            )
            for one in frame.columns
            if one != "geometry"
        ),
    )  # fmt: skip


def find_names(frame: gpd.GeoDataFrame, path: Path) -> str | None:
    """Return the column that names the areas best, ``None`` where none could (名前の列)."""
    shown = load_display_names(path)
    texts: dict[str, int] = {}
    for one in map(str, frame.columns):
        if one == "geometry":
            continue
        values = [str(v).strip() for v in frame[one] if isinstance(v, str) and str(v).strip()]
        if len(values) * 2 > len(frame) and not all(v.isdecimal() for v in values):
            texts[one] = len(set(values))
    known = {column_key(one): at for at, one in enumerate(_NAMES)}
    named = {
        one: min(
            known.get(column_key(one), len(known)),
            known.get(column_key(shown.get(one, "")), len(known)),
        )
        for one in texts
    }
    return min(named, key=lambda one: (named[one], -texts[one]), default=None)


def as_border(path: Path, frame: gpd.GeoDataFrame) -> Use | Words:
    """Return whose border a file would be, or why it cannot be one (市の境として読む)."""
    cities = read_municipalities(
        [str(one) for one in frame.columns if one != "geometry"], lambda one: frame[one].tolist()
    )
    called = any(one in path.stem.casefold() for one in _BORDERS)
    if cities is None and not called and len(frame) > 1:
        return Words("どの市区町村の境かが書かれていません", "does not say whose border it is")
    several = sorted({one.say() for one in cities or [] if one.say()})
    try:
        border = read_border(path)
    except InputError as error:
        if len(several) < _A_DIVISION:
            return error.words
        return Use(
            id="border", words=ROLES["border"].words,
            found=Words(
                f"{len(several)}の市区町村。一つを選んで使います",
                f"{len(several)} municipalities, of which one is chosen",
            ),
            how=f"kayoi build --border {path.name}:CODE", told=(error.words,),
        )  # fmt: skip
    whose = several[0] if len(several) == 1 else ""
    parts = len(border.shape.geoms)
    return Use(
        id="border", words=ROLES["border"].words,
        found=Words(
            f"{whose + 'の' if whose else ''}境" + (f"（離れた{parts}つの面）" if parts > 1 else ""),
            f"the border{' of ' + whose if whose else ''}" + (f" in {parts} parts" if parts > 1 else ""),
        ),
        how=f"kayoi build --border {path.name}", told=say_told(border.notices),
    )  # fmt: skip
