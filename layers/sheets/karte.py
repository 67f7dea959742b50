"""One site on paper: its karte (カルテ)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import say_date
from geo.base.words import Words
from layers.cards.on_foot import NearPlace, nearest_on_foot
from layers.cards.say_answer import make_row
from layers.served.register import areas_of
from layers.sheets.parts.declare import NO_SITE, NotHereError, Sheet
from layers.sheets.parts.facts import item_groups, split_facts, top_tiles, unasked_line
from layers.sheets.parts.frame import about_type, draw_icon, name_site, render, titles_of
from layers.sheets.parts.homes import HOME_WORDS, NO_METRES, homes_among, on_paper
from layers.sheets.parts.origins import note_origins, say_due, say_seen, tell_differences
from layers.sheets.parts.site_map import draw_site_map
from layers.sheets.walk import draw_walk
from surveys.record.answers import all_photos
from surveys.record.history import PLACE, STATUS_WORDS
from surveys.record.home import is_home
from surveys.record.walk import WALK
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from layers.cards.on_foot import NoNearPlace
    from layers.sheets.parts.frame import Frame
    from surveys.record.history import Version
    from surveys.record.site import Site

MAP_WIDTH_MM: Final = 92.0
# With more above or below the map it is lower, so that most sheets stay one page.
MAP_HEIGHT_MM, LOW_MAP_MM = 83.0, 70.0
MOST_PHOTOS: Final = 6
# What a visitor of each kind asks first; of its own kind a site is no news.
_TILE_KINDS: Final = ("salon", "bus_stop")


def draw_karte(frame: Frame, site: Site) -> str:
    """Return a site's karte as one HTML page for A4 (カルテを組む).

    Head, tiles, map, what was asked first and what was answered, a table for each kind of thing
    inside, what is near on foot, photos, findings; what nobody looked at is marked or counted,
    and so is what nobody saw on site. Every type is drawn from its declaration alone.
    """
    versions, true, site = frame.register.versions(site.id), site, on_paper(site)
    home = is_home(true)
    notes = note_origins(site, versions, frame.lang)
    status, differences = status_banner(frame, site), tell_differences(true, versions, frame.lang)
    groups = item_groups(site, notes.marks, frame.lang)
    high = LOW_MAP_MM if status or differences or groups else MAP_HEIGHT_MM
    drawn = draw_site_map(frame, site, width_mm=MAP_WIDTH_MM, height_mm=high)
    near = (
        nearest_on_foot(frame.town, frame.register, site, walker=frame.walker)
        if drawn and not home
        else []
    )
    hidden = homes_among(frame, [one.site_id for one in near if isinstance(one, NearPlace)])
    facts = split_facts(site, notes.marks, frame.lang, titles_of(frame, site), high if drawn else 0)
    photos = photo_list(site, versions, frame)
    note = make_row(site.type.field("note"), site.answer("note"), frame.lang)
    return render(
        "karte.html",
        frame,
        sheet=site.type.sheet.say(frame.lang),
        title=name_site(site, frame.lang),
        facts=head_lines(frame, true, versions),
        status=status,
        differences=differences,
        tiles=[
            *top_tiles(site, frame.lang, most=3 if near else 4),
            *_near_tile(frame, site, near, hidden),
        ],
        drawn=drawn,
        place_mark=notes.marks.get(PLACE, ""),
        about=about_type(site.type, frame.lang),
        beside=facts[0],
        rest=facts[1],
        unasked=unasked_line(site, frame.lang),
        groups=groups,
        near=[_say_near(frame, one, hidden) for one in near],
        near_note=_near_note(frame),
        straight=frame.town.streetless,
        photos=photos[:MOST_PHOTOS],
        more_photos=_more_photos(frame, len(photos)),
        note_label=note.label,
        note=note.text if note.state == "told" else "",
        note_mark=notes.marks.get("note", ""),
        origins=notes.lines,
    )


def head_lines(frame: Frame, site: Site, versions: Sequence[Version]) -> list[dict[str, Any]]:
    """Return the lines at the head's right: where, number, when seen, whether due (見出しの右)."""
    area = areas_of(frame.town, [site]).get(site.id, "")
    number = frame.say("番号 {n}", "no. {n}", n=site.number)
    lines: list[dict[str, Any]] = [{"text": "　".join(filter(None, (area, number))), "due": False}]
    lines += [{"text": seen, "due": False} for seen in say_seen(site, versions, frame.lang)]
    if is_home(site):
        lines.append({"text": HOME_WORDS.say(frame.lang), "due": False})
    due = say_due(frame, site)
    if due:
        lines.append({"text": due, "due": True})
    return lines


