"""Routes devices send their work by (端末が送る先の経路)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.routes.parts.declare import Routes
from layers.served.register import register_now
from surveys.api.gate import account_id_of
from surveys.api.kinds import of_kind
from surveys.api.sync import make_sync_routes

if TYPE_CHECKING:
    from starlette.routing import BaseRoute


def _make() -> list[BaseRoute]:
    return of_kind("data", make_sync_routes(register_now, account_id_of))


ROUTES: Final = Routes(
    id="sync", make=_make, seen_by="signed in",
    words=Words("端末が記録を送る先", "where devices send what they hold"),
)  # fmt: skip
