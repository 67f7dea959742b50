"""Streamlit reads the app's own settings alone, and offers nothing beyond the pages."""

import json
import os
import subprocess
import sys

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from where import ROOT

from layers.routes.parts.closed import CLOSED, Closed
from pages.parts.frame.shut import FIXED

EVIL = """
[server]
enableStaticServing = true
maxUploadSize = 7
[client]
showErrorDetails = "full"
[theme]
primaryColor = "#ff0000"
"""
ASK = """
import json, sys
sys.path.insert(0, sys.argv[1])
import app
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton
print(json.dumps({
    "loaded": secrets_singleton.load_if_toml_exists(),
    **{key: config.get_option(key) for key in sys.argv[2:]},
}))
"""
ASKED = ("server.maxUploadSize", "theme.primaryColor", "server.disconnectedSessionTTL", *FIXED)


def ask(tmp_path):
    """Return what the app's settings come to, started in a folder with settings of its own."""
    for name in ("here", "home"):
        folder = tmp_path / name / ".streamlit"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(EVIL, encoding="utf-8")
        (folder / "secrets.toml").write_text('x = "y"', encoding="utf-8")
    evil = {
        "HOME": str(tmp_path / "home"), "USERPROFILE": str(tmp_path / "home"),
        "STREAMLIT_SERVER_ENABLE_AGENT_API": "true", "STREAMLIT_CLIENT_TOOLBAR_MODE": "developer",
    }  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-c", ASK, str(ROOT), *ASKED],
        cwd=tmp_path / "here", env={**os.environ, **evil}, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return json.loads(told.stdout.splitlines()[-1])


def test_no_settings_of_the_current_folder_nor_of_the_home_are_read(tmp_path):
    found = ask(tmp_path)
    assert found["server.maxUploadSize"] == 200
    assert found["theme.primaryColor"] == "#264A82"  # of the app's own file
    assert found["server.disconnectedSessionTTL"] == 900
    assert found["loaded"] is False
    fixed = {key: json.loads("{}") if value == "{}" else value for key, value in FIXED.items()}
    assert {key: found[key] for key in FIXED} == fixed


def test_what_no_page_needs_is_answered_as_if_it_were_not_there():
    everything = Route("/{path:path}", lambda _request: PlainTextResponse("here"))
    app = Starlette(routes=[everything])
    app.add_middleware(Closed)
    client = TestClient(app)
    for path in CLOSED:
        for one in (path, f"{path}/x"):
            assert client.get(one).status_code == client.post(one).status_code == 404, one
    for path in ("/", "/_stcore/health", "/_stcore/host-config", "/map", "/_stcore/agents"):
        assert client.get(path).text == "here"
