"""What a device sends about one site, read and checked for its form (端末から届く記録).

The declaration is not asked here: whether an answer is allowed is the register's door's to say.
"""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.answers import LONGEST_TEXT, clean_text, is_clean
from surveys.record.claim import LONGEST_PLACE
from surveys.record.compose import KEEP, SHAPE_OF, Keep, tidy_place
from surveys.record.history import STATUS, STATUSES, Kind, Origin, Source, Sure, Version
from surveys.record.placed import BY_HAND, write_gps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from surveys.declaration.paths import Flat
    from surveys.record.answers import Fault

FORMAT: Final = 1
SENT_KINDS: Final[tuple[Kind, ...]] = ("visit", "confirm", "absent", "retire", "correct")
SENT_SOURCES: Final[tuple[Source, ...]] = ("surveyed", "told")
SENT_SURES: Final[tuple[Sure, ...]] = ("sure", "likely")
# What the columns of the register hold, and a person can read in a list.
LONGEST_ID: Final = 64
LONGEST_LABEL: Final = 40
LONGEST_NAME: Final = 200
MOST_PATHS: Final = 5_000
MOST_PHOTOS: Final = 500
MOST_CORNERS: Final = 20_000
MOST_CLAIMS: Final = 20
_LARGEST_SEQ: Final = 2**31 - 1
_ID: Final = re.compile(rf"[^\s/\\]{{1,{LONGEST_ID}}}")
_PATH: Final = re.compile(r"[a-z][a-z0-9_]*(/[0-9A-Za-z_-]{1,40}(/[a-z][a-z0-9_]*)?)?")
_INSIDE: Final = re.compile(r"([a-z][a-z0-9_]*/[0-9A-Za-z_-]{1,40})?")
_PHOTO_ID: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentClaim:
    """What a device says of a place of the map and the record's site (同じ所か).

    Attributes
    ----------
    inside
        What of the site is meant, ``benches/b1``; "" for the site.
    """

    place_id: str
    inside: str
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One record as a device sends it (届いた記録).

    Attributes
    ----------
    made_at
        UTC, the device's clock corrected.
    on
        The day in Japan.
    patch
        Values by path, without the place.
    place
        The shape in degrees; ``None`` takes it away, `KEEP` leaves it.
    position
        How the place was found, as a Japanese sentence; "" when nobody said.
    photos
        Ids, by the device's own fingerprints, of the photos the device has for this.
    unfinished
        A draft nobody had finished, out of a file saved from a device.
    claim
        Whether the site is of a place of the map, where that is what was said.
    claims
        What was said of places of the map beside the record of a new site.
    """

    label: str
    record_id: str
    site_id: str
    type: str
    kind: Kind
    title: str
    walk_id: str | None
    made_at: str
    clock_off_s: float
    on: str
    by: str
    source: Source
    sure: Sure
    base: int
    after: str | None
    patch: Flat
    place: shapely.Geometry | Keep | None
    position: str
    note: str
    photos: tuple[str, ...]
    unfinished: bool
    claim: SentClaim | None = None
    claims: tuple[SentClaim, ...] = ()


def parse_submission(data: Mapping[str, Any]) -> tuple[Submission | None, list[Fault]]:
    """Return a submission, or ``None`` and everything about its form that is wrong (記録を読む)."""
    taken: dict[str, Any] = {}
    faults: list[Fault] = []
    if data.get("format") != FORMAT:
        words = Words(
            "この版のかよいマップが知らない形です", "of a form this release does not know"
        )
        faults.append(("format", words))
    for one in fields(Submission):
        try:
            taken[one.name] = _READERS[one.name](data.get(one.name, KEEP))
        except InputError as error:
            faults.append((one.name, error.words))
    return (None, faults) if faults else (Submission(**taken), [])


def make_version(
    submission: Submission, *, id_: str, base: int, patch: Flat, title: str
) -> Version:
    """Return the version a submission comes to (版にする).

    Parameters
    ----------
    base
        The newest version its writer had seen, as the register finds it to be.
    patch
        Its values with the register's own ids of photos, and with the place.
    title
        The role of the account that sent it, for who gave none.
    """
    note = "\n".join(filter(None, (submission.note, submission.position)))
    origin = Origin(
        source=submission.source, sure=submission.sure, by=submission.by or title, on=submission.on
    )
    return Version(
        seq=0, id=id_, record_id=submission.record_id, site_id=submission.site_id,
        type=submission.type, kind=submission.kind, made_at=submission.made_at, origin=origin,
        patch=patch, base=base, walk_id=submission.walk_id, note=note,
    )  # fmt: skip


def _fault(ja: str, en: str) -> InputError:
    return InputError(Words(ja, en))


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value) or not is_clean(value):
        raise _fault("記号（id）が正しくありません", "not an id")
    return value


def _id_or_none(value: object) -> str | None:
    return None if value is None or isinstance(value, Keep) else _id(value)


def _text(value: object, most: int, *, lines: bool = False) -> str:
    if isinstance(value, Keep) or value is None:
        return ""
    if not isinstance(value, str):
        raise _fault("文字ではありません", "not a text")
    text = clean_text(value, lines=lines)
    if len(text) > most:
        raise _fault(f"長すぎます。{most:,}字までです", f"too long; at most {most:,} characters")
    return text


def _label(value: object) -> str:
    return _text(value, LONGEST_LABEL)


def _name(value: object) -> str:
    return _text(value, LONGEST_NAME)


def _note(value: object) -> str:
    return _text(value, LONGEST_TEXT, lines=True)


def _one_of(known: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in known:
            raise _fault("決められた言葉ではありません", "not one of the known words")
        return str(value)

    return read


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _fault("数ではありません", "not a number")
    return float(value)


def _seconds(value: object) -> float:
    return 0.0 if isinstance(value, Keep) else _number(value)


def _seq(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _LARGEST_SEQ:
        raise _fault("版の番号が正しくありません", "not a version's number")
    return value


def _moment(value: object) -> str:
    """Read a moment into UTC to the millisecond, as versions carry it."""
    if isinstance(value, str):
        with suppress(ValueError, OverflowError):
            at = datetime.fromisoformat(value)
            if at.tzinfo is not None:
                # Four digits of a year, also of the first ones: texts have the order moments have.
                text = at.astimezone(UTC).isoformat(timespec="milliseconds")
                return text.removesuffix("+00:00") + "Z"
    raise _fault("日時が正しくありません", "not a moment")


def _day(value: object) -> str:
    try:
        if isinstance(value, str) and date.fromisoformat(value).isoformat() == value:
            return value
    except ValueError:
        pass
    raise _fault("日付が正しくありません", "not a day")


def _patch(value: object) -> Flat:
    if not isinstance(value, dict) or len(value) > MOST_PATHS:
        raise _fault("答えの一覧ではありません", "not a list of answers by path")
    for path, one in value.items():
        if path == STATUS:
            _check_status(one)
        elif not _PATH.fullmatch(path):
            raise _fault("項目の名前が正しくありません", "not the name of a question")
        elif path.count("/") == 1 and one is not None:
            _seq(one)
    return dict(value)


def _check_status(value: object) -> None:
    if value is None:
        return
    known = isinstance(value, dict) and value.get("is") in STATUSES
    if not isinstance(value, dict) or not known:
        raise _fault("状態が分かりません", "unknown status")
    if value.get("on"):
        _day(value["on"])
    _text(value.get("reason"), LONGEST_TEXT, lines=True)


def _place(value: object) -> shapely.Geometry | Keep | None:
    if value is None or isinstance(value, Keep):
        return value
    if not isinstance(value, dict) or value.get("type") not in SHAPE_OF:
        raise _fault("形が分かりません", "not a shape")
    shape = {"type": value["type"], "coordinates": value.get("coordinates")}
    try:
        place = tidy_place(shapely.from_geojson(json.dumps(shape)))
    except shapely.errors.ShapelyError:
        raise _fault("形が正しくありません", "a shape that is none") from None
    if shapely.get_num_coordinates(place) > MOST_CORNERS:
        raise _fault(f"角が多すぎます（{MOST_CORNERS:,}まで）", f"over {MOST_CORNERS:,} corners")
    return place


def _position(value: object) -> str:
    if value is None or isinstance(value, Keep):
        return ""
    if not isinstance(value, dict) or value.get("by") not in ("gps", "hand"):
        raise _fault("場所の取り方が分かりません", "unknown way to a place")
    if value["by"] == "hand":
        return BY_HAND
    count, radius = _seq(value.get("count")), _number(value.get("accuracy_m"))
    return write_gps(radius, count)


def _claim(value: object) -> SentClaim | None:
    if value is None or isinstance(value, Keep):
        return None
    wrong = _fault("同じ所かの答えが正しくありません", "not an answer about a place")
    if not isinstance(value, dict) or not isinstance(value.get("same"), bool):
        raise wrong
    place, inside = value.get("place_id"), value.get("inside", "")
    if not isinstance(place, str) or not 0 < len(place) <= LONGEST_PLACE or not is_clean(place):
        raise wrong
    if not isinstance(inside, str) or not _INSIDE.fullmatch(inside):
        raise wrong
    return SentClaim(place_id=place, inside=inside, same=value["same"])


def _claims(value: object) -> tuple[SentClaim, ...]:
    if value is None or isinstance(value, Keep):
        return ()
    if not isinstance(value, list) or len(value) > MOST_CLAIMS:
        raise _fault("同じ所かの答えの一覧ではありません", "not a list of answers about places")
    return tuple(one for one in map(_claim, value) if one is not None)


def _photos(value: object) -> tuple[str, ...]:
    if isinstance(value, Keep):
        return ()
    if not isinstance(value, list) or len(value) > MOST_PHOTOS:
        raise _fault("写真の一覧ではありません", "not a list of photos")
    if not all(isinstance(one, str) and _PHOTO_ID.fullmatch(one) for one in value):
        raise _fault("写真の記号が正しくありません", "a photo's id is wrong")
    return tuple(dict.fromkeys(value))


_READERS: Final[dict[str, Callable[[object], object]]] = {
    "label": _label, "record_id": _id, "site_id": _id, "type": _id,
    "kind": _one_of(SENT_KINDS), "title": _name, "walk_id": _id_or_none, "made_at": _moment,
    "clock_off_s": _seconds, "on": _day, "by": _name, "source": _one_of(SENT_SOURCES),
    "sure": _one_of(SENT_SURES), "base": _seq, "after": _id_or_none, "patch": _patch,
    "place": _place, "position": _position, "note": _note, "photos": _photos,
    "unfinished": lambda value: value is True, "claim": _claim,
    "claims": _claims,
}  # fmt: skip
