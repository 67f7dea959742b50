"""Routes of the register: sheets for paper, photos, and the map's signs (台帳の経路)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from geo.base.geojson import dump_geojson
from geo.base.problems import InputError
from geo.base.words import Words
from geo.walk.walkers import WALKERS
from layers.cards.list_query import parse_area, parse_query
from layers.served.register import register_now, register_stamp
from layers.served.town import town_folder, town_now
from layers.sheets.form import draw_form
from layers.sheets.karte import draw_karte
from layers.sheets.listing import draw_list
from layers.sheets.parts.frame import Frame, render_page
from layers.sheets.walk import draw_walk
from surveys.record.walk import WALK
from surveys.store.listing import list_pins
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd
    import shapely
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from geo.base.words import Lang
    from surveys.store.listing import Pin, SiteQuery

    Draw = Callable[[Frame, Mapping[str, str], Mapping[str, str]], str]

PRINT_CSP: Final = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PHOTO_CSP: Final = "default-src 'none'; sandbox"
# Records are for the office: nothing of them stays on a shared machine or in a proxy, and no
# other site learns their addresses or shows them.
_HEADERS: Final = {
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_PHOTO: Final = re.compile(r"(?P<id>[0-9a-f]{64})(?P<thumb>\.thumb)?\.jpg")
# Parts of an address that change no sign.
_OF_NO_PIN: Final = frozenset({"v", "lang"})
_WALKER: Final = "elderly"
# Japan has one clock, and no summer time.
_JAPAN: Final = timezone(timedelta(hours=9))
_NO_SITE: Final = Words(
    "この番号の記録は、台帳にありません。一覧のページから開き直してください",
    "the register has no such record; open it again from the list's page",
)
_NO_TYPE: Final = Words("この種類の調査票はありません", "there is no such record type")
_NO_PHOTO: Final = Words("この写真はありません", "there is no such photo")


class _NotHereError(Exception):
    """What was asked for is not in the register."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def now_in_japan() -> datetime:
    """Return the time on Japan's clock (いまの日本の時刻)."""
    return datetime.now(_JAPAN)


def make_register_routes(now: Callable[[], datetime] = now_in_japan) -> list[BaseRoute]:
    """Return the register's routes (台帳の経路).

    ``/print/karte/<id>``, ``/print/walk/<id>``, ``/print/list?…`` and ``/print/form/<type>``
    are pages for A4 (``lang=en`` for English); ``/photos/<id>.jpg`` and ``.thumb.jpg`` photos;
    ``/register/pins.geojson?…`` the signs of a list's question (`layers.cards.list_query`).

    Parameters
    ----------
    now
        The clock: what is stamped on sheets, and what "due" is measured by.
    """

    async def pins(request: Request) -> Response:
        try:
            body, tag = await run_in_threadpool(_pins, request.query_params, now())
        except InputError as error:
            return _plain(error.words, _lang(request.query_params), 400)
        # Kept by the reader's own browser, and asked about each time: ten thousand are 2 MB.
        headers = _HEADERS | {"Cache-Control": "private, no-cache", "ETag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/geo+json", headers=headers)

    return [
        _page("/print/karte/{id}", _karte, now),
        _page("/print/walk/{id}", _walk, now),
        _page("/print/list", _list, now),
        _page("/print/form/{type}", _form, now),
        Route("/photos/{name}", _photo_route, methods=["GET"]),
        Route("/register/pins.geojson", pins, methods=["GET"]),
    ]


def find_area(params: Mapping[str, str]) -> tuple[shapely.Geometry | None, str]:
    """Return the shape in degrees and the name of the area an address asks for (区域を探す).

    Raises
    ------
    InputError
        When the town has no such division or area.
    """
    asked = parse_area(params)
    if asked is None:
        return None, ""
    town = town_now()
    areas: gpd.GeoDataFrame = town.division(asked[0])
    rows = areas[areas["area_id"] == asked[1]]
    if rows.empty:
        raise InputError(
            Words(
                f"区域「{asked[1][:80]}」は、この街にありません",
                f"this town has no area {asked[1][:80]!r}",
            )
        )
    return town.plane.to_degrees(rows.geometry.iloc[0]), str(rows["area_name"].iloc[0])


def due_state(pin: Pin, today: str) -> str:
    """Return ``never`` (nobody saw it), ``due`` or ``fresh`` (確認の要り方)."""
    if not pin.seen_on:
        return "never"
    return "due" if pin.due_on and pin.due_on <= today else "fresh"


