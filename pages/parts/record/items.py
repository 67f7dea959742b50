"""Repeated things inside a site: the benches of a park, a card each (くりかえす物の画面)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.words import Words
from layers.cards.site_html import icon_img
from layers.maps.popup import entity
from pages.parts.frame.frame import label
from pages.parts.frame.office import new_id
from surveys.declaration.field import NO_ITEMS_WORDS, NOT_ASKED_WORDS, UNKNOWN, UNKNOWN_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.parts.form.form import Form
    from surveys.declaration.field import Field, Item

_ID_LENGTH: Final = 10
_STATES: Final[dict[str, Any]] = {"": None, "none": [], UNKNOWN: UNKNOWN}
_STATE_WORDS: Final = {"": NOT_ASKED_WORDS, "none": NO_ITEMS_WORDS, UNKNOWN: UNKNOWN_WORDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """One field of repeated things on the screen (くりかえす物).

    Attributes
    ----------
    key
        Where the list stands in the session: the widgets inside hold the rest.
    """

    form: Form
    field: Field
    item: Item
    key: str

    @property
    def now(self) -> Any:  # noqa: ANN401 - an answer is any JSON value
        """The list as it stands (いまの一覧)."""
        return st.session_state[self.key]

    def set(self, value: object) -> None:
        """Put another list there and draw the screen anew (入れかえる)."""
        st.session_state[self.key] = value
        st.session_state.pop(f"{self.key}:state", None)
        st.rerun()


def ask_items(form: Form, field: Field, value: Any) -> Any:  # noqa: ANN401 - an answer is any JSON value
    """Ask the things of a field and return them; ``[]`` is なし, ``None`` not asked (物を聞く).

    A card each, one more at a tap, and one that was taken away comes back at a tap.
    """
    if field.item is None:
        return None
    things = Things(form=form, field=field, item=field.item, key=f"i:{form.name}:{field.id}")
    if things.key not in st.session_state:
        st.session_state[things.key] = value
        # One added by mistake and removed again does not come to 「なし」.
        st.session_state[f"{things.key}:began"] = [] if isinstance(value, list) else value
    now = things.now
    items = list(now) if isinstance(now, list) else []
    st.html(
        f"<h3 class='kz-items'>{icon_img(field.item.marker, 28)} "
        f"{entity(label(field.words, form.lang))}　{_say_count(things)}</h3>"
    )
    # The map may have placed one of them since; all else is as the widgets have it.
    placed = {one["_id"]: one for one in value} if isinstance(value, list) else {}
    out = [
        _ask_one(things, one, placed.get(one["_id"], {}), number)
        for number, one in enumerate(items, start=1)
    ]
    _show_buttons(things, out)
    if not items:
        return now
    st.session_state[things.key] = out
    return out


def _say_count(things: Things) -> str:
    lang, now = things.form.lang, things.now
    if isinstance(now, list) and now:
        return f"{len(now)}{things.item.counter.ja}" if lang == "ja" else str(len(now))
    return _STATE_WORDS[_state(now)].say(lang)


def _state(now: object) -> str:
    return "" if now is None else UNKNOWN if now == UNKNOWN else "none"


def _ask_one(
    things: Things, one: dict[str, Any], placed: Mapping[str, Any], number: int
) -> dict[str, Any]:
    form, item, lang = things.form, things.item, things.form.lang
    id_ = one["_id"]
    at = f"{things.field.id}/{id_}/"
    asked = [inner for inner in item.fields if inner.kind != "point"]
    points = {
        inner.id: placed.get(inner.id) or one.get(inner.id)
        for inner in item.fields
        if inner.kind == "point"
    }
    first = [inner for inner in asked if inner.first]
    rest = [inner for inner in asked if not inner.first]
    with st.container(border=True, key=f"card_{form.name}_{things.field.id}_{id_}"):
        head, button = st.columns([0.75, 0.25], vertical_alignment="center")
        where = Words("　地図に置いた", " · on the map").say(lang) if any(points.values()) else ""
        head.html(
            f"<p class='kz-itemhead'>{icon_img(item.marker, 30)} <b>{number}</b>"
            f"<span class='kz-note'>{where}</span></p>"
        )
        remove = button.button(
            Words("はずす", "Remove").say(lang), key=f"{things.key}:{id_}:x", width="stretch"
        )
        out = {"_id": id_, **form.ask_all(first, one, at, helped=number == 1)}
        if rest:
            told = sum(inner.id in one for inner in rest)
            words = Words(
                f"詳しく・写真（{told}/{len(rest)}）", f"Details, photos ({told}/{len(rest)})"
            )
            with st.expander(words.say(lang)):
                out |= form.ask_all(rest, one, at, helped=number == 1)
    out |= {name: point for name, point in points.items() if point}
    if remove:
        # After all was asked: a word typed just before goes, and comes back, with the thing.
        st.session_state[f"{things.key}:removed"] = (out, number)
        left = [other for other in things.now if other["_id"] != id_]
        things.set(left or st.session_state[f"{things.key}:began"])
    return out


def _show_buttons(things: Things, items: list[dict[str, Any]]) -> None:
    item, lang, key = things.item, things.form.lang, things.key
    one_more = Words(f"＋ {item.words.ja}を1{item.counter.ja}たす", f"＋ Add a {item.words.en}")
    removed = st.session_state.get(f"{key}:removed")
    columns = iter(st.columns([0.4, 0.6] if not items else 2 + bool(removed)))
    if next(columns).button(one_more.say(lang), key=f"{key}:add", width="stretch"):
        things.set([*items, {"_id": new_id()[:_ID_LENGTH]}])
    if items:
        same = Words("前と同じものをたす", "Add one like the last")
        if next(columns).button(same.say(lang), key=f"{key}:again", width="stretch"):
            own = {inner.id for inner in item.fields if inner.kind in ("point", "photos")}
            copy = {name: value for name, value in items[-1].items() if name not in own}
            things.set([*items, {**copy, "_id": new_id()[:_ID_LENGTH]}])
    else:
        _ask_state(things, next(columns))
    if removed:
        back = Words(f"はずした{item.words.ja}をもどす", f"Bring the {item.words.en} back")
        place = next(columns, st)
        if place.button(back.say(lang), key=f"{key}:undo", width="stretch"):
            one, number = removed
            del st.session_state[f"{key}:removed"]
            things.set([*items[: number - 1], one, *items[number - 1 :]])


def _ask_state(things: Things, place: Any) -> None:  # noqa: ANN401 - an answer is any JSON value
    """Ask whether there are none, or it is not known, where no thing is listed."""
    lang, now = things.form.lang, things.now
    key = f"{things.key}:state"
    if key not in st.session_state:
        st.session_state[key] = _state(now)
    chosen = place.segmented_control(
        label(things.field.words, lang), ["none", UNKNOWN, ""], key=key, required=True,
        label_visibility="collapsed", width="stretch",
        format_func=lambda one: label(_STATE_WORDS[one], lang),
    )  # fmt: skip
    if (chosen or "") != _state(now):
        st.session_state[things.key] = _STATES[chosen or ""]
        st.rerun()
