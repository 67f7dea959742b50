"""The door: the ASGI application when imported, the pages when Streamlit runs it."""

from pathlib import Path

HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    from pages.frame import run_pages

    run_pages(HERE)
else:
    import streamlit as st
    from starlette.middleware import Middleware
    from streamlit.runtime.pages_manager import PagesManager

    from layers.answer_routes import make_answer_routes
    from layers.live import town_folder
    from layers.one_address import OneAddress
    from layers.register_routes import make_register_routes
    from layers.routes import make_routes
    from layers.site_routes import make_site_routes

    # As pages.frame lists them; importing that would import all a page needs.
    PAGES = ("coverage", "map", "record", "sites", "walks", "karte", "imports", "export")
    # Until the first page list is made, Streamlit would offer every file of pages/ as a page.
    PagesManager.uses_pages_directory = False

    app = st.App(
        HERE / "app.py",
        routes=[
            *make_answer_routes(),
            *make_site_routes(),
            *make_register_routes(),
            *make_routes(town_folder),
        ],
        middleware=[Middleware(OneAddress, pages=PAGES)],
    )
