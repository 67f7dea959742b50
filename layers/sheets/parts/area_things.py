"""What stands in an area on its sheet: 通いの場, parks, stops, concerns, what nobody looked at (地区シートのもの)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import say_date
from geo.base.words import Words
from layers.areas.things import SALON
from layers.cards.open_lines import open_lines
from layers.cards.salon_lines import group_lines, whom_line
from layers.cards.say_answer import make_row
from layers.maps.slope_classes import SLOPE_WORDS
from layers.sheets.parts.facts import key_facts
from layers.sheets.parts.frame import draw_icon, name_site
from layers.sheets.parts.homes import HOME_WORDS, on_paper
from surveys.record.history import STATUS_WORDS
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.areas.run import Run
    from layers.areas.things import Inside, Thing
    from layers.day.listed import Listed
    from layers.sheets.parts.frame import Frame
    from surveys.record.site import Site

# Of a kind with more, the rest is counted: a sheet is for reading, and the list has them all.
MOST_ROWS: Final = 40


def counts_here(frame: Frame, inside: Inside) -> list[dict[str, Any]]:
    """Return how many of each kind stand in an area (種類ごとの数)."""
    counts, counted = Counter(one.kind for one in inside.things), _counting(inside)
    if counted:
        counts[SALON] = counted
    return [
        {
            "icon": draw_icon(kind, 20), "name": type_.words.say(frame.lang),
            "count": frame.say("{n}か所", "{n}", n=f"{counts[kind]:,}"),
        }
        for kind, type_ in RECORD_TYPES.items()
        if counts[kind]
    ]  # fmt: skip


def say_salons_count(frame: Frame, inside: Inside) -> str:
    """Return how many 通いの場 are listed, and how many of them count (通いの場の数)."""
    every, counted = len(inside.salons), _counting(inside)
    said = frame.say("{n}か所", "{n}", n=every)
    if counted == every:
        return said
    more = frame.say("（数えるのは {n}か所）", " ({n} of them count)", n=counted)
    return said + more


def _counting(inside: Inside) -> int:
    return sum(one.venue.counts in ("yes", "unsure") for one in inside.salons)


def salon_row(frame: Frame, number: int, one: Listed) -> dict[str, Any]:
    """Return a 通いの場 as a row: state, groups, who may come (通いの場の行)."""
    state = "" if one.venue.counts == "yes" else one.venue.why.say(frame.lang)
    home = HOME_WORDS.say(frame.lang) if one.home else ""
    name = one.name or frame.say("名前のない通いの場", "a salon without a name")
    return {
        "number": number, "name": name, "state": "　".join(filter(None, (state, home))),
        "lines": group_lines(one, frame.lang), "whom": whom_line(one, frame.lang),
    }  # fmt: skip


def kind_table(
    frame: Frame, kind: str, things: Sequence[Thing], *, office: bool
) -> dict[str, Any] | None:
    """Return the table of a kind, None where there is none of it (種類ごとの表)."""
    if not things:
        return None
    type_ = RECORD_TYPES[kind]
    rows = [_thing(frame, one, office=office) for one in things[:MOST_ROWS]]
    more = len(things) - len(rows)
    return {
        "icon": draw_icon(kind, 20), "name": type_.words.say(frame.lang),
        "count": frame.say("{n}か所", "{n}", n=f"{len(things):,}"), "rows": rows,
        "more": frame.say("ほか {n}か所は、一覧の紙にある", "{n} more are on the list's own sheet",
                          n=f"{more:,}") if more else "",
    }  # fmt: skip


def _thing(frame: Frame, one: Thing, *, office: bool) -> dict[str, Any]:
    if one.site is None:
        none = frame.say("名前は地図にない", "not named on the map")
        told = frame.say("地図だけにある所（だれも見ていない）", "on the map alone: nobody looked")
        return {"name": one.name or none, "state": "", "due": False, "seen": frame.say("まだ", "never"),
                "facts": told, "lines": []}  # fmt: skip
    site = on_paper(one.site)
    seen = date.fromisoformat(site.state.seen_on) if site.state.seen_on else None
    status = site.state.status["is"]
    state = "" if status == "active" else STATUS_WORDS[status].say(frame.lang)  # type: ignore[index]
    home = HOME_WORDS.say(frame.lang) if one.home else ""
    return {
        "name": name_site(site, frame.lang), "state": "　".join(filter(None, (state, home))),
        "due": office and site.due_on <= frame.today,
        "seen": say_date(seen, frame.lang) if seen else frame.say("まだ", "never"),
        "facts": key_facts(site, frame.lang),
        "lines": [*open_lines(site, frame.lang), *_services(frame, site)],
    }  # fmt: skip


def _services(frame: Frame, site: Site) -> list[str]:
    """Return a stop's lines: what it is called, where it goes, how often on a weekday."""
    found = []
    for one in site.answers.get("lines") or []:
        name, to = (str(one.get(key) or "").strip() for key in ("line", "direction"))
        trips = one.get("weekday_count")
        said = [name, frame.say("{to}行き", "to {to}", to=to) if to else ""]
        if isinstance(trips, int | float):
            said.append(frame.say("平日{n}本", "{n} trips on weekdays", n=f"{trips:g}"))
        found.append("　".join(filter(None, said)))
    return [one for one in found if one]


