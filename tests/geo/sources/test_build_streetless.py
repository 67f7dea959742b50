"""A town built without streets: whole but for them, kept and read again, given streets later."""

import numpy as np
import pytest
from town_fixtures import write_town

from geo.cli import main
from geo.coverage.asking import parse_question
from geo.sources.recipe import load_recipe, save_recipe
from geo.sources.town_folder import is_streetless, load_base, load_town
from geo.town import ask

ASKED = parse_question(division="町丁目", people="65", walker="elderly", within="500m")


def without(arguments, *options):
    """The arguments without some options and what each is given."""
    pairs = list(zip(arguments[::2], arguments[1::2], strict=True))
    return [one for pair in pairs if pair[0] not in options for one in pair]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A town built with everything there is but streets."""
    folder = tmp_path_factory.mktemp("bare") / "town"
    files = write_town(folder.with_name("files"))
    assert main(["build", "--out", str(folder), *without(files, "--streets")]) == 0
    return folder


def test_all_but_the_streets_is_in_and_whole_people_are_spread_over_their_areas(made):
    town = load_town(made)
    assert town.streetless and is_streetless(made) and town.network.edge_count == 0
    assert town.divisions == ("町丁目", "小学校区", "全域") and len(town.salons) == 2
    cells = town.cells
    assert set(cells["placed_by"]) == {"grid"} and (town.cell_snaps.edge >= 0).all()
    by_area = cells.groupby("area_id")[["people_all", "people_65", "people_75"]].sum()
    assert by_area.to_numpy().tolist() == [[1000, 301, 149], [777, 99, 50]]
    assert load_base(made).empty
    said = "".join(ja for ja, _ in town.facts["notices"])
    assert "道のデータなしでつくりました" in said and "直線" in said


def test_its_answer_is_the_plain_count(made):
    town = load_town(made)
    homes, sites = (one[["x_m", "y_m"]].to_numpy() for one in (town.cells, town.salons))
    far = np.sqrt(((homes[:, None] - sites[None]) ** 2).sum(axis=2)).min(axis=1)
    found = ask(town, ASKED)
    assert found.totals["within"] == town.cells["people_65"].to_numpy()[far <= 500].sum()
    assert not found.areas["no_streets"].any() and found.totals["off_network"] == 0


def test_the_same_recipe_makes_the_same_town_and_a_file_of_streets_another(made, tmp_path):
    recipe = load_recipe(made / "town.toml")
    assert not recipe.of("streets")
    save_recipe(recipe, tmp_path / "again.toml")
    assert load_recipe(tmp_path / "again.toml") == recipe
    before = {one.name: one.read_bytes() for one in (made / "data").iterdir()}
    assert main(["build", "--recipe", str(made / "town.toml")]) == 0
    assert before == {one.name: one.read_bytes() for one in (made / "data").iterdir()}
    files = write_town(tmp_path / "files")
    later = tmp_path / "later"
    assert main(["build", "--out", str(later), *files]) == 0
    # The figures of both can be laid side by side: of the same areas and the same people.
    straight, streets = ask(load_town(made), ASKED), ask(load_town(later), ASKED)
    assert straight.question.straight and not streets.question.straight
    assert straight.areas["area_id"].tolist() == streets.areas["area_id"].tolist()
    assert straight.totals["people"] == streets.totals["people"]


def test_a_border_alone_makes_a_town_of_places(tmp_path, capsys):
    files = without(
        write_town(tmp_path / "files"), "--streets", "--division", "--people", "--sites"
    )
    assert main(["build", "--out", str(tmp_path / "town"), *files]) == 0
    assert "道: なし（距離はすべて直線）" in capsys.readouterr().out
    town = load_town(tmp_path / "town")
    assert town.streetless and town.divisions == ("全域",) and town.cells.empty


def test_neither_streets_nor_a_border_nor_areas_is_no_place(tmp_path, capsys):
    files = without(write_town(tmp_path / "files"), "--streets", "--division", "--border")
    assert main(["build", "--out", str(tmp_path / "town"), *files]) != 0
    assert "街の範囲が分かりません" in capsys.readouterr().err
    assert not (tmp_path / "town").exists()


def test_files_say_in_every_row_that_it_is_a_straight_line(made, tmp_path):
    out, table = tmp_path / "c.geojson", tmp_path / "c.csv"
    asked = ["--town", str(made), "--division", "町丁目", "--out", str(out), "--table", str(table)]
    assert main(["coverage", *asked, "--keys", "ja"]) == 0
    head, *rows = table.read_text(encoding="utf-8-sig").splitlines()
    assert "測り方" in head and "道" not in head
    assert rows and all("直線（道のりはこれより長い）" in row for row in rows)
    told = out.read_text(encoding="utf-8")
    assert '"basis": "straight_line"' in told or '"basis":"straight_line"' in told


def test_a_real_city_without_streets_is_counted_as_by_hand(data, tmp_path):
    files = {
        "--border": data / "boundaries" / "n03_37201.json",
        "--people": data / "takamatsu" / "takamatsu_0066_202602.xlsx",
        "--addresses": data / "addresses" / "高松市.json",
        "--sites": data / "takamatsu" / "facilities" / "community_center" / "data.xlsx",
    }
    given = [str(one) for pair in files.items() for one in pair]
    points = ["--people", str(files["--addresses"])]
    folder = tmp_path / "town"
    assert main(["build", "--out", str(folder), "--name", "高松市", *given, *points]) == 0
    town = load_town(folder)
    assert town.cells["people_all"].sum() == 418_129 and len(town.salons) == 52
    homes, sites = (one[["x_m", "y_m"]].to_numpy() for one in (town.cells, town.salons))
    far = np.full(len(homes), np.inf)
    for x_m, y_m in sites:
        far = np.minimum(far, np.sqrt((homes[:, 0] - x_m) ** 2 + (homes[:, 1] - y_m) ** 2))
    for within, limit in (("500m", 500.0), ("800m", 800.0), ("10min", 10 * 60.0)):
        asked = parse_question(division="全域", people="65", walker="elderly", within=within)
        found = ask(town, asked)
        assert asked.limit_m == limit
        assert found.totals["within"] == town.cells["people_65"].to_numpy()[far <= limit].sum()
        assert found.totals["people"] == 120_999
