"""What a press on the map does to a plan (地図で変える道具)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from geo.base.outside import outside
from geo.base.words import Words
from geo.coverage.question import needs_streets
from layers.cards.plan_words import name_of
from layers.day.planned import find_faults
from layers.maps.popup import entity
from pages.parts.frame.frame import no_markdown
from pages.parts.frame.linked import linked_choice
from pages.parts.plans.kept import change_plan, fail
from surveys.record.plan import Change

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from geo.base.words import Lang
    from layers.day.day import Day
    from pages.parts.frame.office import Office
    from pages.parts.frame.show_map import Tap
    from surveys.record.plan import Do, Plan

_PICKED: Final = "plans:picked"
# A press this far from a sign is on it: half a fingertip on the usual view.
_NEAR_M: Final = 60.0
_GRADE: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One thing a press may do (道具).

    Attributes
    ----------
    words
        On its button.
    ask
        What to press.
    """

    words: Words
    ask: Words


TOOLS: Final[Mapping[Do, Tool]] = {
    "add": Tool(
        words=Words("ふやす", "Add"),
        ask=Words("通いの場をふやす所を、地図で押してください", "Press where a salon would be added"),
    ),
    "move": Tool(
        words=Words("うつす", "Move"),
        ask=Words("うつす通いの場を押し、つぎに行き先を押してください",
                  "Press the salon that moves, then where to"),
    ),
    "pause": Tool(
        words=Words("休みにする", "Pause"),
        ask=Words("休みにする通いの場を押してください", "Press the salon that pauses"),
    ),
    "close": Tool(
        words=Words("閉じる", "Close"),
        ask=Words("閉じる通いの場を押してください", "Press the salon that closes"),
    ),
    "days": Tool(
        words=Words("開く日", "Days"),
        ask=Words("開く日を書いてから、その通いの場を押してください",
                  "Write the days, then press the salon"),
    ),
    "bench": Tool(
        words=Words("ベンチ", "Bench"),
        ask=Words("ベンチをたす所を押してください", "Press where a bench would be"),
    ),
    "toilet": Tool(
        words=Words("トイレ", "Toilet"),
        ask=Words("トイレをたす所を押してください", "Press where a toilet would be"),
    ),
    "mend": Tool(
        words=Words("坂をなおす", "Mend a slope"),
        ask=Words("なおしたあとの勾配を選び、その道を押してください",
                  "Choose the grade it would have, then press the street"),
    ),
    "open": Tool(
        words=Words("階段を通れる道に", "Open steps"),
        ask=Words("階段・山道を押すと、だれでも通れる道として数えます",
                  "Press steps or a mountain path: it counts as a way for all"),
    ),
    "stop": Tool(
        words=Words("停留所", "Stop"),
        ask=Words("うつす停留所を押し、つぎに行き先を押してください",
                  "Press the stop that moves, then where to"),
    ),
}  # fmt: skip


# What of a plan tells on the way alone.
_OF_STREETS: Final[tuple[Do, ...]] = ("bench", "toilet", "mend", "open")


def ask_tool(lang: Lang, *, streets: bool = True) -> Do:
    """Ask what a press does, and what it needs to be told (道具を選ぶ).

    Parameters
    ----------
    streets
        Whether the town has any: without, what changes but the way is not offered.
    """
    offered = [one for one in TOOLS if streets or one not in _OF_STREETS]
    chosen = st.pills(
        Words("何を変えるか", "What to change").say(lang), offered,
        format_func=lambda one: no_markdown(TOOLS[one].words.say(lang)), required=True,
        persist_state="session", **linked_choice("pl_tool", "tool", offered, first="add"),
    )  # fmt: skip
    if not streets:
        why = needs_streets(
            Words(
                "ベンチ・トイレ・坂・階段の変更の効き目", "what benches, toilets or slopes change"
            )
        )
        st.html(f"<p class='kz-help'>{entity(why.say(lang))}</p>")
    tool: Do = chosen if chosen in offered else "add"
    if tool == "mend":
        st.number_input(
            Words("なおしたあとの勾配（％）", "Grade afterwards (per cent)").say(lang), 0.0, 30.0,
            _GRADE, 0.5, format="%.1f", key="pl_grade",
        )  # fmt: skip
    if tool == "days":
        st.text_input(
            Words("変えたあとの開く日（例: 毎週火曜 10:00〜11:30）",
                  "When it would meet (毎週火曜 10:00〜11:30)").say(lang),
            key="pl_days",
        )  # fmt: skip
    return tool


