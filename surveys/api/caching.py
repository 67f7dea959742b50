"""What a browser or a proxy may keep of an answer (とっておいてよいもの).

Decided once, at the gate, over every answer there is: whoever adds an address need not think of
it, and whoever forgets gives nothing away.
"""

from __future__ import annotations

from typing import Final

# The same for everybody everywhere: program files, ours and Streamlit's. Nothing of a town.
PUBLIC: Final = ("/assets/", "/static/", "/component/", "/_stcore/bidi-components/")
NOWHERE: Final = "private, no-store"
ASKED_EACH_TIME: Final = "private, no-cache"


def cache_control(path: str, told: str, media: str) -> str:
    """Return an answer's ``Cache-Control``, never laxer than it may be (とっておき方).

    A page is kept nowhere: going back to it would show it without asking. Other answers may
    be kept to be asked about each time, by their ETag, where their route says ``no-cache``.

    Parameters
    ----------
    told
        What the route said; "" for nothing.
    media
        The content type.

    Examples
    --------
    >>> cache_control("/photos/x.jpg", "public, max-age=86400", "image/jpeg")
    'private, no-store'
    >>> cache_control("/assets/leaflet.js", "public, max-age=31536000, immutable", "text/javascript")
    'public, max-age=31536000, immutable'
    """
    if path.startswith(PUBLIC):
        return told or "no-cache"
    asked = {one.strip().lower() for one in told.split(",")}
    if "no-store" in asked:
        return told
    if "no-cache" in asked and not media.startswith("text/html"):
        return ASKED_EACH_TIME
    return NOWHERE
