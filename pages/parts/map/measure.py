"""Measuring the way on foot between two presses on the map (道のりをはかる).

An end may be where somebody lives. Both are kept in the memory of this visit and nowhere else: in no
address, table, file, log or cache.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from geo.base.outside import outside
from geo.base.place import in_japan
from geo.base.problems import InputError
from geo.base.words import Words
from geo.coverage.question import needs_streets
from geo.say.near import say_minutes_walked
from layers.asked import make_question
from layers.day.spot import stand_at, ways_between
from layers.maps.near_layers import measured_layers, measured_legend
from layers.maps.popup import entity
from layers.served.answers import day_for
from layers.served.town import is_streetless_now

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.place import Plane
    from geo.base.words import Lang
    from geo.coverage.question import Question
    from geo.walk.path import Path
    from geo.walk.search import Way
    from geo.walk.walkers import Walker
    from layers.asked import Asked
    from layers.day.spot import Spot
    from layers.maps.browser_layers import BrowserLayer

_ENDS: Final = "map:ends"  # where this visit's memory has them
_ON: Final = "m_measure"
_BOTH: Final = 2
_HEADS: Final[dict[Way, Words]] = {"there": Words("行き", "There"), "back": Words("帰り", "Back")}
_ASKED: Final = (
    Words("地図で、はじめの所を押してください。", "Press the first place on the map."),
    Words("つぎに、行き先を押してください。", "Now press where the way leads."),
)
_KEPT: Final = Words("押した所は、どこにも残しません。", "What was pressed is kept nowhere.")
_LAST: Final = (
    Words("もう一度押すと、はじめからはかります。", "Another press begins anew."), _KEPT,
)  # fmt: skip
_NO_WAY: Final = Words(
    "この2か所をつなぐ、歩ける道がありません。", "No street to walk on joins these two places."
)
_OUTSIDE: Final = Words(
    "この街の外です。街の中を押してください。", "Outside this town: press within it."
)

Ends = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What is told and drawn of the presses (はかった道).

    Attributes
    ----------
    on
        Whether presses on the map are ends of a way.
    ends
        Latitude and longitude of each, in degrees.
    ways
        There, and back where it differs; none before both ends are pressed.
    told
        How long they are, or why that is not told, or what to press next, a line each.
    notes
        Who walks, and what becomes of the presses.
    """

    on: bool = False
    ends: Ends = ()
    ways: tuple[tuple[Way, Path], ...] = ()
    told: tuple[Words, ...] = ()
    notes: tuple[Words, ...] = ()

    def layers(self, plane: Plane) -> list[BrowserLayer]:
        """Return what is drawn (層)."""
        return measured_layers(plane, self.ends, self.ways)

    def legend(self, lang: Lang) -> str:
        """Return the legend as HTML (凡例)."""
        return measured_legend(lang, ways=[way for way, _ in self.ways])


def measure(asked: Asked) -> Measured:
    """Return what the presses of this visit measure, by the question's walker and slopes (はかる)."""
    if not st.session_state.get(_ON) or is_streetless_now():
        return Measured()
    ends: Ends = st.session_state.get(_ENDS, ())
    if len(ends) < _BOTH:
        return Measured(on=True, ends=ends, told=(_ASKED[len(ends)],), notes=(_KEPT,))
    try:
        return _walked(replace(asked, band="", at_least=""), ends)
    except InputError as error:
        return Measured(on=True, ends=ends, told=(outside(error.words),), notes=_LAST)


def add_end(lat: float, lng: float) -> None:
    """Take a press for an end, in degrees; a third begins anew (端を決める)."""
    ends: Ends = st.session_state.get(_ENDS, ())
    st.session_state[_ENDS] = (*(ends if len(ends) < _BOTH else ()), (lat, lng))


