"""Lines people walked: how long, a file of them, and deleting them for good (歩いた跡の画面)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
import streamlit as st

from geo.base.dates import parse_date, say_date
from geo.base.geojson import dump_geojson
from geo.base.square import OFFICE_MARK
from geo.base.words import Words, count_in_english
from pages.parts.frame.office import say_moment
from surveys.store.devices import drop_track, list_tracks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.town import Town
    from pages.parts.frame.office import Office
    from surveys.store.devices import Track

_METRES_PER_KM = 1_000


def show_tracks(office: Office, codes: Mapping[str, str]) -> None:
    """Show the lines, each with its length (歩いた跡)."""
    lang, tracks = office.lang, list_tracks(office.register)
    if not tracks:
        return
    st.subheader(
        Words(f"歩いた跡（{len(tracks)}本）", f"Tracks ({len(tracks)})").say(lang), anchor=False
    )
    st.download_button(
        Words("GeoJSON で書き出す", "Export as GeoJSON").say(lang), dump_tracks(tracks),
        file_name=f"tracks_{OFFICE_MARK}.geojson", mime="application/geo+json", key="rc_tracks",
        on_click="ignore",
    )  # fmt: skip
    for one in tracks:
        with st.container(border=True, key=f"card_track_{one.id}"):
            _show_track(office, one, codes.get(one.device_id, "?"))


def length_m(town: Town, track: Track) -> float:
    """Return how long a line is, in metres (歩いた跡の長さ)."""
    lon, lat = ([point[at] for point in track.points] for at in (0, 1))
    if not lon:
        return 0.0
    x_m, y_m = town.plane.to_m(lon, lat)
    ends = zip(zip(x_m, y_m, strict=True), zip(x_m[1:], y_m[1:], strict=True), strict=False)
    return float(sum(((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 for (x1, y1), (x2, y2) in ends))


def dump_tracks(tracks: Sequence[Track]) -> str:
    """Return lines as GeoJSON in degrees (歩いた跡の GeoJSON)."""
    drawn = [one for one in tracks if len(one.points) > 1]
    lines = [shapely.LineString([point[:2] for point in one.points]) for one in drawn]
    rows = [{"day": one.day, "walk_id": one.walk_id, "points": len(one.points)} for one in drawn]
    return dump_geojson(lines, rows, [one.id for one in drawn], foreign={})


def _show_track(office: Office, track: Track, code: str) -> None:
    lang = office.lang
    text, drop = st.columns([0.75, 0.25], vertical_alignment="center")
    km = length_m(office.town, track) / _METRES_PER_KM
    day = say_date(parse_date(track.day), lang)
    said = Words(
        f"端末{code}　{day}　{km:.1f}km・{len(track.points):,}点",
        f"Device {code}, {day}: {km:.1f} km, {count_in_english(len(track.points), 'point')}",
    )
    moment = say_moment(track.received_at, lang)
    text.html(f"<b>{said.say(lang)}</b>　<span class='kz-note'>{moment}</span>")
    with drop, st.popover(Words("消す", "Delete").say(lang), width="stretch"):
        asked = Words("この歩いた跡を消しますか。元には戻せません。", "Delete this track for good?")
        st.html(f"<p>{asked.say(lang)}</p>")
        if st.button(Words("消す", "Delete").say(lang), key=f"rc_untrack_{track.id}"):
            drop_track(office.register, track.id)
            st.session_state["rc_done"] = Words(
                "歩いた跡を消しました。", "The track is deleted."
            ).say(lang)
            st.rerun()
