"""What answers about the register share (台帳の返事)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from geo.base.words import Lang, Words

# Records are for the office: nothing of them stays on a shared machine or in a proxy. That no
# other site learns their addresses or shows them, their kind says (`surveys.api.kinds`).
HEADERS: Final = {"Cache-Control": "private, no-store"}


def plain_answer(words: Words, lang: Lang, status: int) -> Response:
    """Return words as plain text (文だけの返事)."""
    return Response(words.say(lang), status_code=status, media_type="text/plain", headers=HEADERS)


def tagged_answer(request: Request, body: bytes, media_type: str) -> Response:
    """Return bytes with their fingerprint, or that the asker has them (印のついた返事).

    Kept by the reader's own browser alone, and asked about each time: then 300 bytes are sent
    instead of up to a megabyte.
    """
    tag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
    headers = HEADERS | {"Cache-Control": "private, no-cache", "ETag": tag}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def lang_of(params: Mapping[str, str]) -> Lang:
    """Return the language an address asks for (アドレスの言語)."""
    return "en" if params.get("lang") == "en" else "ja"


def is_known(request: Request, tag: str) -> bool:
    """Say whether the asker has it; a server that packs on the way may have made a tag weak (既知か)."""
    told = request.headers.get("if-none-match", "").split(",")
    return tag.removeprefix("W/") in [one.strip().removeprefix("W/") for one in told]
