"""What comes in and goes out of our addresses: bodies of a limited size, faults as JSON (本文)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse

from geo.base.outside import outside

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from geo.base.words import Words


_MOST_DIGITS: Final = 20


class TooLargeError(Exception):
    """A body of more bytes than an address takes (大きすぎる本文)."""


def told_size(request: Request) -> int | None:
    """Return how many bytes a body says it has, ``None`` when it does not (言われた大きさ)."""
    told = request.headers.get("content-length", "")
    return int(told[:_MOST_DIGITS]) if told.isascii() and told.isdigit() else None


def is_json(request: Request) -> bool:
    """Say whether a request says it carries JSON (JSON か)."""
    return _media(request) == "application/json"


def is_image(request: Request) -> bool:
    """Say whether a request says it carries an image (写真か)."""
    return _media(request).startswith("image/")


def say_words(words: Words) -> dict[str, str]:
    """Return words as JSON, without where anything lies on the server (ことばを書く)."""
    told = outside(words)
    return {"ja": told.ja, "en": told.en}


def error_answer(words: Words, status: int, **more: object) -> Response:
    """Return why something was not done (できないわけ)."""
    body = {"error": say_words(words), **more}
    return JSONResponse(body, status_code=status, headers={"Cache-Control": "no-store"})


def _media(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().casefold()
