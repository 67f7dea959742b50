"""A walk on paper: where to go in order, and what to ask there (踏査の紙)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import say_date
from geo.base.words import Words
from layers.cards.on_foot import middle_m
from layers.served.register import areas_of
from layers.sheets.parts.asking import make_asking, open_questions
from layers.sheets.parts.declare import NO_SITE, NotHereError, Sheet
from layers.sheets.parts.frame import draw_icon, name_site, render
from layers.sheets.parts.homes import HOME_WORDS, on_paper, without_squares
from layers.sheets.parts.origins import say_due
from layers.sheets.parts.site_map import draw_sites_map
from layers.sheets.parts.way import find_legs
from surveys.record.home import is_home
from surveys.record.outcome import GONE, HEADINGS, outcome_of, say_state
from surveys.record.walk import WALK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.sheets.parts.frame import Frame
    from layers.sheets.parts.way import Leg
    from surveys.record.outcome import Outcome
    from surveys.record.site import Site

MAP_WIDTH_MM, MAP_HEIGHT_MM = 180.0, 92.0
_MARKS: Final = (
    ({"seen"}, Words("見た", "seen")),
    (GONE, Words("閉まった", "closed, gone")),
    ({"unseen", "missed"}, Words("見ていない", "not seen")),
)


def draw_walk(frame: Frame, walk: Site) -> str:
    """Return a walk's sheet as one HTML page for A4 (踏査の紙を組む).

    Places stand in the order they are kept in, each with the metres along the streets from the
    one before and from the first. Once something was written on the walk, each is marked seen,
    closed or not seen, and what was added on the way and what was found closed have headings of
    their own; before, the boxes are empty.
    """
    versions = frame.register.versions_of_walk(walk.id)
    outcome = outcome_of(walk.answers, versions)
    found = frame.register.sites_of(outcome.came)
    order = list(outcome.came)
    # Places added on the way stand after the list, and belong to no planned leg.
    planned = list(outcome.planned)
    number = {id_: at for at, id_ in enumerate(order, start=1)}
    homes = {id_ for id_, one in found.items() if is_home(one)}
    track = without_squares(walk.place, [found[id_] for id_ in homes])
    # No way leads to a home's door on paper, nor is it told how far that is.
    middles = [
        middle_m(frame.town.plane, found[id_]) if id_ in found and id_ not in homes else None
        for id_ in planned
    ]
    legs = find_legs(frame.town, middles)
    numbered = [(on_paper(found[id_]), str(n)) for n, id_ in enumerate(order, 1) if id_ in found]
    drawn = draw_sites_map(
        frame, numbered, ways=[one.points_m for one in legs], track=track,
        width_mm=MAP_WIDTH_MM, height_mm=MAP_HEIGHT_MM,
    )  # fmt: skip
    return render(
        "walk.html", frame,
        sheet=walk.type.sheet.say(frame.lang),
        title=name_site(walk, frame.lang),
        facts=_head(frame, walk, outcome),
        asked=_outing(frame, walk),
        drawn=drawn,
        length=_say_length(frame, legs),
        parts_of_walk=[
            {
                "head": _head_of(name, outcome).say(frame.lang),
                "stops": [
                    _stop(frame, found.get(id_), number[id_], legs, outcome, id_)
                    for id_ in order
                    if id_ in set(listed)
                ],
            }
            for name, listed in (
                ("planned", outcome.listed), ("added", outcome.added), ("gone", outcome.gone),
            )
            if listed
        ],
        note=str(walk.answer("note") or ""),
    )  # fmt: skip


def _head_of(name: str, outcome: Outcome) -> Words:
    """Return a heading; what is still to walk is told as that."""
    return HEADINGS[name] if outcome.begun else Words("行く所", "Places to visit")


def _head(frame: Frame, walk: Site, outcome: Outcome) -> list[dict[str, Any]]:
    on = walk.answer("on")
    told = isinstance(on, str) and on[:1].isdigit()
    day = say_date(date.fromisoformat(on), frame.lang) if told else ""
    number = frame.say("番号 {n}", "no. {n}", n=walk.number)
    area = str(walk.answer("area") or "")
    lines = [day, "　".join(part for part in (area, number) if part)]
    if outcome.begun or outcome.ended_on:
        lines.append(say_state(outcome).say(frame.lang))
    return [{"text": line, "due": False} for line in lines if line]


def _outing(frame: Frame, walk: Site) -> list[dict[str, Any]]:
    """Return what is written about the outing itself, ticked as far as known."""
    out: list[dict[str, Any]] = []
    for field in walk.type.fields:
        if not field.first or field.id in ("name", "on", "area", "note"):
            continue
        value = walk.answer(field.id)
        chosen = (value,) if field.choices and isinstance(value, str) else ()
        asking = make_asking(field, frame.lang, chosen=chosen)
        out.append({"asking": asking, "text": str(value) if value and not field.choices else ""})
    return out


def _say_length(frame: Frame, legs: Sequence[Leg]) -> str:
    known = [leg.metres for leg in legs if leg.metres is not None]
    if not known:
        return ""
    metres = sum(known)
    minutes = -int(-metres / frame.walker.metres_per_min // 1)
    far, long = f"{round(metres):,}", frame.town.streetless
    # The page tells the way there and back, too: where one begins is not kept with the walk.
    ends = frame.say("1番から{k}番まで", "from 1 to {k}: ", k=len(legs) + 1)
    said = (
        frame.say(
            "直線で {m}m・{n}分（道のりはこれより長い）",
            "{m} m in straight lines, {n} min (real ways are longer)", m=far, n=minutes,
        )
        if long
        else frame.say(
            "道のり {m}m・歩くだけで {n}分", "{m} m along streets, {n} min of walking",
            m=far, n=minutes,
        )
    )  # fmt: skip
    said = ends + frame.say("、", "") + said
    missing = len(legs) - len(known)
    more = frame.say("（ほか {n}区間はデータなし）", " ({n} legs without data)", n=missing)
    return said + (more if missing else "")


def _stop(
    frame: Frame,
    site: Site | None,
    number: int,
    legs: Sequence[Leg],
    outcome: Outcome,
    id_: str,
) -> dict[str, Any]:
    came = outcome.came[id_] if outcome.begun else ""
    marks = [{"on": came in keys, "text": words.say(frame.lang)} for keys, words in _MARKS]
    far = _far(frame, legs, number, planned=number <= len(outcome.planned))
    why = outcome.why[id_].say(frame.lang) if id_ in outcome.why else ""
    stop = {"number": number, "marks": marks, "far": far, "why": why}
    if site is None:
        gone = frame.say("一覧にない地点", "not in the register")
        return stop | {"icon": "", "name": gone, "kind": "", "due": "", "questions": []}
    kind = f"{site.type.words.say(frame.lang)}　{frame.say('番号 {n}', 'no. {n}', n=site.number)}"
    if is_home(site):
        area = areas_of(frame.town, [site]).get(site.id, "")
        kind = "　".join(filter(None, (kind, area, HOME_WORDS.say(frame.lang))))
    return stop | {
        "icon": draw_icon(site.type.id, 22, hollow=site.due_on <= frame.today),
        "name": name_site(site, frame.lang), "kind": kind, "due": say_due(frame, site),
        "questions": open_questions(site, frame.lang),
    }  # fmt: skip


def _far(frame: Frame, legs: Sequence[Leg], number: int, *, planned: bool) -> Mapping[str, str]:
    if not planned:
        return {"leg": "", "total": frame.say("予定の外", "not planned")}
    if number == 1:
        return {"leg": "", "total": frame.say("はじめ", "start")}
    no_data = frame.say("データなし", "no data")
    walked = [leg.metres for leg in legs[: number - 1]]
    last = walked[-1]
    leg = no_data if last is None else frame.say("{m}m", "{m} m", m=f"{round(last):,}")
    if any(one is None for one in walked):
        return {"leg": leg, "total": ""}
    total = f"{round(sum(one for one in walked if one is not None)):,}"
    return {"leg": leg, "total": frame.say("計 {m}m", "{m} m in all", m=total)}


def _draw(frame: Frame, path: Mapping[str, str], _params: Mapping[str, str]) -> str:
    site = frame.register.site(path["id"])
    if site is None or site.hidden or site.type.id != WALK.id:
        raise NotHereError(NO_SITE)
    return draw_walk(frame, site)


SHEET: Final = Sheet(
    id="walk", words=Words("踏査の紙", "Sheet of a walk"), address="walk/{id}",
    asked_with=Words("踏査の番号札（id）", "a walk's id"), draw=_draw, kinds=("walk", "site"),
)  # fmt: skip