def say_tool(tool: Do, day: Day, lang: Lang) -> str:
    """Return what to press now (いま押すもの)."""
    picked = picked_now(tool)
    if picked:
        name = name_of(day, picked)
        return Words(
            f"「{name}」の行き先を、地図で押してください", f"Press where {name} would move to"
        ).say(lang)
    return TOOLS[tool].ask.say(lang)


def picked_now(tool: Do) -> str:
    """Return the id of what was taken up to be moved, "" for nothing (うつすもの)."""
    of, site_id = st.session_state.get(_PICKED, ("", ""))
    return str(site_id) if of == tool else ""


def place_of(day: Day, site_id: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a 通いの場 or stop of the day, None for an unknown one (いまの場所)."""
    sites = day.town.sites
    row = np.flatnonzero((sites["site_id"] == site_id).to_numpy())
    if not row.size:
        return None
    one = sites.iloc[[int(row[0])]]
    lon, lat = day.built.plane.to_lonlat(one["x_m"].to_numpy(), one["y_m"].to_numpy())
    return float(lat[0]), float(lon[0])


def use_tool(office: Office, day: Day, plan: Plan | None, tool: Do, tap: Tap) -> None:
    """Change the plan as a press says (押した所で変える)."""
    made = _make(day, tool, tap)
    if made is None:
        return
    faults = find_faults(day, (made,))
    if faults:
        fail(
            _NOT_HERE
            if made.at is not None and made.do not in ("mend", "open")
            else outside(faults[0])
        )
        return
    change_plan(
        office, plan,
        lambda before: (*(one for one in before if not _replaces(made, one)), made),
    )  # fmt: skip


_NOT_HERE: Final = Words(
    "近くに、この街の道がありません。街の中の、道の近くを押してください",
    "no street of this town is near; press near a street within it",
)


def _replaces(new: Change, old: Change) -> bool:
    """Say whether a change takes the place of one of the same 通いの場 (言いなおしか)."""
    if not new.site_id or new.site_id != old.site_id:
        return False
    shut = ("pause", "close")
    return new.do == old.do or (new.do in shut and old.do in shut) or "close" in (new.do, old.do)


def _make(day: Day, tool: Do, tap: Tap) -> Change | None:
    at = (tap.lng, tap.lat)
    if tool == "mend":
        return Change(do="mend", at=at, grade=float(st.session_state.get("pl_grade", _GRADE)))
    if tool in ("add", "bench", "toilet", "open"):
        return Change(do=tool, at=at)
    if tool in ("move", "stop"):
        return _move(day, tool, tap)
    site_id = _pressed(day, tap, "salon")
    schedule = str(st.session_state.get("pl_days", "")).strip() if tool == "days" else ""
    if not site_id:
        fail(Words("通いの場のしるしを押してください", "press the sign of a salon"))
    elif tool == "days" and not schedule:
        fail(Words("先に、開く日を書いてください", "write when it would meet first"))
    else:
        return Change(do=tool, site_id=site_id, schedule=schedule)
    return None


def _move(day: Day, tool: Do, tap: Tap) -> Change | None:
    picked = picked_now(tool)
    kind = "bus_stop" if tool == "stop" else "salon"
    if picked:
        st.session_state.pop(_PICKED, None)
        return Change(do=tool, site_id=picked, at=(tap.lng, tap.lat))
    site_id = _pressed(day, tap, kind)
    if site_id:
        st.session_state[_PICKED] = (tool, site_id)
    else:
        fail(Words("うつすもののしるしを押してください", "press the sign of what moves"))
    return None


def _pressed(day: Day, tap: Tap, kind: str) -> str:
    """Return the 通いの場 or stop that was pressed, the nearest to the press; "" for none."""
    sites = _of_kind(day, kind)
    if tap.layer == "sites" and tap.id in set(sites["site_id"]):
        return tap.id
    if sites.empty:
        return ""
    x_m, y_m = (float(one) for one in day.built.plane.to_m(tap.lng, tap.lat))
    far = np.hypot(sites["x_m"].to_numpy() - x_m, sites["y_m"].to_numpy() - y_m)
    row = int(far.argmin())
    return str(sites["site_id"].iloc[row]) if far[row] <= _NEAR_M else ""


def _of_kind(day: Day, kind: str) -> pd.DataFrame:
    return day.salons if kind == "salon" else day.town.sites[day.town.sites["kind"] == kind]


def renamed(change: Change, name: str, schedule: str) -> Change:
    """Return a new 通いの場 with another name and other days (名前と開く日を変える)."""
    return replace(change, name=name.strip(), schedule=schedule.strip())
