"""A list of sites on paper (一覧の紙)."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import say_age, say_date
from geo.base.words import Words
from layers.cards.list_area import find_area, find_division, place_query
from layers.cards.list_query import AREA, parse_area, parse_query
from layers.cards.list_words import ORDER_WORDS, list_chips
from layers.cards.open_lines import open_lines, tells_times
from layers.served.register import areas_of
from layers.sheets.parts.declare import Sheet
from layers.sheets.parts.facts import key_facts
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
# More is no longer a sheet of paper, or slow to look at; a file holds more, and a table all.
MOST_ROWS: Final = 1000
MOST_IN_FILE: Final = 3000
# More signs than this would hide one another on half a page: the map has a page of its own.
MOST_ON_HALF: Final = 300
PAGE_HEIGHT_MM: Final = 212.0
# Said by the title.
_IN_TITLE: Final = frozenset({"type", AREA})


def draw_list(
    frame: Frame,
    query: SiteQuery,
    *,
    area: tuple[tuple[str, str], str] | None = None,
    division: str = "",
) -> str:
    """Return a list of sites as one HTML page for A4 (一覧を組む).

    Parameters
    ----------
    query
        As on the list's page; at most 1,000 rows are printed, 3,000 in a file, and the rest is
        counted. Each row that has a place is on the map.
    area
        Division and id of the area `query.within` is, and its name.
    division
        Whose areas are told; "" for the first.
    """
    found = each_site(frame.register, query)
    true = list(islice(found, MOST_IN_FILE if frame.as_file else MOST_ROWS))
    more = sum(1 for _ in found)
    areas, sites = areas_of(frame.town, true, division), [on_paper(one) for one in true]
    drawn = draw_sites_map(
        frame, [(one, str(one.number)) for one in sites], width_mm=MAP_WIDTH_MM,
        height_mm=MAP_HEIGHT_MM if len(sites) <= MOST_ON_HALF else PAGE_HEIGHT_MM,
    )  # fmt: skip
    left_out = frame.say(
        "ほか {n}か所は、紙に出していない（一覧のページの Excel・CSV には、すべて入る）",
        "{n} more are not printed; the files of the list's page hold all",
        n=f"{more:,}",
    )
    return render(
        "listing.html", frame,
        sheet=frame.say("社会資源の台帳の一覧", "List of the register"),
        title=_title(frame, query, area[1] if area else ""),
        facts=_head(frame, query, len(sites) + more, area),
        times=tells_times(query.types or RECORD_TYPES),
        drawn=drawn,
        rows=[_row(frame, one, _where(frame, one, areas)) for one in sites],
        more=left_out if more else "",
    )  # fmt: skip


def _title(frame: Frame, query: SiteQuery, area: str) -> str:
    kinds = [RECORD_TYPES[id_].words.say(frame.lang) for id_ in query.types if id_ in RECORD_TYPES]
    what = frame.say("・", ", ").join(kinds) or frame.say("すべての地点", "all sites")
    return f"{area}　{what}" if area else what


def _head(
    frame: Frame, query: SiteQuery, count: int, area: tuple[tuple[str, str], str] | None
) -> list[dict[str, Any]]:
    asked = [one for one in list_chips(query, area) if one.part not in _IN_TITLE]
    lines = [frame.say("{n}か所", "{n} sites", n=f"{count:,}")]
    lines += [one.words.say(frame.lang) for one in asked]
    lines.append(ORDER_WORDS[query.order].say(frame.lang))
    return [{"text": line, "due": False} for line in lines]


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
        "due": site.due_on <= frame.today,
        "open": open_lines(site, frame.lang),
        "facts": key_facts(site, frame.lang),
    }


def _where(frame: Frame, site: Site, areas: Mapping[str, str]) -> str:
    if site.place is None:
        return frame.say("場所なし", "no place")
    return areas.get(site.id) or frame.say("地区の外", "outside")


def _draw(frame: Frame, _path: Mapping[str, str], params: Mapping[str, str]) -> str:
    asked, (_, name) = parse_area(params), find_area(frame.town, params)
    return draw_list(
        frame,
        place_query(frame.town, parse_query(params), params),
        area=(asked, name) if asked else None,
        division=find_division(frame.town, params),
    )


SHEET: Final = Sheet(
    id="listing", words=Words("社会資源の台帳の一覧", "List of the register"), address="list",
    asked_with=Words("一覧のページの条件", "the question of the list's page"), draw=_draw, kinds=("site",),
)  # fmt: skip
