"""A list of sites on paper (一覧の紙)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import say_age, say_date
from geo.base.words import Words
from layers.cards.list_area import find_area
from layers.cards.list_query import parse_query
from layers.cards.say_answer import answer_rows
from layers.served.register import areas_of
from layers.sheets.parts.declare import Sheet
from layers.sheets.parts.facts import APART
from layers.sheets.parts.frame import draw_icon, name_site, render
from layers.sheets.parts.homes import on_paper
from layers.sheets.parts.site_map import draw_sites_map
from surveys.record.history import STATUS_WORDS
from surveys.store.listing import each_site
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.sheets.parts.frame import Frame
    from surveys.record.site import Site
    from surveys.store.listing import SiteQuery

MAP_WIDTH_MM, MAP_HEIGHT_MM = 180.0, 96.0
# More is no longer a sheet of paper; a file is made for that.
MOST_ROWS: Final = 1000
# More signs than this would hide one another on half a page.
MOST_SIGNS: Final = 300
_MOST_FACTS: Final = 4


def draw_list(frame: Frame, query: SiteQuery, *, area: str = "") -> str:
    """Return a list of sites as one HTML page for A4 (一覧を組む).

    Parameters
    ----------
    query
        As on the list's page; at most 1,000 rows are printed, and the rest is counted.
    area
        What `query.within` is called.
    """
    found = each_site(frame.register, query)
    true = list(islice(found, MOST_ROWS))
    more = sum(1 for _ in found)
    areas, sites = areas_of(frame.town, true), [on_paper(one) for one in true]
    drawn = draw_sites_map(
        frame, [(one, str(one.number)) for one in sites[:MOST_SIGNS]],
        width_mm=MAP_WIDTH_MM, height_mm=MAP_HEIGHT_MM,
    )  # fmt: skip
    left_out = frame.say(
        "ほか {n}か所は、紙に出していない", "{n} more are not printed", n=f"{more:,}"
    )
    unseen = frame.say(
        "地図にあるのは、はじめの{n}か所だけ", "only the first {n} are on the map", n=MOST_SIGNS
    )
    return render(
        "listing.html", frame,
        sheet=frame.say("台帳の一覧", "List of the register"),
        title=_title(frame, query, area),
        facts=_head(frame, query, len(sites) + more),
        drawn=drawn,
        rows=[_row(frame, one, _where(frame, one, areas)) for one in sites],
        more=left_out if more else "",
        map_note=unseen if len(sites) > MOST_SIGNS else "",
    )  # fmt: skip


def _title(frame: Frame, query: SiteQuery, area: str) -> str:
    kinds = [RECORD_TYPES[id_].words.say(frame.lang) for id_ in query.types if id_ in RECORD_TYPES]
    what = frame.say("・", ", ").join(kinds) or frame.say("すべての地点", "all sites")
    return f"{area}　{what}" if area else what


def _head(frame: Frame, query: SiteQuery, count: int) -> list[dict[str, Any]]:
    lines = [frame.say("{n}か所", "{n} sites", n=f"{count:,}")]
    if query.words:
        lines.append(frame.say("ことば", "words") + f": {query.words}")
    if query.due_by:
        on = say_date(date.fromisoformat(query.due_by), frame.lang)
        lines.append(frame.say("{on}までに確認する所", "to be checked by {on}", on=on))
    if query.differing:
        lines.append(frame.say("人によって答えがちがう所", "where people differ"))
    for key, ids in query.choices.items():
        lines.append(_say_choices(frame, query, key, ids))
    return [{"text": line, "due": False} for line in lines if line]


def _say_choices(frame: Frame, query: SiteQuery, key: str, ids: tuple[str, ...]) -> str:
    for type_id in query.types or tuple(RECORD_TYPES):
        type_ = RECORD_TYPES[type_id]
        field_id, _, inner_id = key.partition("/")
        if not type_.asks(field_id):
            continue
        field = type_.field(field_id)
        asked = [field]
        if inner_id:
            inner = field.item.fields if field.item else ()
            asked += [one for one in inner if one.id == inner_id]
        words = [asked[-1].choice(id_) for id_ in ids]
        said = [one.words.say(frame.lang) for one in words if one]
        if said:
            head = " ".join(one.words.say(frame.lang) for one in asked)
            return f"{head}: {frame.say('・', ', ').join(said)}"
    return ""


def _row(frame: Frame, site: Site, area: str) -> dict[str, Any]:
    seen = date.fromisoformat(site.state.seen_on) if site.state.seen_on else None
    status = site.state.status["is"]
    return {
        "number": site.number,
        "icon": draw_icon(site.type.id, 18, hollow=site.due_on <= frame.today),
        "kind": site.type.words.say(frame.lang),
        "name": name_site(site, frame.lang),
        "status": "" if status == "active" else STATUS_WORDS[status].say(frame.lang),  # type: ignore[index]
        "differs": bool(site.state.conflicts),
        "area": area,
        "seen": say_date(seen, frame.lang) if seen else frame.say("まだ", "never"),
        "age": say_age(seen, frame.now.date(), frame.lang) if seen else "",
        "due": seen is None or bool(site.due_on and site.due_on <= frame.today),
        "facts": _key_facts(frame, site),
    }


def _where(frame: Frame, site: Site, areas: Mapping[str, str]) -> str:
    if site.place is None:
        return frame.say("場所なし", "no place")
    return areas.get(site.id) or frame.say("地区の外", "outside")


def _key_facts(frame: Frame, site: Site) -> str:
    rows = answer_rows(site.type, site.answers, frame.lang, first_only=True)
    rows = [row for row in rows if row.field.id not in APART]
    told = [f"{row.label}: {row.text}" for row in rows if row.state != "not_asked"][:_MOST_FACTS]
    unasked = sum(row.state == "not_asked" for row in rows)
    if unasked:
        told.append(frame.say("未確認 {n}項目", "{n} not asked", n=unasked))
    return frame.say("・", " · ").join(told)


def _draw(frame: Frame, _path: Mapping[str, str], params: Mapping[str, str]) -> str:
    within, area = find_area(frame.town, params)
    return draw_list(frame, replace(parse_query(params), within=within), area=area)


SHEET: Final = Sheet(
    id="listing", words=Words("台帳の一覧", "List of the register"), address="list",
    asked_with=Words("一覧のページの条件", "the question of the list's page"), draw=_draw,
)  # fmt: skip
