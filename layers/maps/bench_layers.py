"""Where a walker can rest, and where one more bench would help, as the map draws it (休む所の層)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd
import shapely

from geo.analysis.rest_facts import needs_of
from geo.base.geojson import dump_geojson
from geo.base.marks import shown
from geo.tables.rests import said_for
from layers.asked import make_question
from layers.maps.browser_layers import BrowserLayer
from layers.maps.icons import icon_data_uri
from layers.served.answers import best_benches, shown_rests
from layers.served.town import town_now
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from geo.base.words import Lang
    from layers.asked import Asked

RESTS_FROM_ZOOM: Final = 14.5  # farther away the signs would cover the shares
_REST_PX: Final = 22
_BENCH_PX: Final = 24
# A station has no survey sheet and so no sign of its own.
_SIGNS: Final = {"station": "bus_stop"}


def bench_layer(url: str, lang: Lang) -> BrowserLayer:
    """Return the best places for one more bench, numbered as the table is (ベンチを置くなら).

    The number alone stands where places lie close; who is gained shows when the map is near.
    """
    more = "＋{n}人" if lang == "ja" else "+{n}"
    return BrowserLayer(
        "benches", url=url, image=icon_data_uri("bench", _BENCH_PX), size=_BENCH_PX, more=more
    )


def rest_layer(url: str) -> BrowserLayer:
    """Return the rests that count; hollow where nobody knows (休む所)."""
    images = {
        kind: [icon_data_uri(kind, _REST_PX), icon_data_uri(kind, _REST_PX, hollow=True)]
        for kind in RECORD_TYPES
    }
    return BrowserLayer("rests", url=url, images=images, size=_REST_PX, **{"from": RESTS_FROM_ZOOM})


def dump_benches(asked: Asked) -> str:
    """Return the best places for one more bench for the browser (ベンチの GeoJSON)."""
    places = best_benches(asked)
    rows = [
        {"rank": rank, "people": int(people)} for rank, people in enumerate(places["people"], 1)
    ]
    ids = [str(row["rank"]) for row in rows]
    points = list(shapely.points(places["lon"].to_numpy(float), places["lat"].to_numpy(float)))
    return dump_geojson(points, rows, ids, foreign={})


def dump_rests(asked: Asked) -> str:
    """Return the rests of a question for the browser (休む所の GeoJSON).

    Those that serve one of its rules, as ``known``; and with a band those of which nobody
    knows. None that lies too far from a street: it does not count. 通いの場 have their own sign.
    """
    rests = shown_rests(asked)
    needs = needs_of(make_question(asked, town_now()))
    said = pd.DataFrame({need: said_for(rests, need) for need in needs}, index=rests.index)
    serves = said.isin(["yes"]).any(axis=1)
    maybe = said.isin(["unknown"]).any(axis=1) & ~serves & bool(asked.band)
    drawn = rests[rests["on"] & (serves | maybe) & (rests["kind"] != "salon")]
    lon, lat = town_now().plane.to_lonlat(drawn["x_m"].to_numpy(), drawn["y_m"].to_numpy())
    rows = [
        {"kind": _SIGNS.get(kind, kind), "name": shown(name), "known": known}
        for kind, name, known in zip(
            drawn["kind"], drawn["name"], serves[drawn.index].tolist(), strict=True
        )
    ]
    return dump_geojson(list(shapely.points(lon, lat)), rows, list(drawn["rest_id"]), foreign={})
