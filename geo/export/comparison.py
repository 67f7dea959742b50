"""A plan's figures before and after, as GeoJSON (検討案の書き出し)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.analysis.comparing import BOTH
from geo.base.geojson import dump_geojson
from geo.export.facts import tell_coverage
from geo.export.files import lonlat_shapes
from geo.export.homes import NO_HOMES
from geo.export.keys import AREA_DECIMALS, CHANGE_KEYS, measured, name_values, round_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from geo.analysis.comparing import Comparison
    from geo.base.words import Words
    from geo.export.facts import Stamp
    from geo.export.homes import Homes
    from geo.export.keys import Keys
    from geo.town import Town


def export_comparison(  # noqa: PLR0913 - the plan's parts, each by name
    town: Town,
    comparison: Comparison,
    changes: Sequence[Mapping[str, object]],
    *,
    keys: Keys,
    stamp: Stamp,
    rests: pd.DataFrame | None = None,
    said: Sequence[Words] = (),
    homes: Homes = NO_HOMES,
) -> str:
    """Return GeoJSON of the areas with the figures of both answers (検討案の GeoJSON).

    The foreign member is that of the plan's answer; beside it ``plan`` says what was changed,
    ``before`` the totals as it is now, and ``gained`` and ``lost`` people of all areas.

    Parameters
    ----------
    changes
        As JSON; where a private home moves to, told by its square.
    rests
        Those of the plan's answer.
    said
        What is said of both.
    """
    question = comparison.after.question
    names = measured(CHANGE_KEYS, straight=question.straight)
    rows = [name_values(row, names, keys) for row in _rows(comparison)]
    ids = [f"{question.division}/{id_}" for id_ in comparison.areas["area_id"]]
    told: dict[str, Any] = tell_coverage(town, comparison.after, stamp, rests=rests, said=said)
    told["kayoi"] |= {
        "plan": list(changes),
        **homes.tell(str(one.get("site")) for one in changes),
        "before": comparison.before.totals,
        "gained": comparison.gained,
        "lost": comparison.lost,
    }
    shapes = lonlat_shapes(town, town.division(question.division).geometry.to_numpy())
    return dump_geojson(shapes, rows, ids, foreign=told)


def _rows(comparison: Comparison) -> list[dict[str, Any]]:
    decimals = {
        f"{name}_{when}": AREA_DECIMALS.get(name, 0)
        for name in BOTH
        for when in ("before", "after")
    }
    return [
        {
            key: round_number(row[key], decimals[key]) if key in decimals else row[key]
            for key in CHANGE_KEYS
        }
        for row in comparison.areas.to_dict("records")
    ]
