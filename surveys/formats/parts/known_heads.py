"""Every heading a record type's tables are known by, and what one that is not may mean (分かる見出し)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key
from geo.base.list_heads import BOTHS, ENDS, IDS, LATS, LONS, NAMES, NOTES, STARTS, WHENS
from geo.sheets.heads import nearest_head, plain_head, split_unit
from surveys.formats.parts.columns import item_columns, site_columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.columns import Column

_LISTS: Final = (*NAMES, *IDS, *LATS, *LONS, *BOTHS, *NOTES)
_NAME: Final = "name"
_NAMED: Final = ("名", "名称")
# Names of what is no place to go to.
_OTHERS_NAMED: Final = tuple(
    f"{one}名"
    for one in ("県", "市", "区", "町", "村", "郡", "丁目", "字", "校", "線", "人", "者", "社", "員", "氏")
)  # fmt: skip
_PLACES: Final = frozenset(("@lon", "@lat", "@wkt"))
_SHORTEST: Final = 2  # signs of a heading that may stand within another


@lru_cache(maxsize=64)
def known_heads(type_: RecordType) -> Mapping[str, str]:
    """Return what each heading a type's table may have means, "" where that takes a closer look (見出しと項目).

    Examples
    --------
    >>> from surveys.types import RECORD_TYPES
    >>> heads = known_heads(RECORD_TYPES["salon"])
    >>> heads["名称"], heads["曜日"] is None, "緯度" in heads
    ('name', False, True)
    """
    out: dict[str, str] = {}
    for one in site_columns(type_):
        for head in _heads(one):
            out.setdefault(head, one.key)
    for field in (one for one in type_.fields if one.item and one.item.often_one):
        for one in item_columns(field):
            for head in _heads(one) if one.field else ():
                out.setdefault(head, f"{field.id}#1/{one.key}")
    lists = (*_LISTS, *WHENS, *STARTS, *ENDS) if _meets(type_) else _LISTS
    for head in lists:
        out.setdefault(head, "")
    return out


def suggest(type_: RecordType, header: str) -> str:
    """Return the key a column that is not used may have been meant as, "" for none (列の見当).

    Examples
    --------
    >>> from surveys.types import RECORD_TYPES
    >>> park = RECORD_TYPES["park"]
    >>> suggest(park, "公園の名称"), suggest(park, "天体")
    ('name', '')
    >>> suggest(park, "事業所名"), suggest(park, "公園の所在地")
    ('name', 'address')
    >>> suggest(park, "町名"), suggest(park, "写真の番号")
    ('', '')
    """
    lists = {one.id for one in type_.fields if one.kind in ("items", "photos")}
    heads = {
        head: key
        for head, key in known_heads(type_).items()
        if key and (key[0] != "@" or key in _PLACES) and key not in lists
    }
    near = nearest_head(header, heads)
    if near:
        return heads[near]
    text = column_key(plain_head(split_unit(header)[0]))
    # The last word of a Japanese heading says what it is: 会場の住所 is an address.
    for has in (text.endswith, text.startswith):
        inside = [one for one in heads if len(one) >= _SHORTEST and has(column_key(one))]
        if inside and not text.isascii():
            return heads[max(inside, key=len)]
    named = text.endswith(_NAMED) and not text.endswith(_OTHERS_NAMED)
    return _NAME if named else ""


def _heads(column: Column) -> tuple[str, ...]:
    asked = column.field.aliases if column.field and not column.aliases else ()
    return (column.heads.ja, column.heads.en, column.name, *column.aliases, *asked)


def _meets(type_: RecordType) -> bool:
    return any(
        field.item is not None
        and field.item.often_one
        and any(one.kind == "schedule" for one in field.item.fields)
        for field in type_.fields
    )
