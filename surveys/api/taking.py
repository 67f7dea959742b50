"""Takes what a device sends, however much it is, and gives it to what answers (受け取る).

Large bodies go to disk as they come, and are read when their turn has come.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING, Final

from anyio import CapacityLimiter, to_thread

from geo.base.problems import InputError
from surveys.api.arriving import Arriving
from surveys.api.bodies import error_answer, told_size
from surveys.api.gate import NOT_SIGNED_IN
from surveys.record.cannot_keep import CannotKeepError
from surveys.store.devices import Contact
from surveys.store.quota import FULL, find_used, is_here
from surveys.store.witness import SignedOutError
from surveys.sync.device_words import is_device_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from surveys.store.register import Register

    Act = Callable[["Call"], Response]

DEVICE_HEADER: Final = "x-kayoi-device"
_PHOTOS_AT_ONCE: Final = 4
_AGAIN_S: Final = 3600


class Call:
    """One request with all an answer needs (ひとつの要求).

    Attributes
    ----------
    data, sha256
        What came: a large photo is in a file.
    """

    __slots__ = ("contact", "data", "id", "query", "register", "sha256")

    def __init__(self, register: Register, contact: Contact, request: Request) -> None:
        self.register = register
        self.contact = contact
        self.id = str(request.path_params.get("id", ""))
        self.query = request.query_params
        self.data: bytes | Path = b""
        self.sha256 = ""

    def body(self) -> bytes:
        """Return what came as bytes (本文)."""
        return self.data if isinstance(self.data, bytes) else self.data.read_bytes()


class Coming:
    """Bytes of photos that are on their way, by who sends them (届く途中の量)."""

    def __init__(self) -> None:
        self._bytes: Counter[str] = Counter()

    def of(self, contact: Contact) -> tuple[int, int]:
        """Return how many of a device's and an account's are (途中の量)."""
        return self._bytes[f"d {contact.device_id}"], self._bytes[f"a {contact.account_id}"]

    def add(self, contact: Contact, size: int) -> None:
        """Count some more, or fewer (足し引きする)."""
        for key in (f"d {contact.device_id}", f"a {contact.account_id}"):
            self._bytes[key] += size
            if not self._bytes[key]:
                del self._bytes[key]


class Desk:
    """Where all that devices send is taken (受け取り口).

    Parameters
    ----------
    register, user, now
        See `surveys.api.sync.make_sync_routes`.
    """

    def __init__(
        self,
        register: Callable[[], Register],
        user: Callable[[Request], str | None],
        now: Callable[[], datetime],
    ) -> None:
        self._register = register
        self._user = user
        self._now = now
        self._coming = Coming()
        # A photo may wait for another to be made anew: that must not take the pages' own threads.
        self._shelf = CapacityLimiter(_PHOTOS_AT_ONCE)

    async def take(self, request: Request, act: Act, most: int) -> Response:
        """Answer a body of JSON (JSON を受け取る).

        Raises
        ------
        TooLargeError
            When it has more than `most` bytes.
        """
        try:
            call = await to_thread.run_sync(self._call, request)
            async with Arriving(call.register.photos.arriving, most) as came:
                await came.take(request)
                call.data, call.sha256 = came.data, came.sha256
                return await to_thread.run_sync(act, call)
        except InputError as error:
            return not_now(error)

    async def take_photo(self, request: Request, act: Act, most: int) -> Response:
        """Answer a photo (写真を受け取る).

        Raises
        ------
        TooLargeError
            When it has more than `most` bytes.
        """
        try:
            call = await to_thread.run_sync(self._call, request)
            size = told_size(request) or most
            self._coming.add(call.contact, size)
            try:
                coming = self._coming.of(call.contact)
                if await to_thread.run_sync(_is_too_much, call, coming):
                    return too_much()
                async with Arriving(call.register.photos.arriving, most) as came:
                    await came.take(request)
                    call.data, call.sha256 = came.data, came.sha256
                    return await to_thread.run_sync(act, call, limiter=self._shelf)
            finally:
                self._coming.add(call.contact, -size)
        except InputError as error:
            return not_now(error)

    def _call(self, request: Request) -> Call:
        device_id = request.headers.get(DEVICE_HEADER, "")
        contact = Contact(
            device_id=device_id if is_device_id(device_id) else "",
            account_id=self._user(request),
            now=moment_text(self._now()),
        )
        return Call(self._register(), contact, request)


def moment_text(moment: datetime) -> str:
    """Return a moment in UTC to the millisecond, as versions carry it (日時の文字)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def not_now(error: InputError) -> Response:
    """Return why something cannot be kept now (いまは受け取れないわけ)."""
    if isinstance(error, SignedOutError):
        # The session ended while the body came: the device keeps what it sent.
        return error_answer(NOT_SIGNED_IN, 401)
    full = isinstance(error, CannotKeepError) and error.full
    return error_answer(error.words, 507 if full else 503)


def too_much() -> Response:
    """Return that a day's allowance is used up: what was not taken may come later (多すぎる)."""
    answer = error_answer(FULL, 429)
    answer.headers["Retry-After"] = str(_AGAIN_S)
    return answer


def _is_too_much(call: Call, coming: tuple[int, int]) -> bool:
    """Say whether a photo is more than may come in a day; one that is here already never is."""
    used = find_used(call.register, call.contact, coming=coming)
    return used.photos > 1 and not is_here(call.register, photo_id=call.id)
