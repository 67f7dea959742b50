"""The addresses a device sends its work to (端末が送る先).

Whether the sender may is asked before any of this: see `surveys.api.gate`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse
from starlette.routing import Route

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.api.bodies import (
    TooLargeError,
    error_answer,
    is_image,
    is_json,
    say_words,
)
from surveys.api.taking import Desk, too_much
from surveys.store.devices import (
    Contact,
    Track,
    drop_own_track,
    find_account,
    keep_holds,
    keep_track,
)
from surveys.store.field_receipts import make_receipt
from surveys.store.quota import find_used, is_here
from surveys.store.received import NotYet, receive_record
from surveys.store.received_photos import receive_photo
from surveys.sync.device_words import (
    is_device_id,
    is_photo_id,
    parse_holds,
    parse_lists,
    parse_object,
    parse_track,
)
from surveys.sync.received import MOST_BYTES, parse_sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from surveys.api.taking import Act, Call
    from surveys.store.quota import Used
    from surveys.store.received import SendAnswer
    from surveys.store.register import Register

PLACE: Final = "/api/v1/field"
# A photo's own limit, as the shelf has it.
MOST_PHOTO_BYTES: Final = 40_000_000
_DAMAGED: Final = Words(
    "写真が途中でこわれて届きました。もう一度送ってください",
    "the photo came damaged: send it again",
)
_NO_ID: Final = Words("番号が正しくありません", "not an id")
_NO_IMAGE: Final = Words("写真（image/…）ではありません", "the content type is no image")
_NO_JSON: Final = Words("JSON（application/json）ではありません", "the content type is not JSON")
_ANOTHERS: Final = Words(
    "この歩いた跡は、ほかの人がサインインして送ったものです。その人がサインインすると消せます",
    "this track was sent by somebody else who was signed in; it is erased when they sign in",
)
_TOO_LARGE: Final = Words("大きすぎます", "too large")


def now_utc() -> datetime:
    """Return the time (いま)."""
    return datetime.now(UTC)


def no_user(_request: Request) -> str | None:
    """Return nobody: where no one signs in (利用者なし)."""
    return None


def make_sync_routes(
    register: Callable[[], Register],
    user: Callable[[Request], str | None] = no_user,
    now: Callable[[], datetime] = now_utc,
) -> list[BaseRoute]:
    """Return the routes devices send by (送る先の経路).

    Parameters
    ----------
    register
        Gives the town's register, opened once.
    user
        Gives the id of the account that sends, ``None`` for none.
    now
        The clock.
    """
    desk = Desk(register, user, now)

    def route(path: str, method: str, act: Act, most: int, *, image: bool = False) -> Route:
        async def endpoint(request: Request) -> Response:
            typed = is_image(request) if image else is_json(request)
            if method != "DELETE" and not typed:
                return error_answer(_NO_IMAGE if image else _NO_JSON, 403)
            take = desk.take_photo if image else desk.take
            try:
                return await take(request, act, most)
            except TooLargeError:
                return error_answer(_TOO_LARGE, 400 if act is _record else 413)

        return Route(PLACE + path, endpoint, methods=[method])

    return [
        route("/devices/{id}", "PUT", _device, 100_000),
        route("/photos/{id}", "PUT", _photo, MOST_PHOTO_BYTES, image=True),
        route("/records/{id}", "PUT", _record, MOST_BYTES),
        route("/tracks/{id}", "PUT", _track, 4_000_000),
        route("/tracks/{id}", "DELETE", _untrack, 0),
        route("/receipts", "POST", _receipt, 4_000_000),
    ]


def dump_used(used: Used) -> dict[str, Any]:
    """Return how much of a day's allowance is used, as JSON (使った量を書く)."""
    words = used.words()
    return {
        "photos": round(used.photos, 4), "records": round(used.records, 4),
        "words": words and say_words(words),
    }  # fmt: skip


def _device(call: Call) -> Response:
    if not is_device_id(call.id):
        return error_answer(_NO_ID, 400)
    try:
        holds = parse_holds(parse_object(call.body()), now=call.contact.now)
    except InputError as error:
        return error_answer(error.words, 400)
    contact = Contact(device_id=call.id, account_id=call.contact.account_id, now=call.contact.now)
    code = keep_holds(call.register, contact, holds)
    account = find_account(call.register, contact.account_id)
    quota = dump_used(find_used(call.register, contact))
    told = {"code": code, "server_time": contact.now, "account": account, "quota": quota}
    return _json(told)


def _photo(call: Call) -> Response:
    if not is_photo_id(call.id):
        return error_answer(_NO_ID, 400)
    if call.sha256 != call.id:
        return error_answer(_DAMAGED, 400, damaged=True)
    kept = receive_photo(call.register, call.id, call.data, call.contact)
    fault = say_words(kept.fault) if kept.fault else None
    told = {"id": kept.id, "state": kept.state, "again": kept.again, "fault": fault}
    quota = dump_used(find_used(call.register, call.contact))
    return _json(told | {"quota": quota} if quota["words"] else told)


def _record(call: Call) -> Response:
    try:
        sent = parse_sent(call.body(), call.id)
    except InputError as error:
        return error_answer(error.words, 400)
    used = find_used(call.register, call.contact)
    if used.records >= 1 and not is_here(call.register, record_id=call.id):
        return too_much()
    wait = call.query.get("wait") != "no"
    came = receive_record(call.register, sent, call.contact, wait=wait)
    if isinstance(came, NotYet):
        return _json(dump_not_yet(came), 409)
    return _json(dump_answer(came))


def dump_answer(answer: SendAnswer) -> dict[str, Any]:
    """Return what a device is told of a record, as JSON (記録の受取を書く)."""
    return {
        "state": answer.state, "seq": answer.seq, "number": answer.number,
        "conflicts": list(answer.conflicts), "again": answer.again, "faults": answer.faults,
        "received_at": answer.received_at,
    }  # fmt: skip


def dump_not_yet(not_yet: NotYet) -> dict[str, Any]:
    """Return what has to come first, as JSON (先に要るものを書く)."""
    if not_yet.missing_photos:
        return {"missing_photos": list(not_yet.missing_photos)}
    return {"wait_for": not_yet.wait_for}


def _track(call: Call) -> Response:
    if not is_device_id(call.id):
        return error_answer(_NO_ID, 400)
    try:
        walk_id, day, points = parse_track(parse_object(call.body()))
    except InputError as error:
        return error_answer(error.words, 400)
    track = Track(
        id=call.id, device_id=call.contact.device_id, account_id=call.contact.account_id,
        walk_id=walk_id, day=day, received_at=call.contact.now, points=points,
    )  # fmt: skip
    return _json({"id": call.id, "again": keep_track(call.register, track)})


def _untrack(call: Call) -> Response:
    if not is_device_id(call.id):
        return error_answer(_NO_ID, 400)
    if not drop_own_track(call.register, call.id, call.contact):
        return error_answer(_ANOTHERS, 403)
    return _json({"id": call.id})


def _receipt(call: Call) -> Response:
    try:
        device_id, day, records, photos = parse_lists(parse_object(call.body()))
    except InputError as error:
        return error_answer(error.words, 400)
    contact = Contact(device_id=device_id, account_id=call.contact.account_id, now=call.contact.now)
    return _json(make_receipt(call.register, contact, day, records, photos))


def _json(body: dict[str, Any], status: int = 200) -> Response:
    return JSONResponse(body, status_code=status, headers={"Cache-Control": "no-store"})
