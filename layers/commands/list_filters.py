"""The filters of the list's page as arguments of a command (一覧の条件の引数)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from layers.cards.list_area import place_query
from layers.cards.list_asked import choices_known, kinds_known
from layers.cards.list_query import (
    AREA,
    DAYS,
    FIELD,
    HOURS,
    OPEN,
    PLACELESS,
    RANGE,
    UNCLEAR,
    WEEKDAYS,
    parse_query,
)
from layers.cards.list_words import ORDER_WORDS
from surveys.record.history import STATUS_WORDS
from surveys.record.wanted import parse_wanted
from surveys.store.portables import EVERY_SITE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from geo.base.arguments import Add
    from geo.town import Town
    from surveys.store.listing import SiteQuery

_USUAL: Final = "usual"
# What is no filter of its own.
_BESIDE: Final = frozenset({"order", UNCLEAR})
_USUAL_WORDS: Final = Words("閉まった所・撤去した所のほか", "all but closed and removed ones")


def add_filters(add: Add) -> None:
    """Declare the filters of the list's page (一覧の条件)."""
    add("--find", "このことばのある所だけ（名前・住所・内容・曜日など）",
        "only those with these words (name, address, content, day)", default="", metavar="WORDS")  # fmt: skip
    add("--area", "この地区の所だけ（地区の分け方/地区のid か名前）",
        "only those in this area (division/area id or name)", default="", metavar="AREA")  # fmt: skip
    add("--open-to", "この地区の人が利用できる所だけ（地区の名前。だれでも利用できる所もふくむ）",
        "only those open to people of this area (its name; those open to anybody too)",
        default="", metavar="AREA")  # fmt: skip
    add("--weekday", "この曜日に開く所だけ（月〜日、mon〜sun。カンマで区切ると、どれか）",
        "only those that meet on this weekday (mon to sun; any of several, with commas)",
        default="", metavar="DAY,…")  # fmt: skip
    add("--half", "午前（12時より前）か午後に始まる所だけ: am=午前、pm=午後",
        "only those that begin before noon, or later: am: mornings, pm: afternoons",
        default="", metavar="am|pm")  # fmt: skip
    add("--unclear", "--weekday・--half に、曜日や時間がはっきりしない所もふくめる",
        "with --weekday and --half, also where days or hours are not told", action="store_true")  # fmt: skip
    add("--where", "答えがこれの所だけ（項目=選択肢のid,… か 項目=から..まで。何度でも）。"
        "例: toilet=western、activities/fee_yen=0..100、activities/subsidy_until=..2027-03",
        "only those so answered (question=choice id,… or question=from..to; may be repeated), as "
        "in toilet=western, activities/fee_yen=0..100, activities/subsidy_until=..2027-03",
        action="append", default=[], metavar="FIELD=…")  # fmt: skip
    states = {_USUAL: _USUAL_WORDS} | {str(id_): one for id_, one in STATUS_WORDS.items()}
    said = _say(states)
    add("--status", f"この状態の所だけ（カンマで区切ると、どれか。言わなければすべて）: {said.ja}",
        f"only those in this state (any of several, with commas; all unless given): {said.en}",
        default="", metavar="ID,…")  # fmt: skip
    add("--due", "この日までに確認の時期が来る所だけ（2026-11-21 など）",
        "only those to be confirmed by this day (2026-11-21)", default="", metavar="DATE")  # fmt: skip
    add("--differing", "人によって答えがちがう所だけ", "only those on which people differ",
        action="store_true")  # fmt: skip
    add("--no-place", "場所がまだ地図にない所だけ", "only those still to be put on the map",
        action="store_true")  # fmt: skip
    orders = _say({str(id_): one for id_, one in ORDER_WORDS.items()})
    add("--order", f"並び（言わなければ番号の順）: {orders.ja}",
        f"the order (by number unless given): {orders.en}",
        default="number", choices=list(ORDER_WORDS), metavar="ORDER")  # fmt: skip


