"""What was chosen, told to the browser anew when the language changes (選んだものを言いなおす)."""

from __future__ import annotations

import streamlit as st


def say_choices_anew() -> None:
    """Give each widget its own choice again, so that the browser learns how it is called now (選んだものを言いなおす).

    A browser tells a choice by the words it is shown in. Those of the other language would come
    back as no choice there is.
    """
    for key, value in st.session_state.items():
        texts = value if isinstance(value, list) else [value]
        if texts and all(isinstance(one, str) for one in texts):
            st.session_state[key] = value
