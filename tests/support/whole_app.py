"""The app as it is served, gate and all; Streamlit has one runtime a process, so it is made once."""

from functools import cache


@cache
def whole_app():
    """The whole app; which town, and who must sign in, it asks the environment at each request."""
    import app

    return app.app._build_starlette_app()
