"""Where to go after signing in: only ever an address of our own (サインインのあとの行き先)."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

HOME: Final = "/"
_LONGEST: Final = 2000
_SPACE: Final = 0x20
_DELETE: Final = 0x7F


def safe_next(text: str | None) -> str:
    r"""Return an address as it was asked for if it is a path of ours, else the first page (行き先).

    Browsers drop tabs and line ends, and take a backslash for a slash: none may be in it.

    Examples
    --------
    >>> safe_next("/map?lang=en"), safe_next("//evil.example"), safe_next("/\\evil.example")
    ('/map?lang=en', '/', '/')
    """
    if not text or len(text) > _LONGEST or not text.startswith("/") or text.startswith("//"):
        return HOME
    if "\\" in text or any(ord(sign) <= _SPACE or ord(sign) == _DELETE for sign in text):
        return HOME
    try:
        found = urlsplit(text)
    except ValueError:
        return HOME
    if found.scheme or found.netloc or found.path.startswith("/auth/"):
        return HOME
    return text


def sign_in_address(path: str, query: str = "") -> str:
    """Return the address of the sign-in page that leads back to one of ours (サインインの行き先)."""
    asked = safe_next(quote(path, safe="/%:@!$&'()*+,;=-._~") + (f"?{query}" if query else ""))
    return f"/auth/login?next={quote(asked, safe='/')}"
