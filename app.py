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

    from layers.routes.answers import make_answer_routes
    from layers.routes.assets import make_routes
    from layers.routes.field import make_field_routes
    from layers.routes.one_address import OneAddress
    from layers.routes.register import make_register_routes
    from layers.routes.sites import make_site_routes
    from layers.served.account import find_user, sign_in_needed
    from layers.served.register import register_now
    from layers.served.town import town_folder
    from surveys.api.gate import Gate, account_id_of
    from surveys.api.sign_in import make_sign_in_routes
    from surveys.api.sync import make_sync_routes

    # As pages.parts.frame.frame lists them; importing that would import all a page needs.
    PAGES = (
        "coverage",
        "map",
        "record",
        "sites",
        "walks",
        "karte",
        "imports",
        "export",
        "received",
    )
    # Until the first page list is made, Streamlit would offer every file of pages/ as a page.
    PagesManager.uses_pages_directory = False

    app = st.App(
        HERE / "app.py",
        routes=[
            *make_sign_in_routes(register_now, sign_in_needed),
            *make_sync_routes(register_now, account_id_of),
            *make_field_routes(),
            *make_answer_routes(),
            *make_site_routes(),
            *make_register_routes(),
            *make_routes(town_folder),
        ],
        # The first is the outermost: nothing of ours or Streamlit's answers before the gate.
        middleware=[
            Middleware(Gate, find_user=find_user, needed=sign_in_needed),
            Middleware(OneAddress, pages=PAGES),
        ],
    )
