"""A shape drawn on the map, or given in a file, whose people make one sheet (形をかく)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import shapely
import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.areas.given import (
    LEAST_CORNERS,
    MOST_CORNERS,
    SHAPE_ENDINGS,
    read_corners,
    say_corners,
    shape_of_corners,
    shape_of_file,
)
from layers.areas.place import drawn_place
from layers.maps.picked_map import drawn_group, picked_legend
from layers.maps.popup import entity
from layers.maps.town_map import map_key, town_map
from layers.served.answers import answer_key
from pages.parts.frame.frame import label
from pages.parts.frame.linked import linked
from pages.parts.frame.show_map import show_map
from pages.parts.question.visit import write_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.base.words import Lang
    from geo.town import Town
    from layers.asked import Asked
    from pages.parts.frame.show_map import Tap

CORNERS: Final = "corners"
NAME: Final = "name"
HEIGHT: Final = 430
_MOST_MB: Final = 20
_LONGEST: Final = 40
_READ: Final = "sh_read"
_KEY: Final = "sh_corners"
_UNNAMED: Final = Words("かいた形", "The shape drawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A shape as far as it is (かいた形).

    Attributes
    ----------
    shape
        On the town's plane; None as long as it is none.
    corners
        Latitude and longitude of those pressed.
    mark
        What it is told from others by.
    why
        What to do for it to become one.
    notices
        What was supposed of a file.
    """

    shape: shapely.Geometry | None
    corners: tuple[tuple[float, float], ...] = ()
    mark: str = ""
    why: Words | None = None
    notices: tuple[Words, ...] = ()


def drawn_now(town: Town, file: Any) -> Drawn:  # noqa: ANN401 - Streamlit's uploaded file
    """Return the shape of the file given, else of the corners the address has (いまの形).

    Parameters
    ----------
    file
        What `ask_file` returned.
    """
    if file is not None:
        data = file.getvalue()
        mark = hashlib.sha256(data).hexdigest()
        return _read_once(town, mark, lambda: shape_of_file(town, data, file.name))
    none: tuple[tuple[float, float], ...] = ()
    linked(_KEY, CORNERS, first=none, read=read_corners, say=say_corners)
    corners: tuple[tuple[float, float], ...] = st.session_state[_KEY]
    if len(corners) < LEAST_CORNERS:
        return Drawn(shape=None, corners=corners, why=_say_left(len(corners)))
    try:
        shape = shape_of_corners(town, corners)
        drawn_place(town, shape, "")
    except InputError as error:
        return Drawn(shape=None, corners=corners, why=outside(error.words))
    return Drawn(shape=shape, corners=corners, mark=say_corners(corners))


def show_drawing(town: Town, asked: Asked, division: str, drawn: Drawn, lang: Lang) -> None:
    """Show the map a shape is drawn on, and the ways back (地図にかく)."""

    def press(tap: Tap) -> None:
        if len(drawn.corners) < MOST_CORNERS:
            write_address({CORNERS: say_corners((*drawn.corners, (tap.lat, tap.lng)))})

    from_file = drawn.shape is not None and not drawn.corners
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key="sh_all_or_none"
    ):
        st.html(f"<p class='kz-note'>{_tell(drawn, from_file=from_file).say(lang)}</p>")
        st.button(
            Words("ひとつもどす", "One back").say(lang), key="sh_back", on_click=_put,
            args=(drawn.corners[:-1],), disabled=not drawn.corners,
        )  # fmt: skip
        st.button(
            Words("消す", "Clear").say(lang), key="sh_clear", on_click=_put, args=((),),
            disabled=not drawn.corners,
        )  # fmt: skip
    group = drawn_group(
        asked, division, answer_key(asked), drawn.corners,
        _geojson(town, drawn) if from_file else None,
    )  # fmt: skip
    show_map(
        town_map(town, named=False), group, key=f"areas-{map_key()}", height=HEIGHT, lang=lang,
        on_tap=None if from_file else press,
    )  # fmt: skip
    st.html(picked_legend(lang, drawn=True))


