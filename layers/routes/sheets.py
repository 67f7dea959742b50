"""Routes of the sheets for paper, one a sheet (紙の経路)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.walk.walkers import WALKERS
from layers.routes.parts.answer import HEADERS, lang_of
from layers.routes.parts.declare import Routes
from layers.served.clock import now_in_japan
from layers.served.register import register_now
from layers.served.town import town_folder
from layers.served.walking import day_now
from layers.sheets.parts.declare import NotHereError
from layers.sheets.parts.frame import Frame, render_page
from layers.sheets.sheet import SHEETS
from surveys.api.kinds import of_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from geo.base.words import Lang
    from layers.sheets.parts.declare import Sheet

_WALKER: Final = "elderly"
_HEADS: Final = {
    404: Words("見つかりません", "Not found"),
    400: Words("出せません", "Cannot be printed"),
}


def make_sheet_routes(now: Callable[[], datetime] = now_in_japan) -> list[BaseRoute]:
    """Return ``/print/…``, a page for A4 of every sheet; ``lang=en`` for English (紙の経路).

    Parameters
    ----------
    now
        The clock: what is stamped on sheets, and what "due" is measured by.
    """
    return of_kind("sheet", [_page(sheet, now) for sheet in SHEETS.values()])


def _page(sheet: Sheet, now: Callable[[], datetime]) -> Route:
    def make(path_params: Mapping[str, str], params: Mapping[str, str]) -> str:
        day = day_now()
        frame = Frame(
            town_folder=town_folder(),
            town=day.town,
            register=register_now(),
            walker=WALKERS[_WALKER],
            now=now(),
            lang=lang_of(params),
            told=day.told,
        )
        return sheet.draw(frame, path_params, params)

    async def endpoint(request: Request) -> Response:
        lang = lang_of(request.query_params)
        try:
            page = await run_in_threadpool(make, request.path_params, request.query_params)
        except NotHereError as error:
            return _told(outside(error.words), lang, 404)
        except InputError as error:
            return _told(outside(error.words), lang, 400)
        return _html(page, 200)

    return Route(f"/print/{sheet.address}", endpoint, methods=["GET"])


def _told(words: Words, lang: Lang, status: int) -> Response:
    head, asked = _HEADS[status].say(lang), "?lang=en" if lang == "en" else ""
    return _html(
        render_page("missing.html", lang, title=head, text=words.say(lang), asked=asked), status
    )


def _html(page: str, status: int) -> Response:
    return Response(page, status_code=status, media_type="text/html", headers=HEADERS)


ROUTES: Final = Routes(
    id="sheets", make=make_sheet_routes, seen_by="signed in",
    words=Words("紙に出すページ", "pages for paper"),
)  # fmt: skip
