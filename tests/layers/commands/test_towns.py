"""`layers.commands.towns`: each town's figures are those of its own `kayoi coverage`, and say what they rest on."""

import shutil

import openpyxl
import pandas as pd
import pytest

from geo.cli import main
from geo.coverage.asking import parse_question
from geo.coverage.coverage import COUNTED
from geo.export.towns import ASKED_KEYS, town_keys
from geo.say.masked import MASKED
from layers.areas.figures import row_of
from layers.areas.place import place_of
from layers.areas.run import Run
from layers.commands.shared import open_town
from layers.day.salons import When

ASKED = ["--within", "400m", "--walker", "slow", "--people", "75", "--as-of", "2026-11-20"]


@pytest.fixture(scope="module")
def both(built_towns, tmp_path_factory):
    into = tmp_path_factory.mktemp("towns")
    shutil.copytree(built_towns.filled(), into / "汐見野市")
    shutil.copytree(built_towns.filled(), into / "もう一つ")
    return into


def towns(*parts):
    return main(["towns", *map(str, parts)])


def test_the_rows_are_what_each_town_is_told_by_itself(both, tmp_path, capsys, japanese):
    out, alone = tmp_path / "towns.csv", tmp_path / "alone.csv"
    folders = [both / "汐見野市", both / "もう一つ"]
    assert towns(*folders, "--out", out, "--areas", *ASKED) == 0
    said = capsys.readouterr()
    assert "1/2" in said.err and "2/2" in said.err and "もう一つ" in said.err
    assert "渡された街 2" in said.out and "庁内用" in said.out
    table = pd.read_csv(out, dtype=str, keep_default_na=False)
    assert list(table) == list(town_keys(council=False))
    for folder in folders:
        given = ["--town", folder, "--division", "町丁目", *ASKED, "--out", tmp_path / "o.geojson"]
        assert main(["coverage", *map(str, given), "--table", str(alone)]) == 0
        own = pd.read_csv(alone, dtype=str, keep_default_na=False)
        mine = table[table["folder"] == folder.name]
        assert mine["row"].tolist() == ["街"] + ["地区"] * (len(own) - 1)
        # Its last row is that of all together, which stands first here.
        for at, row in enumerate([len(own) - 1, *range(len(own) - 1)]):
            for column in own:
                assert mine.iloc[at][column] == own.iloc[row][column], (column, row)
        assert (mine["asked_within"] == "400m").all() and (mine["asked_people"] == "75歳以上").all()
        assert (mine["as_of"] == "2026-11-20").all() and (mine["people_date"] != "").all()
        sentence = capsys.readouterr().out.splitlines()[0]
        assert mine.iloc[0]["sentence"].startswith(sentence)


def test_what_no_town_can_be_asked_is_refused_once_and_writes_nothing(
    both, tmp_path, capsys, japanese
):
    out = tmp_path / "towns.csv"
    assert towns(both / "汐見野市", both / "もう一つ", "--out", out, "--walker", "snail") != 0
    said = capsys.readouterr().err
    assert said.count("snail") == 1 and "汐見野市" not in said and not out.exists()


def test_a_town_that_cannot_be_read_is_a_row_that_says_why(
    both, built_towns, tmp_path, capsys, japanese
):
    out, straight = tmp_path / "towns.xlsx", built_towns.straight()
    given = [both / "汐見野市", tmp_path / "ない", straight, built_towns.bare(), "--keys", "ja"]
    assert towns(*given, "--out", out, "--areas") == 2
    said = capsys.readouterr().err
    assert "わけは、表のその行にあります" in said and said.count("数えています") == 4
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["街", "地区", "前提"]
    heads, *rows = book["街"].iter_rows(values_only=True)
    assert heads == tuple(town_keys(council=False).values())
    found = {row[1]: dict(zip(heads, row, strict=True)) for row in rows}
    assert len(found) == 4
    for missing in ("ない", built_towns.bare().name):
        row = found[missing]
        assert row["数えられないわけ"] and str(tmp_path) not in row["数えられないわけ"]
        assert row["人数"] is None and row["届く人"] is None
    assert found["汐見野市"]["人数"] and not found["汐見野市"]["数えられないわけ"]
    # Straight lines say so in their row, and know nothing of streets.
    lines = found[straight.name]
    assert lines["測り方"].startswith("直線") and lines["道につながらない人"] is None
    assert found["汐見野市"]["測り方"] == "道のり"
    about = list(book["前提"].iter_rows(values_only=True))
    # The folder tells two towns of one name apart on every sheet.
    assert any(one == "汐見野市" and told.startswith("出典") for _, one, told in about)
    assert any(one == "ない" for _, one, _ in about)


def test_a_council_sees_no_small_count_and_no_more_than_on_the_areas_sheets(
    both, tmp_path, japanese
):
    out, town = tmp_path / "towns.csv", both / "汐見野市"
    assert towns(town, "--out", out, "--areas", "--for", "council", *ASKED) == 0
    rows = pd.read_csv(out, dtype=str, keep_default_na=False).to_dict("records")
    day = open_town(town, When(on="2026-11-20"))
    question = parse_question(division="町丁目", people="75", walker="slow", within="400m")
    made = Run(day=day, question=question, audience="council")
    hidden = 0
    for told in rows[1:]:
        row = row_of(made, place_of(day.built, "町丁目", told["area_id"]))
        for column in (*COUNTED, "share"):
            assert (told[column] == MASKED.ja) == (column in row.hidden), (told, column)
            hidden += column in row.hidden
    assert hidden > 0
    for told in rows:
        for column in (*COUNTED, "left_not_placed", "left_outside_division"):
            if told[column] not in ("", MASKED.ja):
                assert not 0 < int(told[column]) < 10, (told, column)


def test_the_same_folder_twice_and_a_wrong_name_are_refused(both, tmp_path, capsys, japanese):
    town = both / "汐見野市"
    assert towns(town, both / "もう一つ" / ".." / "汐見野市", "--out", tmp_path / "a.csv") == 2
    assert "2回" in capsys.readouterr().err
    assert towns(town, "--out", tmp_path / "a.txt") == 2
    assert towns(town, "--out", town / "data" / "a.csv") == 2
    assert not (tmp_path / "a.csv").exists()


def test_no_figure_stands_without_what_it_rests_on():
    for council in (False, True):
        assert set(ASKED_KEYS) <= set(town_keys(council=council))
    assert "minutes_p50" not in town_keys(council=True)
