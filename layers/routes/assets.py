"""The route for the browser's files (部品の経路)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from geo.base.words import Words
from layers.maps.base_map import ASSETS, asset_version
from layers.routes.parts.declare import Routes
from surveys.api.kinds import of_kind

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import Scope

_A_YEAR: Final = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """Our built files; an address with its file's own hash may be kept for good (部品)."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file with its caching rules (返事)."""
        response = await super().get_response(path, scope)
        told = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("v", [""])
        # Believed only where it is true: a wrong one would hide the next release for a year.
        versioned = bool(told[0]) and told == [asset_version(path)]
        response.headers["Cache-Control"] = _A_YEAR if versioned else "no-cache"
        return response


def make_asset_routes() -> list[BaseRoute]:
    """Return the route ``/assets/`` (経路)."""
    mount = Mount("/assets", Assets(directory=ASSETS, check_dir=False), name="assets")
    return of_kind("data", [mount])


ROUTES: Final = Routes(
    id="assets", make=make_asset_routes, seen_by="signed in", kept_by="anybody",
    words=Words("ブラウザの部品", "the browser's files"),
)  # fmt: skip
