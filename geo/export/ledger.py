"""The ledger between two days as GeoJSON and CSV (増減の内訳の書き出し)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.base.geojson import dump_geojson
from geo.export.facts import tell_coverage
from geo.export.files import lonlat_shapes
from geo.export.keys import LEDGER_KEYS, measured, name_values
from geo.export.rows import dump_rows

if TYPE_CHECKING:
    from geo.analysis.ledger import Ledger
    from geo.base.words import Lang
    from geo.coverage.coverage import Coverage
    from geo.export.facts import Stamp
    from geo.export.keys import Keys
    from geo.town import Town


def export_ledger(
    town: Town,
    coverage: Coverage,
    ledger: Ledger,
    *,
    days: tuple[str, str],
    keys: Keys,
    lang: Lang,
    stamp: Stamp,
) -> str:
    """Return GeoJSON of the areas with what became of their people (増減の GeoJSON).

    The foreign member is that of the later day's answer, with ``from``, ``to`` and the ledger's
    totals beside it.

    Parameters
    ----------
    coverage
        The later day's answer.
    days
        The earlier and the later day.
    """
    told: dict[str, Any] = tell_coverage(town, coverage, stamp)
    told["kayoi"] |= {
        "from": days[0],
        "to": days[1],
        "ledger": ledger.totals,
        "why": [words.say(lang) for words in ledger.reasons[""]],
    }
    names = measured(LEDGER_KEYS, straight=coverage.question.straight)
    rows = [name_values(row, names, keys) for row in _rows(ledger, lang)]
    division = coverage.question.division
    ids = [f"{division}/{id_}" for id_ in ledger.areas["area_id"]]
    shapes = lonlat_shapes(town, town.division(division).geometry.to_numpy())
    return dump_geojson(shapes, rows, ids, foreign=told)


def export_ledger_table(ledger: Ledger, *, keys: Keys, lang: Lang, straight: bool = False) -> str:
    """Return the ledger as CSV with a header, the areas and a last row of all together (増減の表).

    Parameters
    ----------
    straight
        Whether distances are straight lines.
    """
    return dump_rows(measured(LEDGER_KEYS, straight=straight), _rows(ledger, lang), keys)


def _rows(ledger: Ledger, lang: Lang) -> list[dict[str, Any]]:
    return [
        {key: row.get(key) for key in LEDGER_KEYS}
        | {"why": "、".join(one.say(lang) for one in ledger.reasons[row["area_id"]])}
        for row in ledger.areas.to_dict("records")
    ]