def show_measure(measured: Measured, lang: Lang, *, streets: bool = True) -> None:
    """Show the toggle and what was measured (道のりをはかる).

    Parameters
    ----------
    streets
        Whether there are any: else no way can be measured, and why is said.
    """
    with st.container(key="m_measuring"):
        st.toggle(
            Words("道のりをはかる", "Measure a way on foot").say(lang), key=_ON, on_change=_forget,
            disabled=not streets,
        )  # fmt: skip
        if not streets:
            why = needs_streets(Words("道のり", "a way on foot"))
            st.html(f"<p class='kz-help'>{entity(why.say(lang))}</p>")
            return
        if not measured.on:
            return
        told = "<br>".join(entity(one.say(lang)) for one in measured.told)
        notes = "<br>".join(entity(one.say(lang)) for one in measured.notes)
        st.html(f"<p class='kz-read' role='status'>{told}</p><p class='kz-as'>{notes}</p>")
        st.button(Words("終わる", "Done").say(lang), key="m_measure_end", on_click=_end)


def say_ways(
    ways: Sequence[tuple[Way, Path]], walker: Walker, *, slopes: bool
) -> tuple[Words, ...]:
    """Return how long the ways are and how long they take, a line each (道のりの言い方).

    Examples
    --------
    >>> import numpy as np
    >>> from geo.walk.path import Path
    >>> from geo.walk.walkers import parse_walker
    >>> path = Path(metres=440.0, street_m=420.4, off_m=0.0, points_m=np.zeros((0, 2)))
    >>> say_ways([("there", path)], parse_walker("elderly"), slopes=True)[0].ja
    '道のり 420m、徒歩8分（坂の分を足すと 440m）'
    >>> say_ways([("there", path)], parse_walker("elderly"), slopes=False)[0].en
    '420 m, 8 min on foot'
    """
    said = []
    for way, path in ways:
        minutes = say_minutes_walked(path.metres / walker.metres_per_min)
        head = _HEADS[way] if len(ways) > 1 else None
        ja = f"道のり {path.street_m:,.0f}m、徒歩{minutes:,}分"
        en = f"{path.street_m:,.0f} m, {minutes:,} min on foot"
        if slopes:
            ja += f"（坂の分を足すと {path.metres:,.0f}m）"
            en += f" ({path.metres:,.0f} m with slopes added)"
        said.append(Words(f"{head.ja}：{ja}" if head else ja, f"{head.en}: {en}" if head else en))
    return tuple(said)


def _walked(asked: Asked, ends: Ends) -> Measured:
    day = day_for(asked)
    question = make_question(asked, day.built)
    if not all(in_japan(lng, lat) for lat, lng in ends):
        return Measured(on=True, ends=ends, told=(_OUTSIDE,), notes=_LAST)
    spots = []
    for lat, lng in ends:
        x_m, y_m = (float(np.atleast_1d(one)[0]) for one in day.built.plane.to_m(lng, lat))
        spots.append(stand_at(day, question, x_m, y_m))
    off = tuple(_say_off(at, spot) for at, spot in enumerate(spots, start=1) if not spot.on)
    if off:
        return Measured(on=True, ends=ends, told=off, notes=_LAST)
    ways = ways_between(spots[0], spots[1])
    told = say_ways(ways, question.walker, slopes=question.heights) or (_NO_WAY,)
    notes = (_say_assumed(question), *_LAST)
    return Measured(on=True, ends=ends, ways=tuple(ways), told=told, notes=notes)


def _say_assumed(question: Question) -> Words:
    slopes = Words("坂と階段は入れていない", "without slopes")
    if question.heights:
        slopes = Words("坂と階段を入れた", "with slopes")
    walker, speed = question.walker, f"{question.walker.metres_per_min:.0f}"
    return Words(
        f"前提　{walker.words.ja}・分速{speed}m・{slopes.ja}",
        f"Assumed: {walker.words.en}, {speed} m a minute, {slopes.en}",
    )


def _say_off(number: int, spot: Spot) -> Words:
    if not np.isfinite(spot.off_m):
        return _OUTSIDE
    far = f"{int(np.ceil(spot.off_m)):,}"
    return Words(
        f"{number}の所は、いちばん近い道から {far}m 離れていて、道につながらないので、道のりは出せません。",
        f"Place {number} is {far} m from the nearest street: off the network, so no distance is told.",
    )


def _forget() -> None:
    st.session_state.pop(_ENDS, None)


def _end() -> None:
    st.session_state[_ON] = False
    _forget()
