"""通いの場の一覧: a row a group, the rows of one venue its groups, as municipalities print them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.delimited import column_key, find_column
from geo.base.list_heads import NOTES, find_whens, names_open_hours
from geo.base.text import tidy
from geo.base.words import Words
from surveys.formats.parts.columns import match_headers
from surveys.record.fee import find_fee, read_fee
from surveys.rules.groups import THING, join_rows, only_group, with_group
from surveys.rules.rule import Rule, infer, read_texts, state, tell
from surveys.rules.venues import in_turn, join_lines, read_place, split_places
from surveys.types.salon import CONTENTS, TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.problems import Problem
    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_FINDINGS: Final = "note"
_ABOUT: Final = "about"
_KEEPER: Final = "keeper"
_GROUP: Final = f"{THING}#1/group"
# Where somebody meets, under a heading that elsewhere is an address.
_WHERE: Final = ("場所", "会場・住所", "開催場所・住所")
_NEEDED: Final = re.compile(r"(?:事前)?(?:要(?!相談)|必要|あり|有)")
_NOT_NEEDED: Final = re.compile(r"不要|なし|無し|いりません|必要(?:ない|なし|ありません)")
# サロン says where, not what.
_NO_CONTENT: Final = frozenset({"サロン", "その他", "そのほか"})
_TURN_NOTE: Final = "会場は持ち回り"
_KEPT: Final = Words(
    "日時として読めないので、書いてあるまま残します。回数には数えません",
    "cannot be read as days and hours; kept as written, its sessions are not counted",
)
_SPLIT: Final = Words(
    "会場が二つ以上あるので、会場ごとに分けました。どの日にどの会場かは書いてないので、回数は数えません",
    "several venues: one site each; which day at which is not told, so its sessions are not counted",
)
_SPLIT_BY_DAY: Final = Words(
    "会場が二つ以上あるので、会場ごとに分けました", "several venues: one site each"
)
_NOT_SPLIT: Final = Words(
    "会場が二つ以上書いてあります。場所が一つなので、分けずに入れました。確かめてください",
    "names several venues and one place; taken as one, have a look",
)
_AS_ABOVE: Final = Words(
    "会場の欄が空なので、上の行と同じ会場としました", "no venue: taken as that of the row above"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cells:
    """A row's own texts, line breaks and all, by what their column was taken for."""

    text: Mapping[str, str]
    heads: Mapping[str, str]

    def of(self, key: str) -> str:
        return self.text.get(self.heads.get(key, ""), "")


def _fits(sheet: RawSheet) -> bool:
    return any(not names_open_hours(one) for one in find_whens(sheet.columns).parts)


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    remarks = bool(set(map(column_key, sheet.columns)) & set(map(column_key, NOTES)))
    texts = read_texts(sheet)
    heads = {key: head for head, key in match_headers(TYPE, sheet.columns).items() if key}
    column = _venue_column(sheet, heads)
    problems: list[Problem] = []
    found: list[Incoming] = []
    above = ""
    for one in rows:
        cells = _Cells(text=texts.get(one.row, {}), heads=heads)
        better = _read(one, remarks=remarks)
        if only_group(better) is None:
            found.append(better)
            continue
        better = _read_words(_name_group(better, cells), cells)
        problems += _say_unread(sheet, better)
        raw = cells.text.get(column, "")
        if not raw and above and _GROUP in heads and _is_nowhere(better):
            problems.append(tell(sheet, one, column, "", _AS_ABOVE))
            raw = above
        above = raw
        places, told = _at_venues(better, raw, named=heads.get("name") == column)
        problems += [tell(sheet, one, column, raw, words) for words in told]
        found += places
    joined, told_too = join_rows(sheet, found)
    return joined, [*problems, *told_too]


def _venue_column(sheet: RawSheet, heads: Mapping[str, str]) -> str:
    """Return the column that tells where a group meets, "" for none."""
    if "name" in heads:
        return heads["name"]
    where = find_column(sheet.columns, _WHERE) or ""
    return where if heads.get("address") == where else ""


def _is_nowhere(one: Incoming) -> bool:
    return one.site.place is None and not {"name", "address"} & one.site.answers.keys()


def _read(one: Incoming, *, remarks: bool) -> Incoming:
    answers: dict[str, Any] = dict(one.site.answers)
    origins, given = dict(one.site.origins), set(one.given)
    groups = answers.get(THING)
    if isinstance(groups, list) and len(groups) == 1 and "state" not in groups[0]:
        group = {**groups[0], "state": "active"}
        answers[THING] = [group]
        origins[f"{THING}/{group['_id']}/state"] = {"sure": "inferred"}
    if remarks and _FINDINGS in answers and _ABOUT not in answers:
        answers[_ABOUT] = answers.pop(_FINDINGS)
        given = (given - {_FINDINGS}) | {_ABOUT}
    site = replace(one.site, answers=answers, origins=origins)
    return replace(one, site=site, given=frozenset(given))


