"""Photos of a survey form: kept on the shelf at once, captioned, taken off again (写真の項目)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words
from layers.maps.popup import entity
from surveys.photos.picture import MAX_BYTES

if TYPE_CHECKING:
    from pages.parts.form.state import FormState
    from surveys.declaration.field import Field

_PHOTO: Final = Words("写真 {n}", "Photo {n}")


def ask_photos(form: FormState, field: Field, value: Any, path: str) -> Any:  # noqa: ANN401 - an answer is any JSON value
    """Ask for photos; each is on the shelf before it is shown (写真を聞く)."""
    key = form.key(path)
    kept_key, turn_key = key + ":kept", key + ":turn"
    form.start(kept_key, list(value or []))
    form.start(turn_key, 0)
    files = st.file_uploader(
        form.label(field), type=["jpg", "jpeg", "png", "webp", "heic", "heif"],
        accept_multiple_files=True, key=f"{key}:{st.session_state[turn_key]}",
        max_upload_size=MAX_BYTES // 1_000_000,
    )  # fmt: skip
    kept: list[dict[str, str]] = st.session_state[kept_key]
    if files:
        for file in files:
            try:
                photo = form.register.photos.take(file.getvalue(), file=file.name)
            except InputError as error:
                st.session_state[key + ":fault"] = outside(error.words).say(form.lang)
                continue
            if all(one["id"] != photo.id for one in kept):
                kept = [*kept, {"id": photo.id, "caption": ""}]
        st.session_state[kept_key] = kept
        st.session_state[turn_key] += 1
        st.rerun()  # the uploader is emptied by a new key: the photo is on the shelf already
    fault = st.session_state.pop(key + ":fault", None)
    if fault:
        st.html(f"<p class='kz-fault'>{entity(fault)}</p>")
    return _show_photos(form, key, kept) or None


def _show_photos(form: FormState, key: str, kept: list[dict[str, str]]) -> list[dict[str, str]]:
    out: list[dict[str, str]] = []
    for number, photo in enumerate(kept, start=1):
        picture, words, button = st.columns([0.2, 0.55, 0.25], vertical_alignment="center")
        alt = photo["caption"] or _PHOTO.fill(n=number).say(form.lang)
        picture.html(
            f"<img alt='{entity(alt)}' style='width:100%;border-radius:6px'"
            f" src='/photos/{entity(photo['id'])}.thumb.jpg'>"
        )
        caption_key = f"{key}:{photo['id']}"
        form.start(caption_key, photo["caption"])
        caption = words.text_input(
            Words("写真の説明", "Caption").say(form.lang), key=caption_key,
            placeholder=Words("例：東の入口から", "from the east entrance").say(form.lang),
        )  # fmt: skip
        if button.button(
            Words("はずす", "Remove").say(form.lang), key=caption_key + ":x", width="stretch"
        ):
            st.session_state[key + ":kept"] = [one for one in kept if one["id"] != photo["id"]]
            st.rerun()
        out.append({"id": photo["id"], "caption": caption or ""})
    st.session_state[key + ":kept"] = out
    return out
