"""What the map fetches of a question with rests: cells, squares, rests, benches, hostile names."""

import json
import shutil

import numpy as np
import pytest
import shapely
from geojson_rules import faults
from sheet_fixtures import put
from starlette.applications import Starlette
from starlette.testclient import TestClient

from layers.asked import Asked
from layers.routes.answers import BYTES, make_answer_routes
from layers.served.answers import answer, best_benches
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now

ASKED = Asked(people="65", walker="cane", within="500m", slopes="on", rest="150", band="on")
HOSTILE = "</script><img src=x onerror=alert(1)>"


@pytest.fixture
def client(filled_town, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(shutil.copytree(filled_town, tmp_path / "town")))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with TestClient(Starlette(routes=make_answer_routes())) as made:
        yield made
    register_now().engine.dispose()


def fetch(client, name, asked=ASKED):
    found = client.get(f"/answer/{name}?{asked.query}")
    assert found.status_code == 200, found.text
    if name.endswith(".bin"):
        return np.frombuffer(found.content, dtype=np.uint8)
    document = json.loads(found.content)
    assert faults(document) == []
    return document["features"]


def test_cells_squares_and_areas_tell_who_lacks_a_rest(client):
    totals, cells = answer(ASKED).totals, answer(ASKED).cells
    people = cells["people"].to_numpy()
    byte = fetch(client, "cells.bin")
    assert people[byte == BYTES["no_rest"]].sum() == totals["no_rest"] > 0
    assert people[byte == BYTES["outside"]].sum() == totals["outside"] - totals["no_rest"]
    squares = [one["properties"] for one in fetch(client, "mesh.geojson")]
    assert sum(one["people"] for one in squares) == totals["people"]
    reached = sum(one["people"] * one["share"] for one in squares)
    assert reached == pytest.approx(totals["within"], abs=1)  # shares are told to four places
    assert any(one["rest"] for one in squares) and not all(one["rest"] for one in squares)
    assert any(one["properties"].get("rest") for one in fetch(client, "areas.geojson"))


def test_the_benches_are_the_tables_and_the_rests_those_that_count(client):
    best = best_benches(ASKED)
    drawn = fetch(client, "benches.geojson")
    assert [one["properties"]["people"] for one in drawn] == best["people"].tolist()
    assert [one["properties"]["rank"] for one in drawn] == list(range(1, len(best) + 1))
    known = {one["properties"]["known"] for one in fetch(client, "rests.geojson")}
    assert known == {True, False}  # with a band, those nobody knows of stand there hollow
    plain = Asked(people="65", walker="cane", within="500m", rest="150")
    assert {one["properties"]["known"] for one in fetch(client, "rests.geojson", plain)} == {True}


def test_a_new_bench_is_in_the_next_answer_and_its_name_stays_text(client):
    before = len(fetch(client, "rests.geojson"))
    salon = town_now().salons.iloc[0]
    lon, lat = town_now().plane.to_lonlat([salon["x_m"] + 20.0], [salon["y_m"]])
    place = shapely.Point(float(lon[0]), float(lat[0]))
    put(register_now(), "bench", "bad", {"name": HOSTILE}, place=place)
    after = fetch(client, "rests.geojson")
    assert len(after) == before + 1
    text = client.get(f"/answer/rests.geojson?{ASKED.query}").text
    assert HOSTILE in [one["properties"]["name"] for one in after]
    assert "</script" not in text or json.loads(text)  # it is JSON, shown as text by the map


@pytest.mark.parametrize("wrong", ["rest=49", "rest=1e3", "toilet=99999", "trip=up", "band=2"])
@pytest.mark.parametrize("name", ["rests.geojson", "benches.geojson", "cells.bin"])
def test_what_cannot_be_asked_is_refused_in_words(client, name, wrong):
    found = client.get(f"/answer/{name}?people=65&walker=elderly&within=500m&{wrong}")
    assert found.status_code == 400 and "<" not in found.text
