"""`kayoi editions`: what was before, and an old edition asked again with today's register."""

import json
import shutil

import pytest

from geo.base.words import Words
from geo.cli import main
from geo.sources.editions import list_editions
from geo.sources.recipe import RECIPE, load_recipe
from layers.commands.editions import say_compared
from layers.making.compare import Compared, Row


@pytest.fixture
def town(small_town, tmp_path):
    """The small town, built anew after a newer table of people came."""
    folder = shutil.copytree(small_town, tmp_path / "town")
    (people,) = load_recipe(folder / RECIPE).of("people")
    table = folder / people.file
    table.write_text(table.read_text("utf-8-sig").replace("301", "333"), "utf-8-sig")
    assert main(["build", "--recipe", str(folder / RECIPE)]) == 0
    return folder


def people(folder, tmp_path):
    out = tmp_path / "out.geojson"
    asked = ["--division", "町丁目", "--people", "65", "--within", "500m", "--out", str(out)]
    assert main(["coverage", "--town", str(folder), *asked]) == 0
    return json.loads(out.read_text("utf-8"))["kayoi"]["totals"]["people"]


@pytest.mark.usefixtures("japanese")
def test_an_edition_is_listed_compared_and_asked_again(town, tmp_path, capsys):
    (kept,) = list_editions(town)
    assert main(["editions", "--town", str(town)]) == 0
    assert kept.id in capsys.readouterr().out
    assert main(["editions", "--town", str(town), "--compare", kept.id]) == 0
    said = capsys.readouterr().out
    assert "65歳以上: 400人 → 432人" in said and "75歳以上: 199人（同じ）" in said
    assert people(kept.folder, tmp_path) == 400 and people(town, tmp_path) == 432


def test_an_edition_there_is_not_is_refused_with_those_there_are(town, capsys):
    assert main(["editions", "--town", str(town), "--compare", "x"]) == 2
    assert list_editions(town)[0].id in capsys.readouterr().err


def test_the_same_files_built_again_keep_no_edition(small_town, tmp_path, capsys):
    folder = shutil.copytree(small_town, tmp_path / "town")
    assert main(["build", "--recipe", str(folder / RECIPE)]) == 0
    assert list_editions(folder) == []
    capsys.readouterr()
    assert main(["editions", "--town", str(folder)]) == 0
    assert capsys.readouterr().out.count("\n") == 1


def test_what_is_the_same_is_said_to_be_so():
    same = Row(what=Words("人口", "people"), before=Words("1人", "1"), after=Words("1人", "1"))
    told = Compared(rows=(same,), areas=(Words("「町」：新しい地区 1（西）", "x"),))
    assert say_compared(told, "ja") == ["人口: 1人（同じ）", "「町」：新しい地区 1（西）"]
