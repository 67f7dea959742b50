"""Which page is open, how it was come to, and what its address says (開いている画面とアドレス).

A switch of pages drops all that an address says, and so does nobody who goes back: the one is
told from the other here. What stands in the address is a step one can go back to when a press
came before it (``layers/routes/parts/page_steps.js``): what a page puts there by itself is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.delta_generator import DeltaGenerator

_VISIT: Final = (
    "address:visit"  # the page's hash, the visit's number, whether Back or Forward began it
)
_NONE: Final = (None, 0, False)


def begin_visit() -> None:
    """Note which page is open; at the beginning of every page (画面を開いた).

    A run of a part of the page (a fragment) does not begin one.
    """
    context = get_script_run_ctx(suppress_warning=True)
    page = "" if context is None else context.page_script_hash
    before, number, _ = st.session_state.get(_VISIT, _NONE)
    if page != before:
        st.session_state[_VISIT] = page, number + 1, is_step_back()


def visit_now() -> int:
    """Return the number of this visit of a page: another whenever another page was opened (何度めか)."""
    return int(st.session_state.get(_VISIT, _NONE)[1])


def is_step_back() -> bool:
    """Say whether Back or Forward asked for this run (もどったか)."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and bool(getattr(context, "is_history_navigation", False))


def is_come_back_to() -> bool:
    """Say whether Back or Forward led to this visit: the address is then meant, also an empty one (もどった画面か).

    Not asked of the run alone: the one they asked for may have been left before it came so far.
    """
    return is_step_back() or bool(st.session_state.get(_VISIT, _NONE)[2])


def write_address(said: Mapping[str, str]) -> None:
    """Put parts into the page's address, at once and as one step; "" takes one out (アドレスに書く)."""
    before = {one: st.query_params.get_all(one) for one in st.query_params}
    after = {**before, **{name: [text] for name, text in said.items()}}
    after = {name: texts for name, texts in after.items() if texts and texts != [""]}
    if after != before:
        st.query_params.from_dict(after)


def quiet(name: str) -> DeltaGenerator:
    """Return a container whose widgets change the address without a step to go back to (しぼりこみの入れ物).

    For filters and pages of a list: ``with quiet("filters"): st.selectbox(**linked(…))``.
    """
    return st.container(key=f"quiet_{name}")
