r"""Answers: checked against the declaration (答えの確かめ).

An answer is JSON-able, by the field's kind:

======== =====================================================================
choice   the choice's id
choices  a list of ids in the declared order; an empty one is no answer
number   int, or float with the field's decimals
text     one line; note: lines parted by ``\n``
date     ``2026-11-21``; month ``1980`` or ``1980-04``; time ``09:30``
schedule rules of `geo.schedule`; ``[]`` is none
areas    names of areas; sites: ids of sites
photos   ``{"id": sha256, "caption": text}``
point    ``[longitude, latitude]``, 7 decimals
items    a list of answers, each with its ``_id``; ``[]`` is なし
======== =====================================================================

Every kind but text, note, photos, point and sites may also be ``"unknown"`` (不明). A field that is
absent was not asked.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import parse_date
from geo.base.problems import InputError
from geo.base.words import Words
from geo.schedule import check_schedule
from surveys.declaration.field import KINDS_WITHOUT_UNKNOWN, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from surveys.declaration.field import Field
    from surveys.declaration.paths import Answers
    from surveys.declaration.record_type import RecordType

Fault = tuple[str, Words]

# An Excel cell holds 32,767 characters; a third of it leaves room for what a format adds.
LONGEST_TEXT: Final = 10_000
MOST_ITEMS: Final = 200
PATH_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
# A question of the site, or of the things inside it: `toilet`, `benches/back`.
QUESTION_KEY: Final = re.compile(r"[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)?")
_ITEM_ID: Final = re.compile(r"[0-9A-Za-z_-]{1,40}")
_PHOTO_ID: Final = re.compile(r"[0-9a-f]{64}")
_MONTH: Final = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
# What XML, and so a workbook, cannot hold: control signs, halves of signs, non-characters.
NOT_TEXT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_SEEN: Final = re.compile(
    r"[^\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff]"
)
_LINE_ENDS: Final = re.compile("\r\n|[\r\u0085\u2028\u2029]")


def clean_text(text: str, *, lines: bool = True) -> str:
    r"""Return text as it is kept: no control signs, one kind of line end, no blank ends (文字の整え).

    Width, radicals and inner spaces stay as they were typed; search folds them.

    Examples
    --------
    >>> clean_text(" １００％\r\n坂\x00 ")
    '１００％\n坂'
    """
    plain = NOT_TEXT.sub("", _LINE_ENDS.sub("\n", text))
    if not lines:
        plain = re.sub(r"[\n\t]+", " ", plain)
    # A name of signs nobody sees would be a link nobody can press.
    return plain.strip() if _SEEN.search(plain) else ""


def is_clean(value: object) -> bool:
    r"""Say whether every text inside a value is one that can be kept and sent on (文字として正しいか).

    Examples
    --------
    >>> is_clean({"name": ["公園"]}), is_clean({"name": ["公\x00園"]})
    (True, False)
    """
    if isinstance(value, dict):
        return all(is_clean(key) and is_clean(one) for key, one in value.items())
    if isinstance(value, list | tuple):
        return all(is_clean(one) for one in value)
    return not isinstance(value, str) or not NOT_TEXT.search(value)


def check_answers(type_: RecordType, answers: Mapping[str, object]) -> tuple[Answers, list[Fault]]:
    """Return the answers in their kept form, in declared order, and every fault (答えを確かめる).

    ``None``, blank text and empty photos are no answer. What is faulty is left out and named by
    its path. A key the type does not ask is a fault.
    """
    return _check_fields(type_.fields, answers, "")


def _check_fields(
    fields: Sequence[Field], answers: Mapping[str, object], at: str
) -> tuple[Answers, list[Fault]]:
    clean: Answers = {}
    faults: list[Fault] = []
    asked = {one.id for one in fields}
    faults += [
        (at + str(key), Words("この調査票にない項目です", "not asked by this type"))
        for key in answers
        if key not in asked and not (at and key == "_id")
    ]
    for field in fields:
        value = answers.get(field.id)
        if value is None:
            continue
        try:
            kept = (
                _check_items(field, value, at, faults)
                if field.kind == "items" and value != UNKNOWN
                else _check_value(field, value)
            )
        except InputError as error:
            faults.append((at + field.id, error.words))
            continue
        if kept is not None:
            clean[field.id] = kept
    return clean, faults


def _check_items(field: Field, value: object, at: str, faults: list[Fault]) -> list[Answers]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise _fault("一覧ではありません", "not a list of items")
    if len(value) > MOST_ITEMS:
        raise _fault(f"{MOST_ITEMS}個までです", f"at most {MOST_ITEMS}")
    out: list[Answers] = []
    seen: set[str] = set()
    for number, item in enumerate(value, start=1):
        id_ = str(item.get("_id") or number)
        if not _ITEM_ID.fullmatch(id_) or id_ in seen:
            raise _fault(
                f"{number}番目の記号（_id）が正しくありません", f"item {number} has a bad _id"
            )
        seen.add(id_)
        clean, found = _check_fields(
            field.item.fields if field.item else (), item, f"{at}{field.id}/{id_}/"
        )
        faults += found
        out.append({"_id": id_, **clean})
    return out


def _check_value(field: Field, value: object) -> Any:  # noqa: ANN401, C901, PLR0911, PLR0912 - one kind a line
    if value == UNKNOWN and field.kind not in KINDS_WITHOUT_UNKNOWN:
        return UNKNOWN
    match field.kind:
        case "choice":
            return _check_choice(field, value)
        case "choices":
            return _check_choices(field, value)
        case "number":
            return _check_number(field, value)
        case "text" | "note":
            return _check_text(value, lines=field.kind == "note")
        case "date":
            return parse_date(_check_str(value)).isoformat()
        case "month" | "time":
            pattern = _MONTH if field.kind == "month" else _TIME
            if not pattern.fullmatch(_check_str(value)):
                raise _fault(
                    "年（1980）か年月（1980-04）、時刻（09:30）の形で書いてください",
                    "write 1980, 1980-04 or 09:30",
                )
            return value
        case "schedule":
            rules, faults = check_schedule(value)
            if faults:
                raise InputError(faults[0])
            return rules
        case "areas" | "sites":
            return _check_names(value)
        case "photos":
            return _check_photos(value)
        case _:
            return _check_point(value)


def _fault(ja: str, en: str) -> InputError:
    return InputError(Words(ja, en))


def _check_str(value: object) -> str:
    if not isinstance(value, str):
        raise _fault("文字ではありません", "not a text")
    return value


def _check_choice(field: Field, value: object) -> str:
    if not isinstance(value, str) or field.choice(value) is None:
        raise _fault("選択肢にありません", "not one of the choices")
    return value


def _check_choices(field: Field, value: object) -> list[str] | None:
    if not isinstance(value, list):
        raise _fault("選択肢の一覧ではありません", "not a list of choices")
    chosen = {_check_choice(field, one) for one in value}
    return [one.id for one in field.choices if one.id in chosen] or None


def _check_number(field: Field, value: object) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
        raise _fault("数ではありません", "not a number")
    if not field.low <= value <= field.high:
        low, high = field.bounds
        raise _fault(
            f"{low}〜{high}{field.unit} の範囲で書いてください",
            f"must be within {low}–{high} {field.unit}",
        )
    rounded = round(float(value), field.decimals)
    return int(rounded) if rounded.is_integer() else rounded


def _is_finite(value: float) -> bool:
    """Say whether a number is one a browser could hold: no infinity, nor an integer beyond a float."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _check_text(value: object, *, lines: bool) -> str | None:
    text = clean_text(_check_str(value), lines=lines)
    if len(text) > LONGEST_TEXT:
        raise _fault(
            f"長すぎます（{len(text):,}字）。{LONGEST_TEXT:,}字までにしてください",
            f"too long ({len(text):,} characters); at most {LONGEST_TEXT:,}",
        )
    return text or None


