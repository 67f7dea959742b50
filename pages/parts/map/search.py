"""Looking for a place on the map by its name, kana, address, area or kind (地図でさがす)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import shapely
import streamlit as st

from geo.base.words import Words
from layers.layered.parts.signs import list_signs
from layers.maps.register_layers import look_layer
from layers.served.register import areas_of, register_now
from pages.parts.frame.frame import label
from pages.parts.frame.office import title_of
from pages.parts.map.choice import put_choice
from pages.parts.question.picking import no_markdown
from pages.parts.question.visit import visit_now
from surveys.store.listing import SiteQuery, list_sites
from surveys.store.rows import search_key
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.base.words import Lang
    from geo.town import Town
    from layers.maps.browser_layers import BrowserLayer
    from pages.parts.map.choice import Choice

_MOST: Final = 8
_RIM_DEG: Final = 0.0016
_LOOK: Final = "map:look"  # the box to look at, the number of the look, the visit of the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that was found (見つかったもの).

    Attributes
    ----------
    at
        As `pages.parts.map.choice.Choice.at`.
    box
        West, south, east, north in degrees.
    """

    at: str
    words: Words
    box: tuple[float, float, float, float]


def ask_search(town: Town, choice: Choice, lang: Lang) -> None:
    """Ask for a name, and offer what has it (さがす)."""
    text = st.text_input(
        Words("さがす", "Search").say(lang), key="m_words", max_chars=80,
        placeholder=Words("名前・かな・住所・町名・種類", "name, address, area or kind").say(lang),
    )  # fmt: skip
    if not (text or "").strip():
        return
    found = list(find_on_map(town, choice, str(text)))
    if not found:
        words = Words(
            "見つかりません。ことばを短くするか、ひらがなでためしてください。",
            "Nothing found: try a shorter word.",
        )
        st.html(f"<p class='kz-note' role='status'>{words.say(lang)}</p>")
        return
    with st.container(key="m_found"):
        for row, one in enumerate(found[:_MOST]):
            if st.button(no_markdown(one.words.say(lang)), key=f"m_found_{row}", width="stretch"):
                _look_at(town, choice, one)
    if len(found) > _MOST:
        more = Words(
            f"ほか {len(found) - _MOST:,}件。ことばを足すと、しぼれます。",
            f"{len(found) - _MOST:,} more: add a word.",
        )
        st.html(f"<p class='kz-note'>{more.say(lang)}</p>")


def look_now() -> BrowserLayer | None:
    """Return what turns the map to what was found in this visit of the page, if anything was (見る所)."""
    look = st.session_state.get(_LOOK)
    return None if look is None or look[2] != visit_now() else look_layer(look[0], str(look[1]))


def find_on_map(town: Town, choice: Choice, text: str) -> Iterator[Found]:
    """Yield the areas, records and places of the map a text names, in this order (さがした結果)."""
    key = search_key(text).strip()
    for name in dict.fromkeys((*choice.divisions[:1], *town.divisions)):
        division = town.division(name)
        for row in [
            i for i, one in enumerate(division["area_name"]) if key in search_key(str(one))
        ]:
            shape = town.plane.to_degrees(division.geometry.iloc[row])
            area = str(division["area_name"].iloc[row])
            words = Words(f"{area}（{name}）", f"{area} ({name})")
            own = name == (choice.divisions[:1] or town.divisions[:1])[0]
            at = f"area:{division['area_id'].iloc[row]}" if own else ""
            yield Found(at=at, words=words, box=shape.bounds)
    sites, _ = list_sites(register_now(), SiteQuery(words=text, order="name"), limit=3 * _MOST)
    areas = areas_of(town, sites)
    for site in sites:
        if site.place is None:
            continue
        ja, en = (title_of(site.type, site.title, site.number, lang) for lang in ("ja", "en"))
        where = areas.get(site.id, "")
        words = Words(
            "　".join(filter(None, (ja, site.type.words.ja, where))),
            " · ".join(filter(None, (en, site.type.words.en, where))),
        )
        yield Found(at=f"site:{site.id}", words=words, box=_round(site.place))
    for kind, type_ in RECORD_TYPES.items():
        for sign in list_signs(kind):
            if sign.id.startswith("place:") and key in search_key(f"{sign.name} {type_.words.ja}"):
                name = sign.name or label(type_.words, "ja")
                words = Words(
                    f"{name}　{type_.words.ja}（地図）", f"{name} · {type_.words.en} (map)"
                )
                yield Found(at=sign.id, words=words, box=_round(shapely.Point(sign.lon, sign.lat)))


def _round(place: shapely.Geometry) -> tuple[float, float, float, float]:
    west, south, east, north = place.bounds
    return (west - _RIM_DEG, south - _RIM_DEG, east + _RIM_DEG, north + _RIM_DEG)


def _look_at(town: Town, choice: Choice, one: Found) -> None:
    """Turn the map there, open its card, and have its kind shown."""
    on = choice.on
    for kind in RECORD_TYPES:
        if any(sign.id == one.at for sign in list_signs(kind)) and kind not in on:
            on = (*on, kind)
    before = st.session_state.get(_LOOK)
    st.session_state[_LOOK] = one.box, 1 if before is None else before[1] + 1, visit_now()
    put_choice(replace(choice, at=one.at or choice.at, on=on), town)
    st.rerun(scope="fragment")