def filters_of(args: argparse.Namespace, town: Town | None) -> SiteQuery:
    """Return which sites the arguments of `add_filters` ask for (引数の条件).

    Parameters
    ----------
    town
        Whose areas are named; None where the folder holds a register alone.

    Raises
    ------
    InputError
        When one is not known, or of an area where there is no town; what there is is told.
    """
    params: dict[str, str] = {}
    for option, part in _parts(args, town):
        try:
            parse_query(part)
        except InputError:
            raise _unknown(option, " ".join(part.values())) from None
        for name, value in part.items():  # of a question named twice, either will do
            params[name] = (
                f"{params[name]},{value}" if name.startswith(FIELD) and name in params else value
            )
    query = parse_query(params)
    if not args.status:
        query = replace(query, statuses=())
    if not args.status and not params.keys() - _BESIDE and query.order == EVERY_SITE.order:
        return EVERY_SITE
    if town is not None:
        return place_query(town, query, params)
    if query.order == "area":
        raise _no_town("--order area")
    return query


def _parts(args: argparse.Namespace, town: Town | None) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each option with its part of a list's address."""
    days = [parse_wanted(weekday=one).times.weekday for one in args.weekday.split(",") if one]
    plain = {
        "--find": ("q", args.find), "--open-to": (OPEN, args.open_to), "--half": (HOURS, args.half),
        "--weekday": (DAYS, ",".join(WEEKDAYS[day] for day in days if day is not None)),
        "--unclear": (UNCLEAR, "1" if args.unclear else ""),
        "--status": ("status", "" if args.status == _USUAL else args.status),
        "--due": ("due", args.due), "--differing": ("differing", "1" if args.differing else ""),
        "--no-place": (PLACELESS, "1" if args.no_place else ""), "--order": ("order", args.order),
    }  # fmt: skip
    for option, (name, value) in plain.items():
        if value:
            yield option, {name: value}
    if args.area:
        yield "--area", {AREA: _area(args.area, town)}
    for one in args.where:
        key, equals, value = one.partition("=")
        if not equals or not value or not (key in choices_known() or key in kinds_known()):
            raise _unknown("--where", one)
        yield "--where", {(RANGE if ".." in value else FIELD) + key: value}


def _area(said: str, town: Town | None) -> str:
    """Return division and id of an area, told by its id or its name."""
    if town is None:
        raise _no_town("--area")
    division, _, name = said.rpartition("/")
    division = division or (town.divisions[0] if town.divisions else "")
    if division not in town.divisions:
        raise _unknown("--area", said, "・".join(town.divisions))
    areas = town.division(division)
    for column in ("area_id", "area_name"):
        found = areas[areas[column].astype(str) == name]
        if len(found):
            return f"{division}/{found['area_id'].iloc[0]}"
    raise _unknown("--area", said, "・".join(map(str, areas["area_name"])))


def _say(words: Mapping[str, Words]) -> Words:
    ja = "、".join(f"{id_}={one.ja}" for id_, one in words.items())
    en = ", ".join(f"{id_}: {one.en}" for id_, one in words.items())
    return Words(ja, en)


def _unknown(option: str, value: str, known: str = "") -> InputError:
    there = Words(f"使えるもの: {known}", f"there is: {known}") if known else Words(
        "kayoi records export --help と docs/reference.md に、使えるものがあります",
        "what there is, kayoi records export --help and docs/reference.md tell",
    )  # fmt: skip
    return InputError(
        Words(
            f"{option} に「{value[:200]}」は使えません。{there.ja}",
            f"{option} cannot be {value[:200]!r}; {there.en}",
        )
    )


def _no_town(option: str) -> InputError:
    return InputError(
        Words(
            f"{option} は、街のあるフォルダで使ってください（ここには台帳だけがあります）",
            f"{option} needs a town: this folder holds a register alone",
        )
    )
