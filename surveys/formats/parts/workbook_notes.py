"""What a workbook says of itself on its last sheet (ブックの説明).

A sheet whose name begins with ``_`` is not read back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from surveys.formats.parts.columns import item_columns, sheet_names, site_columns
from surveys.formats.parts.declare import say_homes
from surveys.formats.parts.table import shown_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.base.words import Lang
    from surveys.formats.parts.columns import Column
    from surveys.formats.parts.declare import Sites

_ABOUT = (
    Words(
        "空いている欄は「まだ見ていない・聞いていない」です。「なし」とはちがいます。",
        "A blank cell means not looked at or not asked yet; it does not mean none.",
    ),
    Words(
        "「不明」は、見たり聞いたりしたが分からなかったことです。",
        "“not known” means it was looked at or asked, and could not be told.",
    ),
    Words(
        "「地点ID」と「ID」は直さないでください。新しい行では空けておきます。",
        "Leave Site ID and ID as they are; leave them empty in new rows.",
    ),
    Words(
        "公開や再利用のときは、台帳を管理する団体の決まりにしたがってください。",
        "To publish or reuse it, follow the rules of the body that keeps the register.",
    ),
    Words(
        "「由来」が OpenStreetMap のものは © OpenStreetMap contributors（ODbL 1.0）です。",
        "What comes from OpenStreetMap is © OpenStreetMap contributors (ODbL 1.0).",
    ),
)
_TITLE = Words(
    "かよいマップの社会資源の台帳（{made_at} に書き出し）", "Kayoi Map register, exported {made_at}"
)
_HEADS = (
    Words("シート", "Sheet"), Words("列", "Column"),
    Words("単位・選択肢", "Unit or choices"), Words("書きかた", "How to answer"),
)  # fmt: skip


def note_rows(sites: Sites, lang: Lang, made_at: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the sheet that explains the others (説明の行)."""
    yield (_TITLE.fill(made_at=made_at).say(lang),)
    for one in _ABOUT:
        yield (one.say(lang),)
    homes = say_homes([one for rows in sites.values() for one in rows])
    if homes.ja:
        yield (homes.say(lang),)
    yield ()
    yield tuple(one.say(lang) for one in _HEADS)
    for type_ in sites:
        name = sheet_names(type_)[lang]
        yield from _column_rows(name, site_columns(type_), lang)
        for field in (one for one in type_.fields if one.item):
            yield from _column_rows(sheet_names(type_, field)[lang], item_columns(field), lang)


def _column_rows(sheet: str, columns: tuple[Column, ...], lang: Lang) -> Iterator[tuple[str, ...]]:
    for column in shown_columns(columns, "sheet"):
        field = column.field
        if field is None:
            continue
        listed = "、".join(one.words.say(lang) for one in field.offered) or field.unit
        yield sheet, column.head(lang), listed, field.help.say(lang) if field.help else ""