def _name_group(one: Incoming, cells: _Cells) -> Incoming:
    """Return a row whose group is called by its cell's lines joined, or by 団体名 beside a venue.

    A number beside a group's name is the group's, and no venue's.
    """
    answers = one.site.answers
    if _GROUP in cells.heads:
        raw = cells.of(_GROUP)
        one = replace(one, list_id="")
        return with_group(one, {"group": join_lines(raw)}) if "\n" in raw else one
    if not {_KEEPER, "name"} <= answers.keys() or cells.heads.get(_KEEPER) != "団体名":
        return one
    rest = {key: value for key, value in answers.items() if key != _KEEPER}
    named = replace(one, site=replace(one.site, answers=rest), given=one.given - {_KEEPER}, list_id="")
    return with_group(named, {"group": answers[_KEEPER]})


def _read_words(one: Incoming, cells: _Cells) -> Incoming:
    """Return a row with what its words tell: contents, whether one must book, a fee."""
    group = only_group(one) or {}
    out: dict[str, Any] = {}
    said = tidy(str(group.get("content_note") or ""))
    if said and "content" not in group:
        named = [
            choice.id
            for choice in CONTENTS
            if any(word in said for word in {choice.words.ja, *choice.aliases} - _NO_CONTENT)
        ]
        out |= {"content": named} if named else {}
    booking = tidy(str(group.get("booking_note") or ""))
    if booking and "booking" not in group:
        no, yes = _NOT_NEEDED.match(booking), _NEEDED.match(booking)
        out |= {"booking": "no"} if no else {"booking": "yes"} if yes else {}
    if not {"fee_yen", "fee_note", "fee_unit"} & group.keys():
        told = find_fee(cells.of(f"{THING}#1/content") or said)
        fee = read_fee(told)
        answers = {"fee_note": told, "fee_yen": fee.yen, "fee_unit": fee.unit}
        out |= {key: value for key, value in answers.items() if value not in (None, "")}
    return with_group(one, out, sure="inferred")


def _at_venues(one: Incoming, raw: str, *, named: bool) -> tuple[list[Incoming], list[Words]]:
    """Return a row as the venues it names, one for most, and what is told of them."""
    parts = split_places(raw)
    if len(parts) > 1 and one.site.place is not None:
        return [_at(one, raw, named=named)], [_NOT_SPLIT]
    if len(parts) == 1:
        return [_at(one, raw, named=named)], []
    group = only_group(one) or {}
    days = _days_apart(group, parts)
    out = []
    for part in parts:
        rules = _of_turns(group) if days is None else days[part]
        turned = with_group(one, {"rotation": "turn"} | ({"schedule": rules} if rules else {}))
        alone = replace(turned, list_id="", site=replace(turned.site, id=""))
        out.append(_at(alone, part, named=named))
    return out, [_SPLIT if days is None else _SPLIT_BY_DAY]


def _at(one: Incoming, raw: str, *, named: bool) -> Incoming:
    """Return a row at the venue a text writes; called by its group where the text names none."""
    group = only_group(one) or {}
    place = read_place(join_lines(raw))
    answers = dict(one.site.answers)
    if place.name and not named:
        answers.pop("address", None)  # it was the venue all along
    called = place.name or str(answers.get("name") or group.get("group") or "")
    if called:
        answers["name"] = called
    out = replace(
        one, site=replace(one.site, answers=answers), given=one.given | ({"name"} if called else set())
    )
    if place.address and "address" not in answers:
        out = state(TYPE, out, {"address": place.address})
    if place.area and "area" not in group:
        out = with_group(out, {"area": list(place.area)}, sure="inferred")
    if in_turn(raw) and "rotation" not in group:
        out = with_group(out, {"rotation": "turn"})
    more = {"venue": place.kind} if place.kind else {}
    return infer(TYPE, out, more | ({"private_home": "yes"} if place.kind == "home" else {}))


def _days_apart(
    group: Mapping[str, Any], parts: Sequence[str]
) -> dict[str, list[dict[str, Any]]] | None:
    """Return by venue the rules that name it, ``None`` unless each rule names one of them."""
    rules = group.get("schedule")
    if not isinstance(rules, list) or {one.get("venue") for one in rules} != set(parts):
        return None
    return {
        part: [{k: v for k, v in one.items() if k != "venue"} for one in rules if one["venue"] == part]
        for part in parts
    }


def _of_turns(group: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rules of a group that meets at several venues: how often at each is not told."""
    rules = group.get("schedule")
    return [
        one
        if one["freq"] == "text"
        else {**one, "note": "、".join(filter(None, (str(one.get("note", "")), _TURN_NOTE)))}
        for one in (rules if isinstance(rules, list) else [])
    ]


def _say_unread(sheet: RawSheet, one: Incoming) -> list[Problem]:
    rules = (only_group(one) or {}).get("schedule")
    column = "・".join(find_whens(sheet.columns).parts)
    return [
        tell(sheet, one, column, str(rule["text"]), _KEPT)
        for rule in (rules if isinstance(rules, list) else [])
        if rule["freq"] == "text"
    ]


RULE = Rule(
    id="salon_list",
    words=Words(
        "通いの場の一覧として読みました。一行を一つの集まりとし、同じ会場の行はその会場の集まりにします。"
        "一覧にある所は、ことわりがなければ活動中とします（推定）。備考は会場の説明に入れます",
        "read as a list of salons: a row is a group, and rows of one venue are its groups; those in"
        " it are active where it does not say otherwise (inferred); remarks are kept as what is said"
        " about the venue",
    ),
    type="salon",
    fits=_fits,
    improve=_improve,
)
