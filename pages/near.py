"""ここから近い所: what is near from here, on foot."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.asked import make_question, wanted_in
from layers.cards.street_place import find_place
from layers.day.spot import stand_at, ways_to
from layers.maps.near_layers import NEAR, NearSign, here_uri, near_group, near_legend
from layers.maps.popup import entity
from layers.maps.register_layers import look_layer
from layers.maps.town_map import map_key, town_map
from layers.served.answers import day_for
from pages.parts.coverage.sentence import draw_line
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import asked_before, begin_page, show_empty
from pages.parts.frame.office import today
from pages.parts.frame.show_map import show_map
from pages.parts.near.assumed import say_assumed
from pages.parts.near.choices import PARTS, ask_choices
from pages.parts.near.point import ask_name, forget_point, point_now, put_point
from pages.parts.near.told import (
    chosen_row,
    find_near,
    looks_now,
    open_row,
    opened_row,
    show_near,
    show_opened,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import folium

    from geo.base.words import Lang
    from geo.coverage.question import Question
    from geo.town import Town
    from geo.walk.path import Path
    from geo.walk.search import Way
    from layers.asked import Asked
    from layers.day.day import Day
    from layers.day.spot import Spot
    from pages.parts.frame.show_map import Tap
    from pages.parts.near.told import Near, Row

PAGE = Page(
    id="near", words=Words("ここから近い所", "Near here"), group="map", order=25,
    kinds=("site",),
)  # fmt: skip
TITLE = Words("ここから歩いて、どこに行けるか", "What is within a walk from here?")
STRAIGHT: Final = Words("ここから直線で近いのは、どこか", "What is near here, in a straight line?")
HEIGHT: Final = 430
_LOOKED: Final = 3  # the nearest, seen at once round a place that was looked for
_RIM_DEG: Final = 0.0008
_ASK: Final = Words(
    "地図を押すか、名前・町名・住所でさがすと、そこから近い所が出ます。",
    "Press the map, or look for a name, an area or an address: what is near from there is shown.",
)
_NOT_KEPT: Final = Words(
    "ここの場所は、この画面を開いているあいだだけ使い、どこにも残しません。",
    "The place is used while this page is open, and is kept nowhere.",
)
_OUTSIDE: Final = Words(
    "この街の外です。街の中を押してください。", "Outside this town: press within it."
)


def show_page() -> None:
    """Show the page (画面)."""
    town, lang = begin_page(TITLE, straight=STRAIGHT, reads=PARTS)
    _show(town, lang)


@st.fragment
def _show(town: Town, lang: Lang) -> None:
    with st.container(key="near"):
        left, right = st.columns([0.42, 0.58])
    with left:
        opened = st.container(key="mapcard")
    with left, st.container(key="near_ask"):
        choices = ask_choices(lang)
    before = asked_before(town)
    asked = replace(
        before, band="", at_least="", weekday=choices.weekday, half=choices.half,
        content=choices.content, eligible=choices.eligible,
    )  # fmt: skip
    try:
        with (
            right,
            st.spinner(Words("近い所を調べています…", "looking for what is near…").say(lang)),
        ):
            day = day_for(asked)
            spot = _stand(day, make_question(asked, day.built))
            near = None if spot is None else find_near(spot, choices, lang, today())
            row = None if near is None else chosen_row(near)
            ways = _ways(spot, row)
    except InputError as error:
        with right:
            show_empty(Words("まだ出せません", "cannot tell yet"), outside(error.words), lang)
        return
    with right:
        _show_sentence(near, lang)
        _show_map(town, _layers(town, spot, near, ways), lang)
        st.html(near_legend(choices.kind, lang, ways=[way for way, _ in ways]))
        _show_assumed(spot, ways, before, lang)
    with left:
        ask_name(day, lang)
        _show_place(town, asked.division, lang)
        if near is not None:
            show_near(near, lang)
    if near is not None:
        with opened:
            show_opened(near, lang)


def _stand(day: Day, question: Question) -> Spot | None:
    point = point_now()
    at = None if point is None else point.at_m(day.built.plane)
    return None if at is None else stand_at(day, question, *at)


def _ways(spot: Spot | None, row: Row | None) -> list[tuple[Way, Path]]:
    if spot is None or row is None or row.at_m is None:
        return []
    return ways_to(spot, row.at_m, rules=row.kind == "salon")


def _show_sentence(near: Near | None, lang: Lang) -> None:
    if near is None:
        text = (_ASK if point_now() is None else _OUTSIDE).say(lang)
        st.html(f"<p class='kz-read'>{entity(text)}</p>")
        return
    lines = near.lines or ((),)
    text = "<br>".join(draw_line(line) for line in lines) or entity(_OUTSIDE.say(lang))
    st.html(f"<p class='kz-read'>{text}</p>")


def _layers(
    town: Town, spot: Spot | None, near: Near | None, ways: list[tuple[Way, Path]]
) -> folium.FeatureGroup:
    """Return the layers of the map: here, the numbered places, the way."""
    rows = () if near is None else near.rows
    chosen = None if near is None else opened_row(near)
    signs = [
        NearSign(id=row.site_id, kind=row.kind, at_m=row.at_m, number=row.number, chosen=row is chosen)
        for row in rows if row.at_m is not None
    ]  # fmt: skip
    group = near_group(town.plane, None if spot is None else spot.at_m, signs, ways)
    point, looks = point_now(), looks_now()
    if spot is not None and point is not None and point.name:
        near_m = [spot.at_m, *(one.at_m for one in signs[:_LOOKED])]
        look_layer(_box(town, near_m), f"near-{point.turn}").add_to(group)
    if ways and looks:
        look_layer(_box(town, ways[0][1].points_m.tolist()), f"way-{looks}").add_to(group)
    return group


def _box(town: Town, points_m: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    """Return west, south, east, north round points of the plane, in degrees, with a rim."""
    lon, lat = town.plane.to_lonlat([at[0] for at in points_m], [at[1] for at in points_m])
    return (
        float(lon.min()) - _RIM_DEG, float(lat.min()) - _RIM_DEG,
        float(lon.max()) + _RIM_DEG, float(lat.max()) + _RIM_DEG,
    )  # fmt: skip


def _show_map(town: Town, group: folium.FeatureGroup, lang: Lang) -> None:
    """Show the map; where it is pressed is in this visit's memory alone.

    A press on a numbered sign opens its card, and leaves the point where it is.
    """

    def press(tap: Tap) -> None:
        open_row(tap.id if tap.layer == NEAR else "")
        if tap.layer != NEAR:
            put_point(tap.lat, tap.lng)

    show_map(
        town_map(town, outlined=True),
        group,
        key=f"near-{map_key()}",
        height=HEIGHT,
        lang=lang,
        on_tap=press,
    )


def _show_assumed(
    spot: Spot | None, ways: list[tuple[Way, Path]], before: Asked, lang: Lang
) -> None:
    lines = [] if spot is None else [say_assumed(spot, today())]
    if spot is not None and spot.question.heights and ways:
        street = f"{ways[0][1].street_m:,.0f}"
        lines.append(
            Words(
                f"出している道の、実際の長さは {street}m（坂の分を足すと {ways[0][1].metres:,.0f}m）",
                f"The way shown is {street} m long ({ways[0][1].metres:,.0f} m with slopes added)",
            )
        )
    lines += [
        Words(
            f"ほかの画面で選んだ「{one.ja}」は、ここでは使っていない",
            f"Not used here, though chosen on another page: {one.en}",
        )
        for one in wanted_in(before).say()
    ]
    body = "<br>".join(entity(one.say(lang)) for one in (*lines, _NOT_KEPT))
    said, change = st.columns([0.7, 0.3], vertical_alignment="center")
    said.html(f"<p class='kz-as'>{body}</p>")
    words = Words("歩き方を変える", "Change the walk")
    if change.button(words.say(lang), key="n_question", width="stretch"):
        params = {"lang": lang} if lang == "en" else {}
        st.switch_page("pages/coverage.py", query_params=params)


def _show_place(town: Town, division: str, lang: Lang) -> None:
    """Say in words where the point is, and offer to forget it."""
    point = point_now()
    if point is None:
        return
    place = point.name or find_place(town, division, point.lon, point.lat).say(lang)
    head = Words("ここ：", "Here: ").say(lang)
    words, button = st.columns([0.78, 0.22], vertical_alignment="center")
    words.html(
        f"<p class='kz-near-here'><img alt='' width='28' height='28' src='{here_uri(28)}'>"
        f"<b>{entity(head + place)}</b></p>"
    )
    button.button(
        Words("消す", "Forget").say(lang), key="n_forget", on_click=forget_point, width="stretch"
    )


show_page()
