"""通いの場の一覧: a row a group, the rows of one venue its groups, as municipalities print them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from geo.base.delimited import column_key
from geo.base.list_heads import NOTES, find_whens, names_open_hours
from geo.base.text import tidy
from geo.base.words import Words
from geo.schedule import parse_schedule
from surveys.formats.parts.columns import match_headers
from surveys.rules.group_words import read_words
from surveys.rules.groups import THING, join_rows, only_group, with_group
from surveys.rules.rule import Rule, infer, read_texts, state, tell, unread_words
from surveys.rules.venue_columns import GROUP, is_nowhere, say_named, shows_gaps, venue_column
from surveys.rules.venues import in_turn, join_lines, read_place, split_places
from surveys.types.salon import TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.problems import Problem
    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_FINDINGS: Final = "note"
_ABOUT: Final = "about"
_KEEPER: Final = "keeper"
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

# 「8月は休止」 and 「12時解散」 say nothing of today: then it is left open, and told.
_REST: Final = re.compile("休止|休会|解散|廃止")
_RESTING: Final = re.compile("休止中|休会中|活動(?:を)?休止")
_RESTS: Final = Words(
    "休止や解散とあるので、活動中とはしませんでした。いまのようすを確かめてください",
    "speaks of a rest or an end, so it was not taken as active; see how it is now",
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
    column = venue_column(sheet, heads)
    shown = shows_gaps([texts.get(one.row, {}).get(column, "") for one in rows])
    problems = say_named(sheet, heads, column)
    found: list[Incoming] = []
    above = ""
    for one in rows:
        cells = _Cells(text=texts.get(one.row, {}), heads=heads)
        rests = _find_rest(cells.text)
        better = _read(one, remarks=remarks, group=GROUP in heads, rests=rests)
        problems += [tell(sheet, one, head, text, _RESTS) for head, text in rests[:1]]
        if only_group(better) is None:
            found.append(better)
            continue
        better = read_words(_name_group(better, cells), cells.of(f"{THING}#1/content"))
        better = _keep_unread(better, cells)
        raw = cells.text.get(column, "")
        meets = GROUP in heads or "schedule" in (only_group(better) or {})
        if not raw and above and shown and meets and is_nowhere(better):
            problems.append(tell(sheet, one, column, "", _AS_ABOVE))
            raw = above
        above = raw
        places, told = _at_venues(better, raw, named=heads.get("name") == column)
        problems += [tell(sheet, one, column, raw, words) for words in told]
        problems += _say_unread(sheet, places[0])
        found += places
    joined, told_too = join_rows(sheet, found)
    return joined, sorted([*problems, *told_too], key=lambda problem: problem.row or 0)


def _find_rest(text: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the cells that say that a group rests or is no more, the heading and the text."""
    return [(head, cell) for head, cell in text.items() if _REST.search(cell)]


def _read(
    one: Incoming, *, remarks: bool, group: bool, rests: Sequence[tuple[str, str]]
) -> Incoming:
    """Return a row as of an active group, its remarks kept as the group's or as about the venue.

    Where a cell says that it rests, it is 休止中; where one speaks of an end or of some rest, nobody
    knows how it is now.
    """
    answers: dict[str, Any] = dict(one.site.answers)
    origins, given = dict(one.site.origins), set(one.given)
    groups = answers.get(THING)
    resting = any(_RESTING.search(cell) for _, cell in rests)
    state_now = "paused" if resting else "" if rests else "active"
    if isinstance(groups, list) and len(groups) == 1 and "state" not in groups[0] and state_now:
        answers[THING] = [{**groups[0], "state": state_now}]
        origins[f"{THING}/{groups[0]['_id']}/state"] = {"sure": "inferred"}
    if remarks and group and only_group(one) and _FINDINGS in answers:
        remark = answers.pop(_FINDINGS)
        answers[THING] = [{_FINDINGS: remark, **answers[THING][0]}]
        given -= {_FINDINGS}
    elif remarks and _FINDINGS in answers and _ABOUT not in answers:
        answers[_ABOUT] = answers.pop(_FINDINGS)
        given = (given - {_FINDINGS}) | {_ABOUT}
    site = replace(one.site, answers=answers, origins=origins)
    return replace(one, site=site, given=frozenset(given))


def _name_group(one: Incoming, cells: _Cells) -> Incoming:
    """Return a row whose group is called by its cell's lines joined, or by 団体名 beside a venue.

    A number beside a group's name is the group's, and no venue's.
    """
    answers = one.site.answers
    if GROUP in cells.heads:
        raw = cells.of(GROUP)
        one = replace(one, list_id="")
        return with_group(one, {"group": join_lines(raw)}) if "\n" in raw else one
    if not {_KEEPER, "name"} <= answers.keys() or cells.heads.get(_KEEPER) != "団体名":
        return one
    rest = {key: value for key, value in answers.items() if key != _KEEPER}
    named = replace(
        one, site=replace(one.site, answers=rest), given=one.given - {_KEEPER}, list_id=""
    )
    return with_group(named, {"group": answers[_KEEPER]})


def _keep_unread(one: Incoming, cells: _Cells) -> Incoming:
    """Return a row whose group keeps the words of cells that are no answers."""
    heads = {head for key, head in cells.heads.items() if key.startswith(f"{THING}#")}
    words = unread_words(one, cells.text, heads)
    note = str((only_group(one) or {}).get(_FINDINGS) or "")
    return with_group(one, {_FINDINGS: "、".join(filter(None, (note, words)))} if words else {})


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
        one,
        site=replace(one.site, answers=answers),
        given=one.given | ({"name"} if called else set()),
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
    if not isinstance(rules, list):
        return None
    if rules and all(one["freq"] == "text" for one in rules):
        return _days_beside(" ".join(str(one["text"]) for one in rules), parts)
    if {one.get("venue") for one in rules} != set(parts):
        return None
    return {
        part: [
            {k: v for k, v in one.items() if k != "venue"} for one in rules if one["venue"] == part
        ]
        for part in parts
    }


def _days_beside(text: str, parts: Sequence[str]) -> dict[str, list[dict[str, Any]]] | None:
    """Return by venue the days that stand before it, or behind it where a venue begins the text."""
    line = tidy(text)
    pieces = re.split(f"({'|'.join(map(re.escape, parts))})", line)
    if sorted(pieces[1::2]) != sorted(parts):
        return None
    before = bool(pieces[0].strip("（() "))
    days = {
        part: parse_schedule(pieces[2 * at if before else 2 * at + 2].strip("）)（( 、,・:/"))
        for at, part in enumerate(pieces[1::2])
    }
    left = pieces[-1] if before else pieces[0]
    read = all(rules and all(one["freq"] != "text" for one in rules) for rules in days.values())
    return days if read and not left.strip("）)（( 、,・:/") else None


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
        "一覧にある所は、ことわりがなければ活動中とします（推定）。備考は会場の説明か、集まりの「気づいたこと」に入れます",
        "read as a list of salons: a row is a group, and rows of one venue are its groups; those in"
        " it are active where it does not say otherwise (inferred); remarks are kept as what is said"
        " about the venue, or as findings of the group",
    ),
    type="salon",
    fits=_fits,
    improve=_improve,
)
