"""A plan as the map draws it: who gains and loses, and its changes by number (検討案の地図)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import folium

from layers.maps.browser_layers import (
    BrowserLayer,
    area_layer,
    border_layer,
    site_layer,
)
from layers.maps.ground_layers import name_layer
from layers.maps.icons import icon_data_uri
from layers.maps.moved_legend import CHANGE_BADGES, CHANGE_KINDS
from layers.maps.near_layers import here_uri
from layers.maps.palette import MAP_COLOURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.asked import Asked
    from surveys.record.plan import Change

# What a press on a change's sign says its layer is (`kayoi_register.js`).
CHANGES: Final = "near"
_SIGN_PX: Final = 34


def plan_group(
    asked: Asked,
    plan: str,
    version: str,
    signs: Sequence[tuple[int, Change, tuple[float, float]]],
    *,
    stops: bool = False,
    picked: tuple[float, float] | None = None,
    division: str = "",
) -> folium.FeatureGroup:
    """Return the layers of a plan (検討案の層).

    Parameters
    ----------
    plan
        As an address names it, "" before there is one.
    version
        Changes with the town and its register.
    signs
        The number of each change, the change, and its place: latitude and longitude.
    stops
        Whether stops are drawn, to be moved.
    picked
        Latitude and longitude of what is taken up, to be put down elsewhere.
    division
        Whose areas are outlined and named while nothing is counted yet, with the places where people
        are left out now; "" for neither.
    """
    group = folium.FeatureGroup(name="plan", control=False)
    if plan:
        query = f"{asked.query}&{urlencode({'plan': plan})}&v={version}"
        BrowserLayer("changes", url=f"/answer/plan.geojson?{query}", colours=MAP_COLOURS).add_to(
            group
        )
    elif division:
        url = f"/answer/borders.geojson?{urlencode({'division': division})}&v={version}"
        border_layer(url, strong=False).add_to(group)
        left_out = f"/answer/gaps.geojson?{asked.query}&numbered=0&v={version}"
        area_layer(left_out, shade=True, named=False).add_to(group)
        name_layer(url, strong=False).add_to(group)
    for kind in ("bus_stop", "salon") if stops else ("salon",):
        which = urlencode({"kind": kind, **asked.salons})
        site_layer(f"/answer/sites.geojson?{which}&v={version}", kind).add_to(group)
    told = [
        {"id": str(number), "at": [round(at[0], 7), round(at[1], 7)], "number": str(number),
         "kind": (kind := CHANGE_KINDS.get(change.do, "salon")), "size": _SIGN_PX,
         "image": icon_data_uri(kind, _SIGN_PX, hollow=bool(badge), badge=badge)}
        for number, change, at in signs
        for badge in (CHANGE_BADGES.get(change.do, ""),)
    ]  # fmt: skip
    # One that stays where it is has its number on its own sign, and no other beside it.
    instead = [f"salon:{one.site_id}" for _, one, _ in signs if one.site_id and one.at is None]
    here = None
    if picked is not None:
        here = {"at": list(picked), "image": here_uri(_SIGN_PX), "size": _SIGN_PX}
    if told or here:
        BrowserLayer("numbered", here=here, signs=told, still=True, instead=instead).add_to(group)
    return group
