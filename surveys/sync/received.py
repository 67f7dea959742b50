"""A body from a device: read so that nothing of it is lost, whatever it says (届いたもの)."""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.answers import clean_text, is_clean
from surveys.record.as_of import JAPAN
from surveys.record.plain import has_plain_numbers
from surveys.sync.submission import LONGEST_ID, LONGEST_LABEL, LONGEST_NAME, parse_submission

if TYPE_CHECKING:
    from surveys.record.answers import Fault
    from surveys.sync.submission import Submission

MOST_BYTES: Final = 2_000_000
# Answers lie four deep; a shape's rings, five.
DEEPEST: Final = 20
RAW: Final = "raw"
# What a device may still change once a record is written: what people call it by, and which photos
# it has for it. A saved file may have brought the same record under an earlier label.
_NOT_SAID: Final = frozenset({"label", "photos"})
# A device whose clock is off by more is told of: the days of its records may be wrong.
CLOCK_OFF_S: Final = 600
CLOCK: Final = "@clock"
_SENT_ID: Final = re.compile(r"[0-9a-f]{32}")
_DAY_S: Final = 86_400
_HOUR_S: Final = 3_600
_LONGEST_NUMBER: Final = 30
_NO_JSON: Final = Words(
    "記録として読めません（JSON ではありません）", "this is no record: it is not JSON"
)
_ODD: Final = Words(
    "使えない文字か数、または同じ項目が2度あります",
    "it holds characters or numbers that cannot be used, or a key twice",
)
UNFINISHED: Final = Words("途中の記録です", "a record nobody had finished")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A body as it came, and what can be made of it (届いた本文).

    Attributes
    ----------
    id
        The submission's own.
    payload
        What is kept: the body's JSON; its text under ``raw`` where no database holds the JSON as
        it is.
    digest
        SHA-256 of what it says, in one fixed form: two of the same id and digest are one.
    submission
        ``None`` when its form is wrong.
    faults
        What is wrong with its form.
    """

    id: str
    digest: str
    payload: dict[str, Any]
    submission: Submission | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What a list says of a body, well-formed or not (表書き)."""

    label: str
    site_id: str
    type: str
    title: str
    day: str
    clock_off_s: float


class _Odd:
    """Collects what Python reads and JSON, or a database, does not know."""

    def __init__(self) -> None:
        self.found = False

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        out = dict(pairs)
        self.found |= len(out) < len(pairs)
        return out

    def constant(self, _name: str) -> None:
        self.found = True

    def whole(self, text: str) -> int:
        if len(text) > _LONGEST_NUMBER:
            self.found = True
            return 0
        return int(text)


def parse_sent(body: bytes | str, id_: str = "") -> Sent:
    """Return a body that was sent, whatever it says as long as it is JSON (本文を読む).

    Parameters
    ----------
    id_
        The id it was sent under; "" takes its own.

    Raises
    ------
    InputError
        When it is no JSON object, too large, or of another id.
    """
    if len(body) > MOST_BYTES:
        raise InputError(Words("記録が大きすぎます（2MBまで）", "the record is over 2 MB"))
    odd = _Odd()
    try:
        text = body.decode() if isinstance(body, bytes) else body
        data = json.loads(
            text, object_pairs_hook=odd.pairs, parse_constant=odd.constant, parse_int=odd.whole
        )
    except (ValueError, RecursionError):
        raise InputError(_NO_JSON) from None
    own = data.get("id") if isinstance(data, dict) else None
    if not isinstance(own, str) or not _SENT_ID.fullmatch(own) or own != (id_ or own):
        raise InputError(
            Words("記録の番号が、送り先の番号とちがいます", "the record's id is not the address's")
        )
    if odd.found or depth_of(data) > DEEPEST or not (is_clean(data) and has_plain_numbers(data)):
        digest = hashlib.sha256(text.encode()).hexdigest()
        return Sent(
            id=own, digest=digest, payload={"id": own, RAW: text}, submission=None,
            faults=(("", _ODD),),
        )  # fmt: skip
    submission, faults = parse_submission(data)
    said = {key: value for key, value in data.items() if key not in _NOT_SAID}
    return Sent(
        id=own, digest=digest_of(said), payload=data, submission=submission, faults=tuple(faults)
    )


def parse_kept(payload: dict[str, Any]) -> Sent:
    """Return a body again from what was kept of it (残した本文を読む)."""
    return parse_sent(payload_text(payload))


def payload_text(payload: dict[str, Any]) -> str:
    """Return the text of a body as it came (本文の文字)."""
    raw = payload.get(RAW)
    return raw if isinstance(raw, str) else json.dumps(payload, ensure_ascii=False)


