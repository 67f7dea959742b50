"""Routes of the sheets for paper, one a sheet (紙の経路)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Route

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.walk.walkers import WALKERS
from layers.pdf.handed import file_name, hand_over
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
_AS, _PDF = "as", "pdf"
_NO_SUCH_FILE: Final = Words(
    "出せるファイルは PDF だけです（as=pdf）", "a sheet comes as a PDF only (as=pdf)"
)
_HEADS: Final = {
    404: Words("見つかりません", "Not found"),
    400: Words("出せません", "Cannot be printed"),
}


def make_sheet_routes(now: Callable[[], datetime] = now_in_japan) -> list[BaseRoute]:
    """Return ``/print/…``, a page for A4 of every sheet; ``lang=en`` for English (紙の経路).

    With ``as=pdf`` the same page comes as a PDF, to be kept or sent.

    Parameters
    ----------
    now
        The clock: what is stamped on sheets, and what "due" is measured by.
    """
    return of_kind("sheet", [_page(sheet, now) for sheet in SHEETS.values()])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A sheet, and as a PDF its bytes and name."""

    page: str
    pdf: bytes = b""
    name: str = ""


def _page(sheet: Sheet, now: Callable[[], datetime]) -> Route:
    def make(path_params: Mapping[str, str], params: Mapping[str, str]) -> _Made:
        as_file, day = _asks_for_file(params), day_now()
        frame = Frame(
            town_folder=town_folder(),
            town=day.town,
            register=register_now(),
            walker=WALKERS[_WALKER],
            now=now(),
            lang=lang_of(params),
            told=day.told,
            as_file=as_file,
        )
        page = sheet.draw(
            frame, path_params, {key: value for key, value in params.items() if key != _AS}
        )
        if not as_file:
            return _Made(page=page)
        office = sheet.for_office
        return _Made(
            page=page,
            pdf=hand_over([page], frame, for_office=office),
            name=file_name(page, frame, for_office=office),
        )

    async def endpoint(request: Request) -> Response:
        lang = lang_of(request.query_params)
        try:
            made = await run_in_threadpool(make, request.path_params, request.query_params)
        except NotHereError as error:
            return _told(outside(error.words), lang, 404)
        except InputError as error:
            return _told(outside(error.words), lang, 400)
        if made.pdf:
            return _pdf(made, sheet)
        return _html(made.page, 200)

    return Route(f"/print/{sheet.address}", endpoint, methods=["GET"])


def _asks_for_file(params: Mapping[str, str]) -> bool:
    asked = params.get(_AS, "")
    if asked not in ("", _PDF):
        raise InputError(_NO_SUCH_FILE)
    return asked == _PDF


def _pdf(made: _Made, sheet: Sheet) -> Response:
    # The plain name is for what cannot read the other (RFC 6266, RFC 8187).
    named = f"inline; filename=\"{sheet.id}.pdf\"; filename*=UTF-8''{quote(made.name, safe='')}"
    return Response(
        made.pdf, media_type="application/pdf", headers=HEADERS | {"Content-Disposition": named}
    )


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