def _check_names(value: object) -> list[str] | None:
    if not isinstance(value, list):
        raise _fault("一覧ではありません", "not a list")
    if len(value) > MOST_ITEMS:
        raise _fault(f"{MOST_ITEMS}個までです", f"at most {MOST_ITEMS}")
    names = [
        clean_text(_check_str(one).replace("、", " ").replace(";", " "), lines=False)[:200].strip()
        for one in value
    ]
    return list(dict.fromkeys(filter(None, names))) or None


def _check_photos(value: object) -> list[dict[str, str]] | None:
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise _fault("写真の一覧ではありません", "not a list of photos")
    out: dict[str, dict[str, str]] = {}
    for one in value:
        id_ = one.get("id") if isinstance(one, dict) else None
        if not isinstance(id_, str) or not _PHOTO_ID.fullmatch(id_):
            raise _fault("写真の記号が正しくありません", "a photo's id is wrong")
        caption = clean_text(_check_str(one.get("caption") or ""), lines=False)[:500].strip()
        out[id_] = {"id": id_, "caption": caption}
    return list(out.values()) or None


def _check_point(value: object) -> list[float]:
    if (
        not isinstance(value, list | tuple)
        or len(value) != 2  # noqa: PLR2004 - longitude and latitude
        or any(isinstance(one, bool) or not isinstance(one, int | float) for one in value)
    ):
        raise _fault("場所は [経度, 緯度] で書いてください", "a point is [longitude, latitude]")
    lon, lat = (float(one) if _is_finite(one) else math.inf for one in value)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # noqa: PLR2004 - degrees; NaN fails too
        raise _fault("経度・緯度の範囲の外です", "outside the range of degrees")
    return [round(lon, 7), round(lat, 7)]


def all_photos(type_: RecordType, answers: Mapping[str, Any]) -> list[tuple[str, dict[str, str]]]:
    """Return every photo of a site with what it shows, items' too (写真の一覧).

    Each comes with the path of the item or field it belongs to.
    """
    out: list[tuple[str, dict[str, str]]] = []
    for field in type_.fields:
        value = answers.get(field.id)
        if field.kind == "photos" and isinstance(value, list):
            out += [(field.id, one) for one in value]
        if field.item and isinstance(value, list):
            keys = [one.id for one in field.item.fields if one.kind == "photos"]
            for item in value:
                out += [
                    (f"{field.id}/{item['_id']}", one) for key in keys for one in item.get(key, [])
                ]
    return out


def say_texts(type_: RecordType, answers: Mapping[str, Any]) -> Iterable[str]:
    """Yield every free text of the answers, for search (文字の答え)."""
    for field in type_.fields:
        value = answers.get(field.id)
        if field.kind in ("text", "note") and isinstance(value, str):
            yield value
        if field.kind == "areas" and isinstance(value, list):
            yield from value
        if field.item and isinstance(value, list):
            inner = [one.id for one in field.item.fields if one.kind in ("text", "note")]
            for item in value:
                yield from (item[key] for key in inner if key in item)
