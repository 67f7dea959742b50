"""Fetch a town's border, streets and features from OpenStreetMap (OSMから町のデータを取る)."""

from __future__ import annotations

import socket
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import osmnx
import requests
from osmnx import _http
from osmnx._errors import InsufficientResponseError, ResponseStatusCodeError

from geo.base.place import LONLAT, choose_plane
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words
from geo.sources.ways.osm_tags import DETAIL_KEYS, FEATURE_KEYS, NODE_KEYS, OWN_KEYS, WALK_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from shapely.geometry.base import BaseGeometry

# People near the border walk out of town and in again.
MARGIN_M = 1_000.0
AGENT = "Kayoi Map (walking coverage of community salons; uses OSMnx)"
_WANTED: dict[str, bool | str | list[str]] = {
    "leisure": True,
    "amenity": True,
    "shop": True,
    "building": True,
    "natural": ["water", "wood"],
    "waterway": True,
    "railway": True,
    "landuse": True,
    "place": True,
    "highway": "bus_stop",
    "public_transport": "platform",
}


def save_place(name: str, folder: Path, *, cache: Path) -> tuple[Path, Path | None, Path]:
    """Fetch one town and save it; return streets, features, border (町のデータを保存する).

    Parameters
    ----------
    name
        As one would search for it: 「千葉県浦安市」.
    folder
        Where to write ``<name>.graphml``, ``<name>-features.gpkg``, ``<name>-border.geojson``.
    cache
        Where OSMnx keeps what the servers said, so that a second run asks nothing.

    Returns
    -------
        The paths in that order; no features are ``None``. Streets and features reach 1 km
        beyond the border. All in EPSG:4326.

    Raises
    ------
    InputError
        When there is no internet, no such place with an area, or no street there.

    Notes
    -----
    OSMnx keeps the servers' limits on how often one may ask. Nominatim and Overpass are
    asked, nothing else; the text `name` is sent to Nominatim.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem = file_stem(name)
    with _settings(cache), _told_in_words(name):
        border = osmnx.geocode_to_gdf(name)
        around = _widen(border.geometry.iloc[0])
        graph = osmnx.graph_from_polygon(
            around, simplify=False, retain_all=True, custom_filter='["highway"]'
        )
        features = _fetch_features(around)
    streets_path = folder / f"{stem}.graphml"
    features_path = folder / f"{stem}-features.gpkg"
    border_path = folder / f"{stem}-border.geojson"
    _write(border_path, lambda path: border.to_file(path, driver="GeoJSON"))
    if features is not None:
        _write(features_path, lambda path: features.to_file(path, driver="GPKG", layer="features"))
    else:
        features_path.unlink(missing_ok=True)  # of an earlier fetch
    _write(streets_path, lambda path: osmnx.save_graphml(graph, path))
    return streets_path, features_path if features is not None else None, border_path


def file_stem(name: str) -> str:
    """Return a place's name as a file name without folders (ファイル名にする).

    Examples
    --------
    >>> file_stem("千葉県 浦安市"), file_stem("../Chiba, Japan")
    ('千葉県-浦安市', 'Chiba-Japan')
    """
    kept = "".join(sign if sign.isalnum() else "-" for sign in tidy(name))
    return "-".join(part for part in kept.split("-") if part) or "town"


def _fetch_features(around: BaseGeometry) -> gpd.GeoDataFrame | None:
    try:
        found = osmnx.features_from_polygon(around, _WANTED)
    except InsufficientResponseError:
        return None
    table = found.reset_index()
    wanted = dict.fromkeys(("element", "id", *FEATURE_KEYS, *DETAIL_KEYS))
    return table[[*(key for key in wanted if key in table.columns), "geometry"]]


def _widen(border: BaseGeometry) -> BaseGeometry:
    """Return the border (degrees) moved outwards by `MARGIN_M`."""
    middle = border.representative_point()
    plane = choose_plane(middle.x, middle.y)
    laid = gpd.GeoSeries([border], crs=LONLAT).to_crs(plane.crs)
    return laid.buffer(MARGIN_M).to_crs(LONLAT).iloc[0]


def _write(path: Path, save: Callable[[Path], object]) -> None:
    """Save through a file beside, so that a broken write leaves the old one whole."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        fresh = Path(folder) / path.name
        save(fresh)
        fresh.replace(path)


@contextmanager
def _settings(cache: Path) -> Iterator[None]:
    """Set OSMnx for us and put it back; its settings are global."""
    ways = [*WALK_KEYS, "name", "sidewalk", "indoor", "oneway", "width", "surface"]
    nodes = [*dict.fromkeys((*osmnx.settings.useful_tags_node, *NODE_KEYS, *OWN_KEYS))]
    ours: dict[str, Any] = {
        "use_cache": True,
        "cache_folder": str(cache),
        "http_user_agent": AGENT,
        "http_referer": AGENT,
        "http_accept_language": "ja,en",
        "useful_tags_way": ways,
        "useful_tags_node": nodes,
        # Else a name that cannot be resolved is sent to a resolver of a third party.
        "doh_url_template": None,
    }
    theirs = {key: getattr(osmnx.settings, key) for key in ours}
    look_up = socket.getaddrinfo  # OSMnx replaces it, to stay with one server
    parse = _http._parse_response  # noqa: SLF001 - a remark is only logged there
    for key, value in ours.items():
        setattr(osmnx.settings, key, value)
    _http._parse_response = lambda response: _refuse_remark(parse(response))  # noqa: SLF001
    try:
        yield
    finally:
        _http._parse_response = parse  # noqa: SLF001
        socket.getaddrinfo = look_up
        for key, value in theirs.items():
            setattr(osmnx.settings, key, value)


def _refuse_remark(told: Any) -> Any:  # noqa: ANN401 - whatever JSON a server sends
    """Return a server's answer unless it says of itself that it is not whole."""
    if isinstance(told, dict) and "remark" in told:
        raise InputError(
            Words(
                f"OpenStreetMapのサーバーが途中で止まり、データが一部しかありません（{told['remark']}）。"
                "しばらく待ってもう一度行うか、道のファイルを --streets で指定してください",
                f"the OpenStreetMap server stopped half way, so the data is not whole "
                f"({told['remark']}); try again later, or give a street file with --streets",
            )
        )
    return told


@contextmanager
def _told_in_words(name: str) -> Iterator[None]:
    try:
        yield
    except InputError:
        raise
    except requests.RequestException as error:
        raise InputError(
            Words(
                "インターネットにつながらないため、OpenStreetMapから町のデータを取れません。"
                "つながる場所でもう一度行うか、道のファイルを --streets で指定してください。",
                "no internet, so the town cannot be fetched from OpenStreetMap; try again where "
                "there is, or give a street file with --streets",
            )
        ) from error
    except ResponseStatusCodeError as error:
        raise InputError(
            Words(
                f"OpenStreetMapのサーバーが応答できませんでした（{error}）。"
                "しばらく待ってもう一度行うか、道のファイルを --streets で指定してください。",
                f"the OpenStreetMap server could not answer ({error}); try again later, or give "
                "a street file with --streets",
            )
        ) from error
    except (InsufficientResponseError, TypeError, ValueError) as error:
        raise InputError(
            Words(
                f"「{name}」の地区か道がOpenStreetMapに見つかりません（{error}）。"
                "「千葉県浦安市」のように都道府県から書くか、道のファイルを --streets で指定してください。",
                f"no area or street of {name!r} in OpenStreetMap ({error}); write it with its "
                "prefecture, or give a street file with --streets",
            )
        ) from error
