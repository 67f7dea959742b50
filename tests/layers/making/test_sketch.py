"""Small pictures of files: their shapes where they lie, and nothing of theirs that could run."""

from urllib.parse import unquote

import numpy as np
from given_files import drop, small_files

from layers.making.choose import choose
from layers.making.draft import read_draft
from layers.making.sketch import Sketch, draw, sketch_of


def test_every_file_with_a_place_is_drawn_and_others_are_not(tmp_path):
    files = small_files(tmp_path / "files")
    drop(tmp_path, *(files[name] for name in sorted(files)))
    found = {one.given.name: sketch_of(tmp_path, one) for one in choose(read_draft(tmp_path), None)}
    assert len(found["cho.geojson"].rings) == 2 and len(found["border.geojson"].rings) == 1
    assert len(found["streets.osm"].lines) == 18 and len(found["salons.csv"].points) == 2
    assert found["people.csv"] == Sketch()


def test_north_is_up_and_all_is_within_the_picture():
    square = np.array([[139.0, 35.0], [139.1, 35.0], [139.1, 35.1], [139.0, 35.1]])
    north = np.array([[139.05, 35.1]])
    text = unquote(
        draw(
            [("division", Sketch(rings=(square,))), ("sites", Sketch(points=north))],
            None,
            width=200,
            height=100,
        )
    )
    assert text.startswith("data:image/svg+xml,<svg") and "cx=" not in text.split("<circle")[0]
    y = float(text.split("cy='")[1].split("'")[0])
    assert y < 50
    numbers = [float(one) for one in text.split("d='M")[1].split("Z")[0].replace("L", " ").split()]
    assert all(0 <= one <= 200 for one in numbers)
    assert draw([], None, width=10, height=10) == ""
