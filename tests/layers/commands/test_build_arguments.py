"""What stands beside a file in an argument of ``kayoi build`` (layers.commands.build)."""

from pathlib import Path

import pytest

from geo.base.problems import InputError
from geo.cli import main
from layers.commands.build_files import accepted, border_file


def test_a_border_may_name_a_layer_and_a_municipality():
    assert border_file("n03.zip#N03-2024:12227") == (Path("n03.zip"), "N03-2024", "12227")
    assert border_file("n03.geojson:浦安市") == (Path("n03.geojson"), "", "浦安市")
    assert border_file("a.gpkg#境") == (Path("a.gpkg"), "境", "")
    assert border_file(None) == (None, "", "")


def test_only_what_is_asked_about_can_be_accepted(tmp_path, capsys):
    assert accepted("kind,places", "kind") == "kind" and accepted("places", "kind") == ""
    with pytest.raises(InputError, match="choose from names"):
        accepted("all", "kind")
    given = ["--streets", "a.osm", "--out", str(tmp_path / "town"), "--accept", "all"]
    assert main(["build", *given]) == 2
    assert "--accept「all」は使えません" in capsys.readouterr().err
