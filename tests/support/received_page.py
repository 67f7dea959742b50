"""The page of what devices sent, on a town of its own, and a device that sends to it."""

import shutil

import pytest
from streamlit.testing.v1 import AppTest
from sync_device import Device, client_of
from where import ROOT

from layers.served.register import register_now
from layers.served.town import VARIABLE

PAGE = ROOT / "pages" / "received.py"


@pytest.fixture(name="register")
def town_register(small_town, tmp_path, monkeypatch):
    town = tmp_path / "town"
    shutil.copytree(small_town, town, ignore=shutil.ignore_patterns("register"))
    monkeypatch.setenv(VARIABLE, str(town))
    made = register_now()
    yield made
    made.engine.dispose()


@pytest.fixture(name="device")
def sending_device(register):
    with client_of(register) as client:
        yield Device(client)


def visit(**params):
    page = AppTest.from_file(str(PAGE), default_timeout=30)
    for key, value in params.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception, page.exception
    return page


def text_of(page):
    parts = [*page.get("html"), *page.subheader, *page.code]
    return "\n".join(str(getattr(one, "body", "") or getattr(one, "value", "")) for one in parts)
