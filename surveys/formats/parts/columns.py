"""The columns of a record type: what they are called, and which header is which (列の名前)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from geo.base.delimited import column_key
from geo.base.square import TOLD_HEADS, TOLD_NAMES
from geo.base.words import Words
from surveys.formats.parts.list_heads import match_number, match_venue, match_whens
from surveys.record.home import ASKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from surveys.declaration.field import Field
    from surveys.declaration.record_type import RecordType

HeadLang = Literal["ja", "en", "id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column (列).

    Attributes
    ----------
    key
        A field's id; ``point@lon`` and ``point@lat``; ``benches#1/back`` of a numbered item;
        ``@id``, ``@status`` and the like for what is said of the site itself; ``photos~2`` for
        the rest of a text too long for one cell.
    heads
        What it is called in files for people.
    name
        What it is called in a database.
    field
        The question, ``None`` for the site's own.
    """

    key: str
    heads: Words
    name: str
    field: Field | None = None
    aliases: tuple[str, ...] = ()

    def head(self, lang: HeadLang) -> str:
        """Return what the column is called (列の名前)."""
        return self.name if lang == "id" else self.heads.say(lang)


def _own(key: str, ja: str, en: str, name: str, *aliases: str) -> Column:
    return Column(key=key, heads=Words(ja, en), name=name, aliases=aliases)


_LON: Final = _own("@lon", "経度", "Longitude", "site_lon", "longitude", "lon", "lng", "x", "東経")
_LAT: Final = _own("@lat", "緯度", "Latitude", "site_lat", "latitude", "lat", "y", "北緯")
_SITE_ID: Final = _own("@id", "地点ID", "Site ID", "site_id")
_BEFORE: Final = (
    _SITE_ID,
    _own("@number", "番号", "Number", "site_number"),
    _own("@status", "状態", "Status", "site_status"),
    _LON, _LAT,
)  # fmt: skip
_AFTER: Final = (
    _own("@wkt", "形", "Shape", "site_wkt", "wkt", "wkt_geom", "geometry", "geom"),
    _own("@status_on", "状態の日", "Status since", "site_status_on"),
    _own("@status_reason", "状態の理由", "Status reason", "site_status_reason"),
    _own("@seen_on", "確認日", "Last seen", "site_seen_on"),
    _own("@due", "確認の期日", "Confirm by", "site_due_on"),
    _own("@head", "書き出した版", "Revision", "site_revision"),
    _own("@on", "調査日", "Surveyed on", "origin_on", "調査年月日"),
    _own("@by", "調査者", "Surveyed by", "origin_by"),
    _own("@source", "由来", "Origin", "origin_source"),
    _own("@sure", "確かさ", "Certainty", "origin_sure"),
    _own("@origins", "項目ごとの由来", "Origin by answer", "origin_by_answer"),
    _own("@unknown", "不明の項目", "Unknown answers", "unknown_answers"),
)
# Only types that ask whether a site is somebody's home.
_TOLD: Final = Column(key="@told", heads=TOLD_HEADS, name="site_place_told_by", aliases=TOLD_NAMES)
# A foreign list numbers its rows by its own count.
_OURS_ONLY: Final = frozenset({"@number"})
_ITEM_BEFORE: Final = (
    _SITE_ID,
    _own("@item", "ID", "ID", "item_id"),
    _own("@order", "順", "Order", "item_order", "番号", "no", "no."),
)
_ITEM_AFTER: Final = (_own("@unknown", "不明の項目", "Unknown answers", "unknown_answers"),)
_NUMBERED: Final = re.compile(r"#?([0-9]{1,3})[:_/](.+)")
_REST: Final = re.compile(r"(.+?)(?:\(続き([0-9]+)\)|\(cont\.([0-9]+)\)|~([0-9]+))")


def site_columns(type_: RecordType) -> tuple[Column, ...]:
    """Return every column a type's table may have, items as their number (地点の列).

    A head of ours that a question has too, or an alias of it, begins with 地点の.
    """
    told = (_TOLD,) if type_.asks(ASKED) else ()
    after = tuple(one for one in _AFTER if not (type_.log and one.key == "@due"))
    return _spread((*_BEFORE, *told), type_.fields, after)


def item_columns(field: Field) -> tuple[Column, ...]:
    """Return the columns of a table of items, the site's id among them (物の列)."""
    return _spread(_ITEM_BEFORE, field.item.fields if field.item else (), _ITEM_AFTER)


