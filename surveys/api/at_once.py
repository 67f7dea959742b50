"""How many requests are worked on at once: the next is told to come again (同時の数)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from surveys.api.bodies import error_answer
from surveys.api.gate import user_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

AGAIN_S: Final = 5
BUSY: Final = Words(
    "いま、たいへん混んでいます。書いたものは消えません。少し待って、もう一度ためしてください",
    "very busy just now; nothing you wrote is lost: wait a little and try again",
)


class AtOnce:
    """Middleware behind the gate that counts what is under way (同時の数をかぞえる).

    Those who have signed in and those who have not are counted apart: whatever strangers do, the
    first are answered. Pages' own connections are not counted here.

    Parameters
    ----------
    most, of_one
        Requests in all, and of one account.
    strangers, of_one_stranger
        The same of those who have not signed in, by address.
    """

    def __init__(
        self, app: ASGIApp, *, most: int = 240, of_one: int = 120,
        strangers: int = 100, of_one_stranger: int = 40,
    ) -> None:  # fmt: skip
        self.app = app
        self._most = {True: most, False: strangers}
        self._of_one = {True: of_one, False: of_one_stranger}
        self._all = {True: 0, False: 0}
        self._ones: Counter[tuple[bool, str]] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or say that it is too much now (通すか、あとにしてもらう)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        user = user_of(scope)
        inside = user is not None
        one = (inside, user.id if user else str((scope.get("client") or ("",))[0]))
        if self._all[inside] >= self._most[inside] or self._ones[one] >= self._of_one[inside]:
            answer = error_answer(BUSY, 503)
            answer.headers["Retry-After"] = str(AGAIN_S)
            await answer(scope, receive, send)
            return
        self._all[inside] += 1
        self._ones[one] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._all[inside] -= 1
            self._ones[one] -= 1
            if not self._ones[one]:
                del self._ones[one]
