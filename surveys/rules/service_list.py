"""地域資源の一覧: services as municipalities print them, several things under one heading."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.delimited import find_column
from geo.base.text import tidy
from geo.base.words import Words
from surveys.formats.parts.columns import match_headers
from surveys.record.fee import read_fee
from surveys.rules.group_words import split_areas
from surveys.rules.rule import Rule, infer, read_texts, state, tell, unread_words
from surveys.types.resource import TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.problems import Problem
    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

# Headings of such lists, of which open data has none.
_HEADS: Final = (
    "事業所名", "事業者名", "店舗・事業者名", "業者名", "サービス内容", "サービス内容・料金",
    "サービス内容（料金・定休日・注意事項・サービスの特徴など）", "サービスが利用できるエリア", "活動概要",
)  # fmt: skip
_PHONE: Final = re.compile(
    r"(?:TEL|電話|☎|℡)?[:\s]*\(?0\d{1,4}\)?[-‐－ ]?\d{1,4}[-‐－ ]?\d{3,4}", re.IGNORECASE
)
_KEPT: Final = Words(
    "日時として読めないので、書いてあるまま残します",
    "cannot be read as days and hours; kept as written",
)


def _fits(sheet: RawSheet) -> bool:
    return find_column(sheet.columns, _HEADS) is not None


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    texts = read_texts(sheet)
    heads = {key: head for head, key in match_headers(TYPE, sheet.columns).items() if key}
    own = {head for key, head in heads.items() if not key.startswith("@")}
    problems: list[Problem] = []
    out: list[Incoming] = []
    for one in rows:
        better = _read_fee(_part_phone(_part_areas(one)))
        words = unread_words(one, texts.get(one.row, {}), own)
        if words:
            answers = better.site.answers
            note = "、".join(filter(None, (str(answers.get("note") or ""), words)))
            site = replace(better.site, answers={**answers, "note": note})
            better = replace(better, site=site, given=better.given | {"note"})
        rules = better.site.answers.get("schedule")
        problems += [
            tell(sheet, one, heads.get("schedule", ""), str(rule["text"]), _KEPT)
            for rule in (rules if isinstance(rules, list) else [])
            if rule["freq"] == "text"
        ]
        out.append(better)
    return out, problems


def _part_areas(one: Incoming) -> Incoming:
    areas = one.site.answers.get("area")
    if not isinstance(areas, list):
        return one
    return replace(
        one, site=replace(one.site, answers={**one.site.answers, "area": split_areas(areas)})
    )


def _part_phone(one: Incoming) -> Incoming:
    """Return a row whose telephone stands no longer in its address."""
    answers: dict[str, Any] = dict(one.site.answers)
    address = tidy(str(answers.get("address") or ""))
    found = _PHONE.search(address)
    if not found:
        return one
    answers["address"] = (address[: found.start()] + address[found.end() :]).strip(" 、,/()")
    if not answers["address"]:
        del answers["address"]
    site = replace(one.site, answers=answers)
    number = re.sub(r"^(?:TEL|電話|☎|℡)?[:\s]*", "", found[0], flags=re.IGNORECASE)
    return state(TYPE, replace(one, site=site), {"office_phone": number})


def _read_fee(one: Incoming) -> Incoming:
    """Return a row with the amount its fee's words tell."""
    answers = one.site.answers
    told = str(answers.get("fee_note") or "")
    if not told or "fee_yen" in answers:
        return one
    fee = read_fee(told)
    more = {"fee_yen": fee.yen, "fee_unit": fee.unit}
    return infer(TYPE, one, {key: value for key, value in more.items() if value not in (None, "")})


RULE = Rule(
    id="service_list",
    words=Words(
        "地域資源の一覧として読みました。料金の文からは額と単位を読みとり（推定）、書いてあるままも残します。"
        "住所の欄の電話番号は「窓口の電話」に分けました",
        "read as a list of services: an amount and what it is for were read out of the words of a fee"
        " (inferred), which stay; a telephone number in an address was put under the office phone",
    ),
    type="resource",
    fits=_fits,
    improve=_improve,
)