def number_columns(type_: RecordType, field: Field, number: int) -> tuple[Column, ...]:
    """Return the columns of one item beside the site's own: ベンチ1：背もたれ (番号つきの列)."""
    label = item_label(type_, field)
    return tuple(
        replace(
            one,
            key=f"{field.id}#{number}/{one.key}",
            heads=Words(
                f"{label.ja}{number}：{one.heads.ja}", f"{label.en} {number}: {one.heads.en}"
            ),
            name=f"{field.id}#{number}/{one.key}",
        )
        for one in item_columns(field)
        if one.key not in ("@id", "@order", "@unknown")
    )


def continue_column(column: Column, part: int) -> Column:
    """Return the column that holds a later part of texts too long for one cell (続きの列)."""
    return replace(
        column,
        key=f"{column.key}~{part}",
        heads=Words(f"{column.heads.ja}（続き{part}）", f"{column.heads.en} (cont. {part})"),
        name=f"{column.name}~{part}",
    )


def item_label(type_: RecordType, field: Field) -> Words:
    """Return what an item is called, told apart from the type's other items (物の名前)."""
    own = field.item.words if field.item else field.words
    others = [one.item.words for one in type_.fields if one.item and one.id != field.id]
    return field.words if any(own.ja == o.ja or own.en == o.en for o in others) else own


def match_headers(type_: RecordType, headers: Sequence[str]) -> dict[str, str | None]:
    """Return the column each header of a site's table means, ``None`` for no known one (列を当てる).

    Examples
    --------
    >>> from surveys.types import RECORD_TYPES
    >>> match_headers(RECORD_TYPES["park"], ["公園名", "ベンチ１：背もたれ", "天体"])
    {'公園名': 'name', 'ベンチ１：背もたれ': 'benches#1/back', '天体': None}
    """
    out = _match(site_columns(type_), headers)
    for field in type_.fields:
        if field.item:
            out |= _match_numbered(type_, field, [one for one in headers if out[one] is None])
    out |= _match_only(type_, out)
    out |= match_venue(type_, out)
    return _match_rest(out | match_number(headers, out))


def match_item_headers(field: Field, headers: Sequence[str]) -> dict[str, str | None]:
    """Return the column each header of an item's table means (物の列を当てる)."""
    return _match_rest(_match(item_columns(field), headers))


def _spread(
    before: Iterable[Column], fields: Sequence[Field], after: Iterable[Column]
) -> tuple[Column, ...]:
    asked = [one for field in fields for one in _field_columns(field, fields)]
    taken = {
        column_key(text)
        for one in asked
        for text in (one.heads.ja, one.heads.en, *(one.field.aliases if one.field else ()))
    }
    names = {one.name for one in asked}
    first, last = ([_apart(one, taken, names) for one in part] for part in (before, after))
    return (*first, *_told_apart(asked), *last)


def _field_columns(field: Field, fields: Sequence[Field]) -> Iterator[Column]:
    if field.kind != "point":
        yield Column(
            key=field.id, heads=field.words, name=field.id, field=field, aliases=field.aliases
        )
        return
    alone = field.id == "point" and sum(one.kind == "point" for one in fields) == 1
    for part, own in (("lon", _LON), ("lat", _LAT)):
        heads = Words(f"{field.words.ja}：{own.heads.ja}", f"{field.words.en}: {own.heads.en}")
        yield Column(
            key=f"{field.id}@{part}", name=f"{field.id}_{part}", field=field,
            heads=own.heads if alone else heads, aliases=own.aliases if alone else (),
        )  # fmt: skip


def _apart(one: Column, taken: set[str], names: set[str]) -> Column:
    ja, en = one.heads.ja, one.heads.en
    return replace(
        one,
        heads=Words(
            f"地点の{ja}" if column_key(ja) in taken else ja,
            f"Site: {en}" if column_key(en) in taken else en,
        ),
        name=f"{one.name}_" if one.name in names else one.name,
        aliases=(*one.aliases, ja, en),
    )