def digest_of(data: object) -> str:
    """Return the fingerprint of a JSON value, whatever the order of its keys (指紋).

    Examples
    --------
    >>> digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    True
    """
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def depth_of(value: object) -> int:
    """Return how deep lists and objects lie in each other (入れ子の深さ).

    Examples
    --------
    >>> depth_of({"a": [1, {"b": 2}]}), depth_of(1)
    (3, 0)
    """
    deepest, rest = 0, [(value, 0)]
    while rest:
        one, depth = rest.pop()
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else None
        if inner is not None:
            deepest = max(deepest, depth + 1)
            rest += [(part, depth + 1) for part in inner]
    return deepest


def read_envelope(sent: Sent, received_on: str) -> Envelope:
    """Return what a list says of a body (表書きを読む).

    Parameters
    ----------
    received_on
        The day it came, for one that tells no day.
    """
    one = sent.submission
    if one is not None:
        return Envelope(
            label=one.label, site_id=one.site_id, type=one.type[:LONGEST_LABEL], title=one.title,
            day=one.on, clock_off_s=one.clock_off_s,
        )  # fmt: skip

    def text(name: str, most: int) -> str:
        value = sent.payload.get(name)
        return clean_text(value, lines=False)[:most] if isinstance(value, str) else ""

    return Envelope(
        label=text("label", LONGEST_LABEL), site_id=text("site_id", LONGEST_ID),
        type=text("type", LONGEST_LABEL), title=text("title", LONGEST_NAME),
        day=_day(text("on", 10)) or received_on, clock_off_s=0.0,
    )  # fmt: skip


def not_after(submission: Submission, received_at: str) -> Submission:
    """Return a submission dated no later than it came (届いた時より先にしない).

    A device whose clock is ahead would stand above everybody's, unseen and unmended, for as long
    as it was ahead. What it wrote stays in what was received, as it came.

    Parameters
    ----------
    received_at
        UTC to the millisecond, by the server's clock.
    """
    return replace(
        submission,
        made_at=min(submission.made_at, received_at),
        on=day_by(submission.on, received_at),
    )


def find_clock_notes(
    submission: Submission, now: datetime, sending_off_s: float | None = None
) -> list[Fault]:
    """Return what is odd about the device's clock (端末の時計のずれ).

    Parameters
    ----------
    sending_off_s
        How far the clock was off when the device last said so; ``None`` when it never did.
    """
    notes: list[Fault] = []
    off = abs(submission.clock_off_s)
    if off > CLOCK_OFF_S:
        ja, en = _say_span(off)
        words = Words(f"端末の時計が{ja}ずれていました", f"the device's clock was off by {en}")
        notes.append((CLOCK, words))
    came_on = day_in_japan(now)
    if submission.on > came_on:
        words = Words(
            f"日付（{submission.on}）が、届いた日より先です。届いた日（{came_on}）の記録としました",
            f"its day ({submission.on}) is later than the day it came ({came_on}): kept as of that",
        )
        notes.append((CLOCK, words))
    if not notes and abs((sending_off_s or 0.0) - submission.clock_off_s) > CLOCK_OFF_S:
        words = Words(
            "端末の時計が、書いてから送るまでに変わりました。日付を確かめてください",
            "the device's clock changed between writing and sending: check the day",
        )
        notes.append((CLOCK, words))
    return notes


def day_in_japan(now: datetime) -> str:
    """Return the day in Japan of a moment (日本の日付)."""
    return now.astimezone(JAPAN).date().isoformat()


def day_by(day: str, received_at: str) -> str:
    """Return a day a device told, no later than it came (届いた日までの日付).

    Examples
    --------
    >>> day_by("2027-11-21", "2026-11-21T16:00:00.000Z")
    '2026-11-22'
    """
    with suppress(ValueError):  # an older register's moment may be none
        return min(day, day_in_japan(datetime.fromisoformat(received_at)))
    return day


def dump_faults(faults: list[Fault]) -> list[dict[str, Any]]:
    """Return faults as JSON (問題を書く)."""
    return [{"path": path, "words": {"ja": one.ja, "en": one.en}} for path, one in faults]


def _day(text: str) -> str:
    try:
        return text if date.fromisoformat(text).isoformat() == text else ""
    except ValueError:
        return ""


def _say_span(seconds: float) -> tuple[str, str]:
    for size, ja, en in ((_DAY_S, "日", "days"), (_HOUR_S, "時間", "hours")):
        if seconds >= size:
            return f"{seconds / size:,.0f}{ja}", f"{seconds / size:,.0f} {en}"
    return f"{seconds / 60:.0f}分", f"{seconds / 60:.0f} minutes"
