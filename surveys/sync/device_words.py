"""What devices say beside their records: what they hold, lines walked, lists to compare (端末の申告)."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any, Final

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.answers import clean_text

MOST_POINTS: Final = 20_000
MOST_IDS: Final = 20_000
_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
_PHOTO_ID: Final = re.compile(r"[0-9a-f]{64}")
_LONGEST_NAME: Final = 200
_LONGEST_MOMENT: Final = 32
_MOST: Final = 10_000_000
_POINT_PARTS: Final = 4
_COUNTS: Final = ("sites", "drafts", "records", "photos")


def is_device_id(text: str) -> bool:
    """Say whether a text may be a device's, or a line's, id (端末の記号か)."""
    return bool(_ID.fullmatch(text))


def is_photo_id(text: str) -> bool:
    """Say whether a text is a fingerprint of 64 hex digits (写真の記号か)."""
    return bool(_PHOTO_ID.fullmatch(text))


def parse_object(body: bytes) -> dict[str, Any]:
    """Return a body that is a JSON object (本文を読む).

    Raises
    ------
    InputError
        When it is none.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise InputError(Words("本文が JSON ではありません", "the body is not JSON"))
    return data


def parse_holds(data: dict[str, Any], *, now: str) -> dict[str, Any]:
    """Return what a device says it has, and how far its clock is off (端末が持つもの).

    Raises
    ------
    InputError
        When a count is none.
    """
    holds = data.get("holds")
    if not isinstance(holds, dict):
        raise _fault("holds")
    out: dict[str, Any] = {name: _count(holds.get(name, 0), name) for name in _COUNTS}
    for name in ("walk_id", "walk_title"):
        value = holds.get(name)
        out[name] = clean_text(value, lines=False)[:_LONGEST_NAME] if isinstance(value, str) else ""
    out["erased_at"] = _moment(holds.get("erased_at"))
    out["clock"] = _moment(data.get("clock"))
    off = datetime.fromisoformat(now) - datetime.fromisoformat(out["clock"] or now)
    return out | {"clock_off_s": off.total_seconds()}


def parse_lists(data: dict[str, Any]) -> tuple[str, str, list[str], list[str]]:
    """Return the device, the day, the records and the photos a device compares (照合の一覧).

    Raises
    ------
    InputError
        When one of them is not what it should be.
    """
    device_id = data.get("device_id")
    if not isinstance(device_id, str) or not is_device_id(device_id):
        raise _fault("device_id")
    records = _ids(data.get("records"), _ID, "records")
    return device_id, _day(data.get("day")), records, _ids(data.get("photos"), _PHOTO_ID, "photos")


def parse_track(data: dict[str, Any]) -> tuple[str | None, str, list[list[Any]]]:
    """Return the walk, the day and the points of a line (歩いた跡を読む).

    Raises
    ------
    InputError
        When a point is not one on Earth, or there are too many.
    """
    walk_id = data.get("walk_id")
    if walk_id is not None and (not isinstance(walk_id, str) or not is_device_id(walk_id)):
        raise _fault("walk_id")
    points = data.get("points")
    if not isinstance(points, list) or len(points) > MOST_POINTS:
        raise _fault("points")
    return walk_id, _day(data.get("day")), [_point(one) for one in points]


def _fault(name: str) -> InputError:
    return InputError(Words(f"「{name}」が正しくありません", f"{name} is not as it should be"))


def _count(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise _fault(name)
    return value


def _day(value: object) -> str:
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise _fault("day")


def _moment(value: object) -> str:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
        return "" if at is None or at.tzinfo is None else at.astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""


def _ids(value: object, pattern: re.Pattern[str], name: str) -> list[str]:
    if not isinstance(value, list) or len(value) > MOST_IDS:
        raise _fault(name)
    if not all(isinstance(one, str) and pattern.fullmatch(one) for one in value):
        raise _fault(name)
    return value


def _point(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) != _POINT_PARTS:
        raise _fault("points")
    *numbers, at = value
    for one in numbers:
        if isinstance(one, bool) or not isinstance(one, int | float):
            raise _fault("points")
    lon, lat, accuracy_m = numbers
    # What is no number fails every comparison.
    on_earth = -180 <= lon <= 180 and -90 <= lat <= 90 and 0 <= accuracy_m <= _MOST  # noqa: PLR2004 - degrees
    if not on_earth or not isinstance(at, str) or len(at) > _LONGEST_MOMENT or not _moment(at):
        raise _fault("points")
    return [lon, lat, accuracy_m, at]