def status_banner(frame: Frame, site: Site) -> dict[str, str] | None:
    """Return what is said of a site that is not in use, since when and why (状態の知らせ)."""
    status = site.state.status
    if status["is"] == "active" or status["is"] not in STATUS_WORDS:
        return None
    parts = []
    if status.get("on"):
        on = say_date(date.fromisoformat(status["on"]), frame.lang)
        parts.append(frame.say("{on}から", "since {on}", on=on))
    if status.get("reason"):
        parts.append(status["reason"])
    return {"head": STATUS_WORDS[status["is"]].say(frame.lang), "text": "　".join(parts)}


def photo_list(site: Site, versions: Sequence[Version], frame: Frame) -> list[dict[str, str]]:
    """Return a site's photos: address and caption with the thing and the day (写真の一覧)."""
    by_seq = {one.seq: one for one in versions}
    out = []
    for path, photo in all_photos(site.type, site.answers):
        thing = _thing_name(site, path, frame)
        version = by_seq.get(_setter(site.state.setters, path))
        on = version.origin.on if version else ""
        day = f"（{say_date(date.fromisoformat(on), frame.lang)}）" if on else ""
        text = "　".join(part for part in (thing, photo["caption"]) if part)
        caption = text + day or site.type.words.say(frame.lang)
        out.append({"address": f"/photos/{photo['id']}.jpg", "caption": caption})
    return out


def _setter(setters: Mapping[str, int], path: str) -> int:
    """Return the newest version that set a path or its item's photos, 0 for none."""
    inner = [seq for key, seq in setters.items() if key == path or key.startswith(f"{path}/photo")]
    return max(inner, default=0)


def _thing_name(site: Site, path: str, frame: Frame) -> str:
    key, _, item_id = path.partition("/")
    if not item_id:
        return ""
    field = site.type.field(key)
    ids = [one["_id"] for one in site.answers.get(key) or []]
    name = (field.item.words if field.item else field.words).say(frame.lang)
    return f"{name}{'' if frame.lang == 'ja' else ' '}{ids.index(item_id) + 1}"


def _near_tile(
    frame: Frame, site: Site, near: Sequence[NearPlace | NoNearPlace], hidden: Collection[str]
) -> list[dict[str, Any]]:
    kind = next(one for one in _TILE_KINDS if one != site.type.id)
    found = next((one for one in near if one.kind == kind), None)
    if found is None:
        return []
    words = RECORD_TYPES[kind].words
    label = Words(f"近い{words.ja}", f"nearest {words.en}").say(frame.lang)
    text = _say_walk(frame, found, hidden)
    size = "long" if isinstance(found, NearPlace) else "longer"
    return [{
        "icon": draw_icon(kind), "label": label, "text": text, "size": size,
        "open": not isinstance(found, NearPlace),
    }]  # fmt: skip


def _say_near(
    frame: Frame, one: NearPlace | NoNearPlace, hidden: Collection[str]
) -> dict[str, str]:
    name = one.title if isinstance(one, NearPlace) and one.metres else ""
    label = RECORD_TYPES[one.kind].words.say(frame.lang)
    return {"label": label, "name": name, "text": _say_walk(frame, one, hidden)}


def _say_walk(frame: Frame, one: NearPlace | NoNearPlace, hidden: Collection[str]) -> str:
    if not isinstance(one, NearPlace):
        return one.why.say(frame.lang)
    if one.site_id in hidden:
        return NO_METRES.say(frame.lang)
    if not one.metres:
        return frame.say("ここにある", "here")
    minutes, metres = max(1, -int(-one.minutes // 1)), f"{round(one.metres):,}"
    if frame.town.streetless:
        return frame.say("直線で{m}m（{n}分）", "{m} m straight · {n} min", n=minutes, m=metres)
    return frame.say("徒歩{n}分・{m}m", "{n} min · {m} m", n=minutes, m=metres)


def _near_note(frame: Frame) -> str:
    speed = f"{frame.walker.metres_per_min:g}"
    if frame.town.streetless:
        return frame.say(
            "直線（道のりはこれより長い）。分は分速{v}mで",
            "straight lines, real ways are longer; minutes at {v} m a minute",
            v=speed,
        )
    return frame.say(
        "道のり。歩く速さ 分速{v}m。坂と信号待ちは入れていない",
        "along streets at {v} m a minute; slopes and lights are not counted",
        v=speed,
    )


def _more_photos(frame: Frame, count: int) -> str:
    more = count - MOST_PHOTOS
    return frame.say("ほか {n}枚", "{n} more", n=more) if more > 0 else ""


def _draw(frame: Frame, path: Mapping[str, str], _params: Mapping[str, str]) -> str:
    site = frame.register.site(path["id"])
    if site is None or site.hidden:
        raise NotHereError(NO_SITE)
    return draw_walk(frame, site) if site.type.id == WALK.id else draw_karte(frame, site)


SHEET: Final = Sheet(
    id="karte", words=Words("カルテ", "Site sheet"), address="karte/{id}",
    asked_with=Words("地点の番号札（id）", "a site's id"), draw=_draw, kinds=("site", "photo"),
)  # fmt: skip
