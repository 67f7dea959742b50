"""Is a request one of our own pages' making, and on an address of ours (どこから来たか)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
FOREIGN: Final = Words(
    "ほかのサイトから来た操作は受けつけません。かよいマップの画面からやり直してください",
    "this came from another site; do it again from Kayoi Map's own page",
)
OTHER_TYPE: Final = Words(
    "この形式のデータは受けつけません", "data of this content type is not taken"
)
OTHER_HOST: Final = Words(
    "この名前では開けません。サインインなしで使えるのは、動かしている機械の中だけです。"
    "ほかから使うときは、kayoi user add で利用者をつくり、kayoi serve を始め直してください",
    "not under this name: without sign-in the app is for its own machine alone; to use it from"
    " elsewhere, make an account with kayoi user add and start kayoi serve anew",
)
_OWN_NAMES: Final = frozenset({"127.0.0.1", "localhost", "::1"})
# What a proxy in front adds: then the loopback address says nothing about who asks.
_PROXIED: Final = (
    "forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port",
    "x-forwarded-proto", "x-forwarded-server", "x-real-ip", "x-client-ip", "x-original-host",
    "true-client-ip", "cf-connecting-ip", "cf-ray",
)  # fmt: skip
# No browser speaks it any more; nginx does to what is behind it, and adds nothing else.
_PROXYS_HTTP: Final = "1.0"
_STREAMLITS: Final = ("/_stcore/", "/media/", "/component/")


def find_fault(method: str, path: str, headers: Mapping[str, str], *, scheme: str) -> Words | None:
    """Return why a request that changes something is turned away, if it is (断るわけ).

    Streamlit looks after its own addresses, as far as no other site asks.

    Parameters
    ----------
    headers
        By names in small letters.
    """
    if method in READING:
        return None
    own = is_own_origin(headers, scheme) or headers.get("sec-fetch-site") == "same-origin"
    if path.startswith(_STREAMLITS):
        told = "origin" in headers or "sec-fetch-site" in headers
        return FOREIGN if told and not own else None
    if not own:
        return FOREIGN
    return None if _is_taken(method, path, headers) else OTHER_TYPE


def is_own_origin(headers: Mapping[str, str], scheme: str) -> bool:
    """Say whether ``Origin`` names the address that was asked (自分のところからか).

    Behind a proxy that does not tell, http may have been https outside; never the reverse.
    """
    try:
        origin = urlsplit(headers.get("origin", ""))
    except ValueError:
        return False
    schemes = {"https"} if scheme in {"https", "wss"} else {"http", "https"}
    host = headers.get("host", "").lower()
    return bool(host) and origin.scheme in schemes and origin.netloc.lower() == host


def is_own_machine(headers: Mapping[str, str], version: str = "1.1") -> bool:
    """Say whether a request names this machine by its loopback name, with no proxy between (機械の中か).

    Parameters
    ----------
    version
        Of HTTP.
    """
    proxied = version == _PROXYS_HTTP or any(name in headers for name in _PROXIED)
    return is_own_name(headers) and not proxied


def is_own_name(headers: Mapping[str, str]) -> bool:
    """Say whether ``Host`` is a loopback name, whatever its port (ループバックの名前か)."""
    try:
        host = urlsplit("//" + headers.get("host", ""))
    except ValueError:
        return False
    return host.hostname in _OWN_NAMES and "@" not in host.netloc


def _is_taken(method: str, path: str, headers: Mapping[str, str]) -> bool:
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    if path.startswith("/auth/"):
        return media == "application/x-www-form-urlencoded"
    if method == "DELETE" and not media:
        return True
    return media == "application/json" or media.startswith("image/")