def _told_apart(columns: Sequence[Column]) -> list[Column]:
    """Add the id to a head that two questions of one type share."""
    ja = Counter(column_key(one.heads.ja) for one in columns)
    en = Counter(column_key(one.heads.en) for one in columns)
    return [
        replace(
            one,
            heads=Words(
                one.heads.ja + (f"（{one.key}）" if ja[column_key(one.heads.ja)] > 1 else ""),
                one.heads.en + (f" ({one.key})" if en[column_key(one.heads.en)] > 1 else ""),
            ),
        )
        for one in columns
    ]


def _match(columns: Sequence[Column], headers: Sequence[str]) -> dict[str, str | None]:
    """Match headers to columns: ours first in the language the file is in, then what others write."""
    by_key: dict[str, str] = {}
    for header in headers:
        by_key.setdefault(column_key(header), header)
    langs: list[HeadLang] = sorted(
        ("ja", "en", "id"), key=lambda lang: -_hits(columns, lang, by_key)
    )
    ours = column_key(_SITE_ID.head(langs[0])) in by_key
    names = [(one.head(lang), one.key) for lang in langs for one in columns]
    names += [(one.key, one.key) for one in columns]
    own = [(a, one.key) for one in columns if one.key[0] == "@" for a in one.aliases]
    asked = [(a, one.key) for one in columns if one.key[0] != "@" for a in one.aliases]
    names += [*own, *asked] if ours else [*asked, *own]
    out: dict[str, str | None] = dict.fromkeys(headers)
    used: set[str] = set()
    for text, key in names:
        found = by_key.get(column_key(text))
        mine = ours or key not in _OURS_ONLY
        if found is not None and out[found] is None and key not in used and mine:
            out[found] = key
            used.add(key)
    return out


def _hits(columns: Sequence[Column], lang: HeadLang, by_key: Mapping[str, str]) -> int:
    return sum(column_key(one.head(lang)) in by_key for one in columns)


def _match_numbered(
    type_: RecordType, field: Field, headers: Sequence[str]
) -> dict[str, str | None]:
    label = item_label(type_, field)
    item = field.item.words if field.item else label
    names = (label.ja, label.en, item.ja, item.en, field.id, field.words.ja, field.words.en)
    inner: dict[str, dict[str, str]] = {}
    for header in headers:
        text = column_key(header)
        for name in map(column_key, names):
            found = _NUMBERED.fullmatch(text[len(name) :]) if text.startswith(name) else None
            if found and int(found[1]):
                inner.setdefault(str(int(found[1])), {}).setdefault(found[2], header)
                break
    out: dict[str, str | None] = {}
    for number, heads in inner.items():
        for text, key in _match(item_columns(field), list(heads)).items():
            if key not in (None, "@id", "@order", "@unknown"):
                out[heads[text]] = f"{field.id}#{number}/{key}"
    return out


def _match_only(type_: RecordType, found: Mapping[str, str | None]) -> dict[str, str | None]:
    """Match the plain heads of a list with one thing a row: 日時 is when the salon's one group meets."""
    thing = next((one for one in type_.fields if one.item and one.item.often_one), None)
    if thing is None or any(key and key.startswith(thing.id) for key in found.values()):
        return {}
    columns = [one for one in item_columns(thing) if one.field]
    matched = _match(columns, [header for header, key in found.items() if key is None])
    out: dict[str, str | None] = {
        header: f"{thing.id}#1/{key}" for header, key in matched.items() if key
    }
    return out | match_whens(thing, list(found), {**found, **out})


def _match_rest(found: Mapping[str, str | None]) -> dict[str, str | None]:
    """Add the columns that go on with a matched one's long texts."""
    known = {column_key(header): key for header, key in found.items() if key}
    out = dict(found)
    for header, key in found.items():
        rest = None if key else _REST.fullmatch(column_key(header))
        if rest and rest[1] in known:
            out[header] = f"{known[rest[1]]}~{rest[2] or rest[3] or rest[4]}"
    return out


def sheet_names(type_: RecordType, field: Field | None = None) -> dict[HeadLang, str]:
    """Return what the table of a type, or of its items, is called (表の名前).

    At most 31 signs, and none that Excel refuses.
    """
    names: dict[HeadLang, str] = {"ja": type_.words.ja, "en": type_.words.en, "id": type_.id}
    if field is not None:
        label = item_label(type_, field)
        names = {
            "ja": f"{names['ja']}_{label.ja}",
            "en": f"{names['en']}_{label.en}",
            "id": f"{type_.id}_{field.id}",
        }
    return {lang: re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip() for lang, name in names.items()}
