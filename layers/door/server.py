"""uvicorn behind the door (入口のあるサーバー)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import ClientDisconnect
from uvicorn import Config, Server

from layers.door.door import Door
from layers.door.guarded import Guarded
from layers.door.seldom import LOG
from layers.door.visits import Visits

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Iterable, Sequence

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from layers.door.bounds import Bounds
    from layers.door.visits import Visit

VISIT: Final = "kayoi.visit"
# A request's head, whatever is in it.
LARGEST_HEAD: Final = 16_384
LARGEST_FORM: Final = 16_384


class Watched:
    """The whole app, seen from the door: who asks, and who went away in the midst of it (見はり)."""

    def __init__(self, app: ASGIApp, visits: Visits, is_known: Callable[[Scope], bool]) -> None:
        self.app = app
        self.visits = visits
        self.is_known = is_known

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on (通す)."""
        visit = scope.get("state", {}).pop(VISIT, None)
        if visit is None:
            await self.app(scope, receive, send)
            return

        def look() -> None:
            if not visit.signed_in and self.is_known(scope):
                self.visits.know(visit)

        came = [] if self.visits.knows(visit) else await _collect(scope, receive)
        if came and came[-1]["type"] == "http.disconnect":
            LOG.warning("a body broke off before it was whole")
            return

        async def take() -> Message:
            look()
            return came.pop(0) if came else await receive()

        async def give(message: Message) -> None:
            look()
            await send(message)

        try:
            await self.app(scope, take, give)
        except ClientDisconnect:
            LOG.warning("a body broke off before it was whole")


async def _collect(scope: Scope, receive: Receive) -> list[Message]:
    """Return a stranger's body, as far as it is no longer than a form.

    One that is never sent whole costs the app nothing: it is not begun.
    """
    names = {name for name, _ in scope.get("headers", ())}
    if scope["type"] != "http" or not names & {b"content-length", b"transfer-encoding"}:
        return []
    came, size = [await receive()], 0
    while came[-1].get("more_body") and (size := size + len(came[-1]["body"])) <= LARGEST_FORM:
        came.append(await receive())
    return came


class GuardedServer(Server):
    """uvicorn's server, whose connections come through the door (入口のあるサーバー).

    Parameters
    ----------
    is_known
        Whether a request, once the gate has let it in, is of somebody signed in.
    proxies
        See `Visits`.
    """

    def __init__(
        self,
        config: Config,
        bounds: Bounds,
        is_known: Callable[[Scope], bool],
        *,
        proxies: Iterable[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(config)
        self.visits = Visits(bounds, clock, proxies)
        self.is_known = is_known

    async def startup(self, sockets: Sequence[socket.socket] | None = None) -> None:
        """Begin to serve on sockets that listen already (はじめる)."""
        config = self.config
        config.loaded_app = Watched(config.loaded_app, self.visits, self.is_known)
        await super().startup(sockets=[])
        door = Door(sockets or (), self.visits, self._make, config.ssl)
        door.open()
        self.servers: list[Any] = [door]

    async def shutdown(self, sockets: Sequence[socket.socket] | None = None) -> None:  # noqa: ARG002 - the door has them
        """End (おわる)."""
        await super().shutdown(sockets=[])

    def _make(self, visit: Visit) -> Guarded:
        return Guarded(
            visit, self.visits,
            config=self.config, server_state=self.server_state,
            app_state={**self.lifespan.state, VISIT: visit},
        )  # fmt: skip
