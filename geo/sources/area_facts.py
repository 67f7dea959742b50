"""What a division's file tells of its areas beside their names, kept with the town (地区の情報)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from geo.sources.area_parts import area_text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import geopandas as gpd

AreaFacts = dict[str, dict[str, str]]

# Of how a file was drawn, no facts of a place.
_OF_DRAWING: Final = frozenset(
    {"_row", "fid", "id", "objectid", "sauid", "saupdate", "shape_area", "shape_leng", "shape_length"}
)  # fmt: skip
_MOST_COLUMNS: Final = 60
_MOST_SIGNS: Final = 300
_SHOWN: Final = 5


def read_area_facts(
    frame: gpd.GeoDataFrame,
    ids: Sequence[str],
    *,
    taken: Collection[str],
    shown: Mapping[str, str],
) -> AreaFacts:
    """Return by column and area what stands in a file's other columns (地区の情報を読む).

    Blank cells are left out. Of an area in parts the first that is filled counts: e-Stat repeats
    the whole area's figures on each.

    Parameters
    ----------
    ids
        Of each feature its area.
    taken
        Columns that have been used.
    shown
        What the columns are called where their names are opaque.
    """
    out: AreaFacts = {}
    for column in map(str, frame.columns):
        if column in taken or column == frame.geometry.name or column.casefold() in _OF_DRAWING:
            continue
        told: dict[str, str] = {}
        for id_, value in zip(ids, frame[column], strict=True):
            text = area_text(value)[:_MOST_SIGNS]
            if text and text != "-":
                told.setdefault(id_, text)
        if told and len(out) < _MOST_COLUMNS:
            out[shown.get(column) or column] = told
    return out


def keep_known(facts: AreaFacts, ids: Collection[str]) -> AreaFacts:
    """Return the facts of some areas (この地区の情報)."""
    kept = {
        column: {id_: text for id_, text in told.items() if id_ in ids}
        for column, told in facts.items()
    }
    return {column: told for column, told in kept.items() if told}


def say_area_facts(facts: AreaFacts, file: str) -> list[Words]:
    """Return that further columns are kept, nothing where there are none (残したことば)."""
    if not facts:
        return []
    names = list(facts)
    more = len(names) - _SHOWN
    ja = "、".join(names[:_SHOWN]) + (f" ほか{more}" if more > 0 else "")
    en = ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return [
        Words(
            f"{file} のほかの列（{ja}）は、地区の情報として残しました（kayoi export のファイルに入ります）",
            f"{file}: its other columns ({en}) are kept as facts of the areas (kayoi export writes them)",
        )
    ]