def _page(path: str, draw: Draw, now: Callable[[], datetime]) -> Route:
    def make(path_params: Mapping[str, str], params: Mapping[str, str]) -> str:
        frame = Frame(
            town_folder=town_folder(),
            town=town_now(),
            register=register_now(),
            walker=WALKERS[_WALKER],
            now=now(),
            lang=_lang(params),
        )
        return draw(frame, path_params, params)

    async def endpoint(request: Request) -> Response:
        lang = _lang(request.query_params)
        try:
            page = await run_in_threadpool(make, request.path_params, request.query_params)
        except _NotHereError as error:
            return _told(error.words, lang, 404)
        except InputError as error:
            return _told(error.words, lang, 400)
        return _html(page, 200)

    return Route(path, endpoint, methods=["GET"])


def _karte(frame: Frame, path: Mapping[str, str], _params: Mapping[str, str]) -> str:
    site = frame.register.site(path["id"])
    if site is None or site.hidden:
        raise _NotHereError(_NO_SITE)
    return draw_walk(frame, site) if site.type.id == WALK.id else draw_karte(frame, site)


def _walk(frame: Frame, path: Mapping[str, str], _params: Mapping[str, str]) -> str:
    site = frame.register.site(path["id"])
    if site is None or site.hidden or site.type.id != WALK.id:
        raise _NotHereError(_NO_SITE)
    return draw_walk(frame, site)


def _list(frame: Frame, _path: Mapping[str, str], params: Mapping[str, str]) -> str:
    query, area = _asked(params)
    return draw_list(frame, query, area=area)


def _form(frame: Frame, path: Mapping[str, str], _params: Mapping[str, str]) -> str:
    type_ = RECORD_TYPES.get(path["type"])
    if type_ is None:
        raise _NotHereError(_NO_TYPE)
    return draw_form(frame, type_)


def _asked(params: Mapping[str, str]) -> tuple[SiteQuery, str]:
    within, name = find_area(params)
    return replace(parse_query(params), within=within), name


def _pins(params: Mapping[str, str], now: datetime) -> tuple[bytes, str]:
    asked = tuple(sorted((key, text) for key, text in params.items() if key not in _OF_NO_PIN))
    return _pins_at(asked, register_stamp(), now.date().isoformat())


@lru_cache(maxsize=8)
def _pins_at(
    asked: tuple[tuple[str, str], ...], _at: tuple[str, ...], today: str
) -> tuple[bytes, str]:
    """Return the signs and their fingerprint; the town's and register's stamps make them anew."""
    query, _ = _asked(dict(asked))
    pins = list_pins(register_now(), query)
    shapes = [one.shape for one in pins]
    rows = [
        {
            "kind": one.type, "number": one.number, "title": one.title, "status": one.status,
            "due": due_state(one, today), "lon": one.lon, "lat": one.lat,
        }
        for one in pins
    ]  # fmt: skip
    body = dump_geojson(shapes, rows, [one.id for one in pins], foreign={}).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'


async def _photo_route(request: Request) -> Response:
    lang = _lang(request.query_params)
    asked = _PHOTO.fullmatch(request.path_params["name"])
    if asked is None:
        return _plain(_NO_PHOTO, lang, 404)

    def load() -> bytes:
        return register_now().photos.load(asked["id"], thumb=bool(asked["thumb"]))

    try:
        body = await run_in_threadpool(load)
    except InputError:
        # What is wrong with the file is for the office: its path is nobody else's.
        return _plain(_NO_PHOTO, lang, 404)
    # A photo never changes under its name; it is for this reader's own cache only.
    headers = _HEADERS | {
        "Cache-Control": "private, max-age=86400",
        "Content-Security-Policy": PHOTO_CSP,
    }
    return Response(body, media_type="image/jpeg", headers=headers)


def _told(words: Words, lang: Lang, status: int) -> Response:
    heads = {
        404: Words("見つかりません", "Not found"),
        400: Words("出せません", "Cannot be printed"),
    }
    head = heads[status].say(lang)
    return _html(render_page("missing.html", lang, title=head, text=words.say(lang)), status)


def _html(page: str, status: int) -> Response:
    headers = _HEADERS | {"Content-Security-Policy": PRINT_CSP}
    return Response(page, status_code=status, media_type="text/html", headers=headers)


def _plain(words: Words, lang: Lang, status: int) -> Response:
    return Response(words.say(lang), status_code=status, media_type="text/plain", headers=_HEADERS)


def _lang(params: Mapping[str, str]) -> Lang:
    return "en" if params.get("lang") == "en" else "ja"
