"""Routes to sign in to the town being served (サインインの経路)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.routes.parts.declare import Routes
from layers.served.account import sign_in_needed
from layers.served.register import register_now
from surveys.api.sign_in import make_sign_in_routes

if TYPE_CHECKING:
    from starlette.routing import BaseRoute


def _make() -> list[BaseRoute]:
    return make_sign_in_routes(register_now, sign_in_needed)


ROUTES: Final = Routes(
    id="sign_in", make=_make, seen_by="everyone",
    words=Words("サインインとサインアウト", "to sign in and out"),
)  # fmt: skip
