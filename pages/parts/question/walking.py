"""How one walks: slopes, which way, rests, toilets, and what is not known (歩き方をくわしく)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.day_words import say_span
from geo.base.words import Words
from geo.coverage.asking import TRIPS
from geo.coverage.question import needs_streets
from geo.walk.trip_words import TRIP_WORDS
from layers.asked import ON, RESTS, TOILETS
from layers.maps.popup import entity
from pages.parts.question.picking import no_markdown, pick

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.town import Town
    from geo.walk.walkers import Walker
    from layers.asked import Asked

REST_FIRST: Final = 150  # for a walker of whom no usual stretch is known: 杖・歩行器's
TOILET_FIRST: Final = 500


_STRAIGHT: Final = Words(
    "距離の測り方：直線（道のデータがないので）",
    "Distance: straight lines (no streets in the data)",
)
_OF_STREETS: Final = Words("坂・休む所・トイレ", "slopes, rests and toilets on the way")


@dataclass(frozen=True, slots=True, kw_only=True)
class Walking:
    """How one walks, as plain texts of `layers.asked.Asked` (歩き方)."""

    slopes: str = ""
    trip: str = ""
    rest: str = ""
    toilet: str = ""
    band: str = ""


def walking_before(town: Town) -> Walking:
    """Return how one was last said to walk (前に選んだ歩き方)."""
    kept = st.session_state
    slopes = town.relief is not None and bool(kept.get("q_slopes"))
    streets = not town.streetless
    rest, toilet = (streets and bool(kept.get(one)) for one in ("q_resting", "q_toilets"))
    trip = str(kept.get("q_trip") or "there")
    return Walking(
        slopes=ON if slopes else "",
        trip=trip if slopes and trip != "there" else "",
        rest=str(kept.get("q_rest") or REST_FIRST) if rest else "",
        toilet=str(kept.get("q_toilet") or TOILET_FIRST) if toilet else "",
        band=ON if kept.get("q_band") and (slopes or rest or toilet) else "",
    )


def put_walking(asked: Asked) -> None:
    """Choose how one walks, as if somebody had (歩き方を選んだことにする)."""
    kept = st.session_state
    kept["q_slopes"], kept["q_band"] = asked.slopes == ON, asked.band == ON
    kept["q_trip"] = asked.trip or "there"
    kept["q_resting"], kept["q_toilets"] = bool(asked.rest), bool(asked.toilet)
    if asked.rest:
        kept["q_rest"] = asked.rest
    if asked.toilet:
        kept["q_toilet"] = asked.toilet


def ask_walking(town: Town, walker: Walker, lang: Lang) -> Walking:
    """Ask how one walks, folded under a title that says what is on (歩き方をくわしく)."""
    before = walking_before(town)
    if town.streetless:
        with st.expander(_STRAIGHT.say(lang), key="q_walking"):
            _explain(needs_streets(_OF_STREETS), lang)
        return before
    with st.expander(no_markdown(say_title(before).say(lang)), key="q_walking"):
        _ask_slopes(town, lang)
        _ask_rests(walker, lang)
        _ask_toilets(lang)
        _ask_band(town, lang)
    return walking_before(town)


def say_title(walking: Walking) -> Words:
    """Return the folded part's title: what is on (くわしい歩き方の見出し).

    Examples
    --------
    >>> say_title(Walking()).ja
    '歩き方をくわしく（坂・休む所は入れていない）'
    >>> say_title(Walking(slopes="on", rest="150", band="on")).ja
    '歩き方をくわしく：坂、休む所150mごと、わからない所'
    """
    on = []
    if walking.slopes:
        way = next(TRIP_WORDS[one].label for one in TRIPS if one == (walking.trip or "there"))
        plain = not walking.trip
        on.append(
            Words("坂" if plain else f"坂（{way.ja}）", "slopes" if plain else f"slopes ({way.en})")
        )
    if walking.rest:
        on.append(Words(f"休む所{walking.rest}mごと", f"rests every {walking.rest} m"))
    if walking.toilet:
        on.append(Words(f"トイレ{walking.toilet}mごと", f"toilets every {walking.toilet} m"))
    if walking.band:
        on.append(Words("わからない所", "what is not known"))
    if not on:
        return Words(
            "歩き方をくわしく（坂・休む所は入れていない）", "How one walks (no slopes, no rests)"
        )
    return Words(
        "歩き方をくわしく：" + "、".join(one.ja for one in on),
        "How one walks: " + ", ".join(one.en for one in on),
    )


def _ask_slopes(town: Town, lang: Lang) -> None:
    none = town.relief is None
    st.toggle(
        Words("坂と階段を入れる", "Count slopes and steps").say(lang),
        key="q_slopes", disabled=none, persist_state="session",
    )  # fmt: skip
    _explain(_say_heights(town), lang)
    if none or not st.session_state.get("q_slopes"):
        return
    ways: dict[str, str] = {name: TRIP_WORDS[name].label.say(lang) for name in TRIPS}
    way = pick(Words("どちら向き", "Which way"), list(TRIPS), ways, "q_trip", lang, "there")
    _explain(next(TRIP_WORDS[one].help for one in TRIPS if one == way), lang)


def _say_heights(town: Town) -> Words:
    if town.relief is None:
        return Words(
            "この街には高さのデータがないので、選べません。"
            "標高のファイルを入れて街をつくり直すと選べます（「まち」の「資料のありか」に、手に入る所があります）。",
            "This town has no heights, so it cannot be chosen until it is made anew with a file of "
            "heights; “Where to get files” tells where one is to be had.",
        )
    share = town.relief.share_known(town.network)
    dates = sorted(one.date for one in town.credits if one.role == "heights" and one.date)
    span = say_span(dates[0] if dates else "", dates[-1] if dates else "")
    return Words(
        "坂と階段でかかる時間や労力を、平らな道の長さに直して足す。"
        f"道の長さの {100 * share:.1f}％ に高さがある（{span.ja}）。",
        "The time or strength slopes and steps take is added as metres of flat street. "
        f"{share:.1%} of the street length has a height ({span.en}).",
    )


def _ask_rests(walker: Walker, lang: Lang) -> None:
    def begin() -> None:
        if st.session_state.get("q_resting"):
            own = int(walker.rest_m or REST_FIRST)
            st.session_state["q_rest"] = str(own if own in RESTS else REST_FIRST)

    st.toggle(
        Words("休む所が要る", "Rests are needed").say(lang), key="q_resting", on_change=begin, persist_state="session",
    )  # fmt: skip
    _explain(
        Words(
            "休まずに歩ける長さごとに座れる所がある道だけを、歩ける道とする。",
            "Only ways count on which one can sit that often.",
        ),
        lang,
    )
    if st.session_state.get("q_resting"):
        title = Words("休まずに歩ける長さ", "Longest stretch without sitting")
        _choose(title, RESTS, "q_rest", str(REST_FIRST), lang)


def _ask_toilets(lang: Lang) -> None:
    st.toggle(
        Words("トイレが要る", "Toilets are needed").say(lang), key="q_toilets", persist_state="session",
    )  # fmt: skip
    _explain(
        Words(
            "決めた長さごとに、昼に使えるトイレがある道だけを、歩ける道とする。",
            "Only ways count with a toilet, open by day, that often.",
        ),
        lang,
    )
    if st.session_state.get("q_toilets"):
        title = Words("トイレなしで歩ける長さ", "Longest stretch without a toilet")
        _choose(title, TOILETS, "q_toilet", str(TOILET_FIRST), lang)


def _ask_band(town: Town, lang: Lang) -> None:
    now = walking_before(town)
    some = bool(now.slopes or now.rest or now.toilet)
    st.toggle(
        Words("わからない所で数字がどれだけ変わるか", "How far the unknown changes the figures").say(lang),
        key="q_band", disabled=not some, persist_state="session",
    )  # fmt: skip
    _explain(
        Words(
            "高さのない道や、座れるか分からない所を、悪い方と良い方の両方で数える。"
            + ("" if some else "坂・休む所・トイレのどれかを入れると選べます。"),
            "Streets without a height, and places nobody told of, are taken both as bad and as good. "
            + ("" if some else "Choose slopes, rests or toilets first."),
        ),
        lang,
    )


def _choose(title: Words, offered: tuple[int, ...], key: str, first: str, lang: Lang) -> None:
    own = int(st.session_state.get(key) or first)  # an address may ask for others between
    options = [str(one) for one in sorted({*offered, own})]
    st.selectbox(
        title.say(lang), options,
        index=0 if key in st.session_state else options.index(first), key=key,
        format_func=lambda one: Words(f"{int(one):,}mごと", f"every {int(one):,} m").say(lang),
        persist_state="session",
    )  # fmt: skip


def _explain(words: Words, lang: Lang) -> None:
    st.html(f"<p class='kz-help'>{entity(words.say(lang))}</p>")
