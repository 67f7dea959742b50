"""Choosing the point: pressed on the map, or looked for by name (ここを決める).

It may be where somebody lives. It is kept in the memory of this visit and nowhere else: in no
address, table, file, log or cache; a reload asks for it anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from geo.base.place import in_japan
from geo.base.words import Words
from layers.day.find_spot import find_spots
from layers.maps.popup import entity
from pages.parts.question.picking import no_markdown

if TYPE_CHECKING:
    from geo.base.place import Plane
    from geo.base.words import Lang
    from layers.day.day import Day
    from layers.day.find_spot import Found

# Where this visit's memory has the point.
_POINT: Final = "near_point"
_NONE_THERE: Final = Words(
    "その名前や住所の所は、この街のデータにありません。地図を押して決められます。",
    "Nothing in this town's data has that name or address: press the map instead.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where one sets out from (ここ).

    Attributes
    ----------
    lon, lat
        Degrees.
    name
        What was looked for; "" for a press on the map.
    turn
        Counts the points of this visit, so that the map turns to each that was looked for once.
    """

    lon: float
    lat: float
    name: str
    turn: int

    def at_m(self, plane: Plane) -> tuple[float, float] | None:
        """Return it on a town's plane, None where it lies on none (街の座標)."""
        if not in_japan(self.lon, self.lat):
            return None
        x_m, y_m = (float(np.atleast_1d(one)[0]) for one in plane.to_m(self.lon, self.lat))
        return (x_m, y_m)


def point_now() -> Point | None:
    """Return the point of this visit, None before one was chosen (いまの点)."""
    point = st.session_state.get(_POINT)
    return point if isinstance(point, Point) else None


def forget_point() -> None:
    """Forget the point and what was looked for (点を忘れる)."""
    st.session_state.pop(_POINT, None)
    if "n_search" in st.session_state:
        st.session_state["n_search"] = ""


def ask_name(day: Day, lang: Lang) -> None:
    """Ask for the name of an area or a place, or an address, and offer what has it (名前でさがす)."""
    text = st.text_input(
        Words("名前・町名・住所でさがす", "Find by name, area or address").say(lang),
        key="n_search", max_chars=80,
        placeholder=Words("例：西町、中央公民館", "as in 西町 or a hall's name").say(lang),
    )  # fmt: skip
    if not (text or "").strip():
        return
    found, every = find_spots(day, str(text))
    if not found:
        st.html(f"<p class='kz-note'>{_NONE_THERE.say(lang)}</p>")
        return
    now = point_now()
    if now is not None and now.name and now.name in {one.name for one in found}:
        return
    with st.container(key="n_found"):
        for row, one in enumerate(found):
            st.button(
                _say_found(one, lang), key=f"n_found_{row}", width="stretch",
                on_click=_choose, args=(one, day.built.plane),
            )  # fmt: skip
    if every > len(found):
        more = Words(
            f"ほかに {every - len(found)}件。ことばを足すと、しぼれます。",
            f"{every - len(found)} more: add a word.",
        )
        st.html(f"<p class='kz-note'>{entity(more.say(lang))}</p>")


def _say_found(one: Found, lang: Lang) -> str:
    parts = [one.name, *([one.more] if one.more else [])]
    return no_markdown(f"{'　'.join(parts)}（{one.what.say(lang)}）")


def _choose(one: Found, plane: Plane) -> None:
    lon, lat = (float(np.atleast_1d(part)[0]) for part in plane.to_lonlat(*one.at_m))
    put_point(lat, lon, one.name)


def put_point(lat: float, lon: float, name: str = "") -> None:
    """Take a place for the point, in degrees; `name` is what was looked for (点を決める)."""
    before = point_now()
    st.session_state[_POINT] = Point(
        lon=lon, lat=lat, name=name, turn=1 if before is None else before.turn + 1
    )