def ask_name(lang: Lang, file: Any) -> str:  # noqa: ANN401 - Streamlit's uploaded file
    """Ask what the shape is called; it stands on the sheet and in the address alone (形の名前)."""
    given = st.text_input(
        Words("形の名前（紙の題になります）", "Name of the shape (the sheet's title)").say(lang),
        max_chars=_LONGEST, persist_state="session",
        placeholder=Words("例：駅の北側", "e.g. North of the station").say(lang),
        **linked("sh_name", NAME, first="", read=lambda text: text[:_LONGEST], say=str),
    )  # fmt: skip
    stem = "" if file is None else str(file.name).rpartition(".")[0][:_LONGEST]
    return " ".join((given or stem).split()) or label(_UNNAMED, lang)


def ask_file(lang: Lang) -> Any:  # noqa: ANN401 - Streamlit's uploaded file
    """Ask for a shape in a file instead; it is read and not kept (ファイルの形)."""
    file = st.file_uploader(
        Words("かくかわりに、形のファイルを渡す", "Or give the shape as a file").say(lang),
        type=[one.removeprefix(".") for one in SHAPE_ENDINGS], key="sh_shape",
        max_upload_size=_MOST_MB,
    )  # fmt: skip
    told = Words(
        "GeoJSON・KML・GeoPackage・シェープファイル（zip）。読むだけで、残しません。",
        "GeoJSON, KML, GeoPackage or a zipped shapefile: read, and not kept.",
    )
    st.html(f"<p class='kz-note'>{told.say(lang)}</p>")
    return file


def show_faults(drawn: Drawn, lang: Lang) -> None:
    """Say why a shape is none yet, and what was supposed of a file (形の困りごと)."""
    told = drawn.mark or len(drawn.corners) >= LEAST_CORNERS
    if drawn.why is not None and told:
        st.html(f"<p class='kz-fault' role='alert'>{entity(drawn.why.say(lang))}</p>")
    for one in drawn.notices:
        st.html(f"<p class='kz-note'>{entity(one.say(lang))}</p>")


def _read_once(
    town: Town, mark: str, read: Callable[[], tuple[shapely.Geometry, list[Words]]]
) -> Drawn:
    """Return a file's shape, read once and not at every touch of the page."""
    held = st.session_state.get(_READ)
    key = (mark, map_key())
    if held is None or held[0] != key:
        try:
            shape, notices = read()
            drawn_place(town, shape, "")
            made = Drawn(shape=shape, mark=mark, notices=tuple(outside(one) for one in notices))
        except InputError as error:
            made = Drawn(shape=None, mark=mark, why=outside(error.words))
        held = st.session_state[_READ] = (key, made)
    found: Drawn = held[1]
    return found


def _geojson(town: Town, drawn: Drawn) -> dict[str, Any]:
    shape = town.plane.to_degrees(shapely.simplify(drawn.shape, 0.5))
    feature = {
        "type": "Feature", "id": "drawn", "properties": {},
        "geometry": json.loads(shapely.to_geojson(shape)),
    }  # fmt: skip
    return {"type": "FeatureCollection", "features": [feature]}


def _say_left(corners: int) -> Words:
    left = LEAST_CORNERS - corners
    if not corners:
        return Words(
            "地図を押して、形の角を順に決めてください。",
            "Press the corners of the shape on the map, one after another.",
        )
    return Words(f"あと {left}つ以上、角を押してください。", f"Press {left} corners more at least.")


def _tell(drawn: Drawn, *, from_file: bool) -> Words:
    if from_file:
        return Words("渡されたファイルの形です。", "The shape of the file given.")
    if drawn.shape is None and drawn.why is not None and len(drawn.corners) < LEAST_CORNERS:
        return (
            drawn.why if not drawn.mark else Words("形がまだありません。", "There is no shape yet.")
        )
    return Words(
        f"角 {len(drawn.corners)}つ。押すと増やせます。",
        f"{len(drawn.corners)} corners; press for more.",
    )


def _put(corners: tuple[tuple[float, float], ...]) -> None:
    write_address({CORNERS: say_corners(corners)})
