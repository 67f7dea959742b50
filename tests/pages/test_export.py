"""書き出し: what its buttons give (`pages.parts.export.file_row`)."""

import json
import shutil

import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest
from where import ROOT

from geo.export.keys import WHY_KEYS
from layers.served.register import register_now
from layers.served.town import VARIABLE


@pytest.fixture
def town(filled_town, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(shutil.copytree(filled_town, tmp_path / "town")))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield
    register_now().engine.dispose()


def offered(monkeypatch, **state):
    """Every file the page offers, by its name: what makes it."""
    found = {}
    monkeypatch.setattr(
        DeltaGenerator, "download_button",
        lambda _self, _label, make, *, file_name, **_more: found.__setitem__(file_name, make),
    )  # fmt: skip
    page = AppTest.from_file(str(ROOT / "pages/export.py"), default_timeout=120)
    for key, value in state.items():
        page.session_state[key] = value
    page.run()
    assert not page.exception, page.exception
    return found


def test_the_planners_file_is_the_offices_and_whole(town, monkeypatch):
    files = offered(monkeypatch)
    (name,) = [one for one in files if one.endswith(".gpkg")]
    assert name == "汐見野市_町丁目_65_500m_elderly_庁内用.gpkg"
    data = files[name]()
    assert data.startswith(b"SQLite format 3\x00") and "この資料について".encode() in data


def test_the_areas_say_why(town, monkeypatch):
    files = offered(monkeypatch, e_keys="en")
    areas = json.loads(files["汐見野市_町丁目_65_500m_elderly_areas.geojson"]())
    assert set(WHY_KEYS) <= set(areas["features"][0]["properties"])
    table = files["汐見野市_町丁目_65_500m_elderly_areas.csv"]()
    assert table.splitlines()[0].endswith("nearest_name,nearest_m")
