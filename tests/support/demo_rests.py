"""The demo town with its register, photos left small: for tests of pages, routes and facts."""

import shutil
from datetime import date

import pytest

from geo.sources.demo_town import build_demo
from layers import demo_register
from surveys.photos.draw import draw_scene

TODAY = date(2026, 11, 21)


def build_filled(folder):
    """Build the demo town in a folder and fill its register."""
    build_demo(folder, lambda _: None)
    small = draw_scene("bench", seed=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("surveys.demo.fill.draw_scene", lambda *_, **__: small)
        demo_register.fill_demo_register(folder, today=TODAY)
    return folder


def copy_filled(filled, folder):
    """Copy a filled town, to be changed by one test."""
    return shutil.copytree(filled, folder)
