"""The door: the ASGI application when imported, the pages when Streamlit runs it."""

from pathlib import Path

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    from pages.parts.frame.frame import run_pages

    run_pages(HERE)
else:
    import streamlit as st
    from starlette.middleware import Middleware
    from streamlit.runtime.pages_manager import PagesManager

    from layers.routes.all import make_all_routes
    from layers.routes.one_address import OneAddress
    from layers.routes.parts.closed import Closed
    from layers.routes.parts.wrong_address import WrongAddress
    from layers.served.account import find_standing, find_user, sign_in_needed
    from pages.parts.frame.declared import find_pages
    from pages.parts.frame.shut import shut_streamlit
    from surveys.api.at_once import AtOnce
    from surveys.api.gate import Gate

    shut_streamlit(HERE)
    # Until the first page list is made, Streamlit would offer every file of pages/ as a page.
    PagesManager.uses_pages_directory = False

    PAGES, ROUTES = find_pages(), make_all_routes()
    FIRST = next(iter(PAGES))
    app = st.App(
        HERE / "app.py",
        routes=ROUTES,
        # The first is the outermost: nothing of ours or Streamlit's answers before the gate.
        middleware=[
            Middleware(
                Gate, find_user=find_user, needed=sign_in_needed, find_standing=find_standing
            ),
            Middleware(Closed),
            Middleware(AtOnce),
            Middleware(OneAddress, pages=tuple(PAGES)),
            Middleware(
                WrongAddress,
                pages=tuple(PAGES),
                ways={id_: one.words for id_, one in PAGES.items() if one.listed or id_ == FIRST},
                routes=ROUTES,
            ),
        ],
    )
