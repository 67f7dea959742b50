"""The survey form, made from a type's declaration alone (調査票の画面)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.dates import parse_month, parse_time
from geo.base.marks import shown
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from geo.schedule import (
    dump_schedule,
    parse_schedule,
    say_reading,
    say_sessions,
    sessions_per_month,
)
from layers.maps.popup import entity
from pages.parts.form.date import ask_date
from pages.parts.form.noticed import show_noticed
from pages.parts.form.photos import ask_photos
from pages.parts.form.state import FormState
from pages.parts.frame.frame import label, no_markdown
from pages.parts.frame.office import today
from surveys.declaration.field import (
    KINDS_WITHOUT_UNKNOWN,
    NO_ITEMS_WORDS,
    NOT_ASKED_WORDS,
    UNKNOWN,
    UNKNOWN_WORDS,
)
from surveys.record.privacy import is_watched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from surveys.declaration.field import Choice, Field, FieldKind

NOT_ASKED: Final = ""
_CHOOSE: Final = Words("選ぶ（名前の一部を打つとさがせます）", "choose, or type a part of the name")
_CHOOSE_NEAR: Final = Words("近くの地点から選ぶ", "choose among the sites near")
_FEW: Final = 5
_MANY: Final = 14
_WIDE: Final = frozenset({"note", "schedule", "photos", "items", "choices", "areas", "sites"})


class Form(FormState):
    """One form on the screen, which asks what a type declares (画面の調査票)."""

    def ask_all(
        self,
        fields: Sequence[Field],
        answers: Mapping[str, Any],
        at: str = "",
        *,
        helped: bool = True,
    ) -> dict[str, Any]:
        """Ask fields two abreast and return what stands in them (項目をならべて聞く).

        Parameters
        ----------
        at
            The path the fields stand under.
        helped
            Whether to say how to answer; once is enough for six benches.
        """
        self.helped = helped
        out: dict[str, Any] = {}
        pair: list[Field] = []
        for field in fields:
            if field.kind in _WIDE or _options(field) > _FEW:
                self._ask_pair(pair, answers, at, out)
                pair = []
                out[field.id] = self.ask(field, answers.get(field.id), at)
            else:
                pair.append(field)
                if len(pair) == 2:  # noqa: PLR2004 - said by its name
                    self._ask_pair(pair, answers, at, out)
                    pair = []
        self._ask_pair(pair, answers, at, out)
        return {key: value for key, value in out.items() if value is not None}

    def ask(self, field: Field, value: Any, at: str = "") -> Any:  # noqa: ANN401 - an answer is any JSON value
        """Ask one field and return its answer, ``None`` for none (ひとつ聞く)."""
        asks: dict[FieldKind, Callable[[Field, Any, str], Any]] = {
            "choice": self._ask_choice,
            "choices": self._ask_choices,
            "number": self._ask_number,
            "date": partial(ask_date, self),
            "schedule": self._ask_schedule,
            "areas": self._ask_areas,
            "sites": self._ask_sites,
            "photos": partial(ask_photos, self),
            "note": self._ask_note,
        }
        ask: Callable[[Field, Any, str], Any] = asks.get(field.kind, self._ask_text)
        answer = ask(field, value, at + field.id)
        if field.help and self.helped:
            # Beside the question, not behind a small sign no thumb can press.
            st.html(f"<p class='kz-help'>{entity(field.help.say(self.lang))}</p>")
        return answer

    def _ask_pair(
        self, pair: Sequence[Field], answers: Mapping[str, Any], at: str, out: dict[str, Any]
    ) -> None:
        if not pair:
            return
        for column, field in zip(st.columns(2), pair, strict=False):
            with column:
                out[field.id] = self.ask(field, answers.get(field.id), at)

    def _ask_choice(self, field: Field, value: Any, path: str) -> str | None:  # noqa: ANN401 - an answer is any JSON value
        words = {one.id: label(one.words, self.lang) for one in _choosable(field, value)}
        words |= {UNKNOWN: UNKNOWN_WORDS.say(self.lang), NOT_ASKED: NOT_ASKED_WORDS.say(self.lang)}
        words = {key: text[:1].upper() + text[1:] for key, text in words.items()}
        key = self.key(path)
        self.start(key, value if value in words else NOT_ASKED)
        few = len(words) <= _FEW + 1
        chosen: str | None
        if len(words) > _MANY:
            chosen = st.selectbox(
                self.label(field), list(words), key=key,
                format_func=lambda one: shown(words[one]),
            )  # fmt: skip
        elif few:
            chosen = st.segmented_control(
                self.label(field), list(words), key=key, required=True,
                format_func=lambda one: no_markdown(words[one]), width="stretch",
            )  # fmt: skip
        else:
            chosen = st.pills(
                self.label(field), list(words), key=key, required=True,
                format_func=lambda one: no_markdown(words[one]), width="stretch",
            )  # fmt: skip
        return str(chosen) if chosen else None

    def _ask_choices(self, field: Field, value: Any, path: str) -> Any:  # noqa: ANN401 - an answer is any JSON value
        words = {one.id: label(one.words, self.lang) for one in _choosable(field, *(value or ()))}
        words[UNKNOWN] = label(UNKNOWN_WORDS, self.lang)
        key = self.key(path)
        start = [UNKNOWN] if value == UNKNOWN else [one for one in value or [] if one in words]
        self.start(key, start)
        chosen = st.pills(
            self.label(field), list(words), selection_mode="multi", key=key,
            format_func=lambda one: no_markdown(words[one]), width="stretch",
        )  # fmt: skip
        known = [one for one in chosen or [] if one != UNKNOWN]
        return known or (UNKNOWN if chosen else None)

    def _ask_number(self, field: Field, value: Any, path: str) -> Any:  # noqa: ANN401 - an answer is any JSON value
        key, unknown_key = self.key(path), self.key(path, ":unknown")
        whole = field.decimals == 0
        number = (
            None if value is None or value == UNKNOWN else (int(value) if whole else float(value))
        )
        self.start(key, number)
        self.start(unknown_key, UNKNOWN if value == UNKNOWN else None)
        main, side = st.columns([0.7, 0.3], vertical_alignment="bottom", gap="small")
        unknown = side.segmented_control(
            UNKNOWN_WORDS.say(self.lang), [UNKNOWN], key=unknown_key, label_visibility="collapsed",
            format_func=lambda _: label(UNKNOWN_WORDS, self.lang), width="stretch",
        )  # fmt: skip
        given = main.number_input(
            self.label(field), value=None, key=key,
            step=1 if whole else 10.0**-field.decimals,
            format="%d" if whole else f"%.{field.decimals}f",
            disabled=unknown == UNKNOWN, placeholder=NOT_ASKED_WORDS.say(self.lang),
        )  # fmt: skip
        if unknown == UNKNOWN:
            return UNKNOWN
        # Told here: what is beyond a widget's own limits, it drops without a word.
        if given is not None and not field.low <= given <= field.high:
            low, high = field.bounds
            words = Words(
                f"{low}〜{high}{field.unit} の範囲で書いてください。",
                f"Write a number from {low} to {high} ({field.unit}).",
            )
            st.html(f"<p class='kz-fault' role='alert'>{entity(words.say(self.lang))}</p>")
        return given

    def _ask_text(self, field: Field, value: Any, path: str) -> str | None:  # noqa: ANN401 - an answer is any JSON value
        key = self.key(path)
        self.start(key, "" if value is None else str(value))
        text = st.text_input(self.label(field), key=key)
        text = (text or "").strip()
        if is_watched(self.watched, path):
            show_noticed(text, self.lang)
        if not text or field.kind == "text":
            return text or None
        if text in (UNKNOWN, UNKNOWN_WORDS.ja) and field.kind not in KINDS_WITHOUT_UNKNOWN:
            return UNKNOWN
        try:
            if field.kind == "time":
                return parse_time(text)
            year, month = parse_month(text)
        except InputError as error:
            st.html(f"<p class='kz-fault'>{entity(outside(error.words).say(self.lang))}</p>")
            return text
        return f"{year}" if month is None else f"{year}-{month:02d}"

    def _ask_note(self, field: Field, value: Any, path: str) -> str | None:  # noqa: ANN401 - an answer is any JSON value
        key = self.key(path)
        self.start(key, "" if value is None else str(value))
        text = st.text_area(self.label(field), key=key, height=110)
        show_noticed(text or "", self.lang)
        return (text or "").strip() or None

    def _ask_schedule(self, field: Field, value: Any, path: str) -> Any:  # noqa: ANN401 - an answer is any JSON value
        key = self.key(path)
        self.start(
            key,
            (dump_schedule(value) or NO_ITEMS_WORDS.ja)
            if isinstance(value, list)
            else (UNKNOWN_WORDS.ja if value else ""),
        )
        example = Words(
            "毎週火曜 10:00～12:00　／　第1・3木曜 13:30～15:00（1行に1つ）",
            "毎週火曜 10:00～12:00 (weekly, Tuesday); one line each, in Japanese",
        )
        text = st.text_area(
            self.label(field),
            key=key,
            height=88,
            placeholder=example.say(self.lang),
        ).strip()
        if not text:
            return None
        if text == UNKNOWN_WORDS.ja:
            return UNKNOWN
        if text == NO_ITEMS_WORDS.ja:
            return []
        rules = parse_schedule(text)
        count = say_sessions(sessions_per_month(rules))
        said = "<br>".join(
            entity(words.say(self.lang)) for words in [*say_reading(rules, today()), count]
        )
        st.html(f"<p class='kz-note'>{said}</p>")
        return rules

    def _ask_areas(self, field: Field, value: Any, path: str) -> Any:  # noqa: ANN401 - an answer is any JSON value
        key = self.key(path)
        start = value if isinstance(value, list) else [UNKNOWN] if value == UNKNOWN else []
        self.start(key, start)
        unknown = label(UNKNOWN_WORDS, self.lang)
        chosen = st.multiselect(
            self.label(field), list(dict.fromkeys([*start, *self.areas, UNKNOWN])), key=key, accept_new_options=True,
            format_func=lambda one: unknown if one == UNKNOWN else shown(one),
            placeholder=Words("地区を選ぶ、または書く", "choose or write areas").say(self.lang),
        )  # fmt: skip
        return [one for one in chosen if one != UNKNOWN] or (UNKNOWN if chosen else None)

    def _ask_sites(self, field: Field, value: Any, path: str) -> Any:  # noqa: ANN401 - an answer is any JSON value
        key = self.key(path)
        start = value if isinstance(value, list) else []
        self.start(key, start)
        offered = self.named.get(field.id, self.sites)
        hint = _CHOOSE if field.among or offered else _CHOOSE_NEAR
        chosen = st.multiselect(
            self.label(field), list(dict.fromkeys([*start, *offered])), key=key,
            format_func=lambda one: shown(offered.get(one, one)), placeholder=hint.say(self.lang),
        )  # fmt: skip
        return list(chosen) or None


def _options(field: Field) -> int:
    return len(field.offered) + 1 if field.kind == "choice" else 0


def _choosable(field: Field, *chosen: object) -> list[Choice]:
    """Return the choices to choose among: those offered, and what was chosen before it was hidden."""
    return [one for one in field.choices if not one.hidden or one.id in chosen]