def concerns_table(frame: Frame, concerns: Sequence[Site], *, office: bool) -> dict[str, Any]:
    """Return the concerns; a council is told how many are in which state (地域課題)."""
    if not concerns:
        return {"head": "", "rows": []}
    states = Counter(_said(frame, one, "state") for one in concerns)
    between = frame.say("・", ", ")
    each = between.join(
        frame.say("{state} {n}件", "{state}: {n}", state=name, n=n) for name, n in states.items()
    )
    head = frame.say("{n}件（{each}）", "{n} ({each})", n=len(concerns), each=each)
    if not office:
        return {"head": head, "rows": []}
    rows = [
        {
            "name": name_site(one, frame.lang), "state": _said(frame, one, "state"),
            "facts": between.join(filter(None, (_told(frame, one, "tag"), _told(frame, one, "urgency")))),
        }
        for one in concerns
    ]  # fmt: skip
    return {"head": head, "rows": rows}


def _said(frame: Frame, site: Site, field: str) -> str:
    return make_row(site.type.field(field), site.answer(field), frame.lang).text


def _told(frame: Frame, site: Site, field: str) -> str:
    row = make_row(site.type.field(field), site.answer(field), frame.lang)
    return row.text if row.state == "told" else ""


def unseen_lines(frame: Frame, run: Run, inside: Inside) -> list[str]:
    """Return what nobody has looked at, a line each (まだ見ていないもの)."""
    lines = []
    if not run.question.straight:
        every = _say_km(inside.streets_m, frame)
        if inside.looked_m is None:
            lines.append(frame.say("道 {every}。見た道の記録はまだない", "{every} of streets; no look is recorded yet",
                                   every=every))  # fmt: skip
        else:
            left = _say_km(inside.streets_m - inside.looked_m, frame)
            lines.append(frame.say("道 {every}のうち、まだだれも見ていない道 {left}",
                                   "of {every} of streets, nobody has looked at {left}",
                                   every=every, left=left))  # fmt: skip
    steep = [
        f"{SLOPE_WORDS[kind].say(frame.lang)} {_say_km(metres, frame)}"
        for kind in ("gentle", "steep", "steps", "unknown")
        if (metres := inside.steep_m.get(kind, 0.0)) >= 1.0
    ]
    if steep:
        lines.append(
            frame.say("道の坂: ", "Slopes of the streets: ") + frame.say("、", ", ").join(steep)
        )
    mapped = Counter(one.kind for one in inside.things if one.site is None)
    never = Counter(
        one.kind for one in inside.things if one.site is not None and not one.site.state.seen_on
    )
    for words, counts in (
        (Words("地図だけにある所: ", "On the map alone: "), mapped),
        (Words("記録はあるが、まだ行っていない所: ", "Recorded and never visited: "), never),
    ):
        if counts:
            each = [
                frame.say(
                    "{name} {n}", "{name} {n}", name=RECORD_TYPES[kind].words.say(frame.lang), n=n
                )
                for kind, n in counts.items()
            ]
            lines.append(words.say(frame.lang) + frame.say("、", ", ").join(each))
    unknown = sum(one.venue.counts == "unsure" for one in inside.salons)
    if unknown:
        lines.append(
            frame.say(
                "ようすの分からない通いの場 {n}か所", "salons of unknown state: {n}", n=unknown
            )
        )
    return lines or [frame.say("ない", "nothing")]


def _say_km(metres: float, frame: Frame) -> str:
    return frame.say("{km}km", "{km} km", km=f"{metres / 1000:,.1f}")
