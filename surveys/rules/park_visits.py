"""公園踏査の表: parks as walkers wrote them down, their size and surroundings in words (公園のカルテ)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.base.delimited import find_column
from geo.base.text import tidy
from geo.base.words import Words
from surveys.formats.parts.columns import match_headers
from surveys.rules.rule import Rule, infer, read_texts, unread_words
from surveys.rules.venues import read_place
from surveys.types.park import TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_HEADS: Final = ("広さ", "周辺状況", "周辺の状況", "トイレの有無")
_AREA: Final = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?) ?(m2|平米|平方メートル|ha|ヘクタール|坪)")
_M2: Final = {"ha": 10_000.0, "ヘクタール": 10_000.0, "坪": 400 / 121}
_PARK: Final = re.compile("公園|緑地|広場|遊園")


def _fits(sheet: RawSheet) -> bool:
    return find_column(sheet.columns, _HEADS) is not None


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    texts = read_texts(sheet)
    heads = match_headers(TYPE, sheet.columns)
    own = {head for head, key in heads.items() if key and not key.startswith("@")}
    return [_read(one, unread_words(one, texts.get(one.row, {}), own)) for one in rows], []


def _read(one: Incoming, unread: str) -> Incoming:
    answers = dict(one.site.answers)
    address = str(answers.get("address") or "")
    if "name" not in answers and _PARK.search(address):
        # 場所 is the park itself: 西町公園（西町1丁目）.
        place = read_place(address)
        answers["name"] = place.name or tidy(address)
        del answers["address"]
        answers |= {"address": place.address} if place.address else {}
    if unread:
        answers["note"] = "、".join(filter(None, (str(answers.get("note") or ""), unread)))
    given = one.given | ({"name"} if "name" in answers else set()) | ({"note"} if unread else set())
    found = _AREA.search(tidy(str(answers.get("extent") or "")))
    area = float(found[1].replace(",", "")) * _M2.get(found[2], 1.0) if found else 0.0
    better = replace(one, site=replace(one.site, answers=answers), given=given)
    return infer(TYPE, better, {"area_m2": round(area, 2)} if area else {})


RULE = Rule(
    id="park_visits",
    words=Words(
        "公園を歩いて調べた表として読みました。「広さ」の文に面積があれば読みとりました（推定）。"
        "トイレ「有」は「ある（見ていない）」です",
        "read as a table of visits to parks; an area told in words was read (inferred), and a toilet"
        " that is only said to be there is there, not looked at",
    ),
    type="park",
    fits=_fits,
    improve=_improve,
)
