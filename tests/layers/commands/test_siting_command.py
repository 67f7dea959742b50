"""`kayoi siting` and `kayoi week`: their files, their sentences, and what they refuse."""

import json

import openpyxl
import pandas as pd
import pytest
from geojson_rules import faults

from geo.base.arguments import Parser, make_adder
from geo.cli import main
from layers.commands import siting, week
from layers.commands.picture import add_picture
from layers.pictures.figures import SITING_TITLE


def run(capsys, *parts):
    assert main([str(one) for one in parts]) == 0
    return capsys.readouterr().out


def test_the_commands_write_their_files_and_say_what_they_found(
    filled_town, tmp_path, capsys, japanese
):
    out, table, book = (tmp_path / f"o.{one}" for one in ("geojson", "csv", "xlsx"))
    asked = ["--town", filled_town, "--as-of", "2026-11-21"]
    said = run(capsys, "siting", *asked, "--out", out, "--table", table)
    document = json.loads(out.read_text(encoding="utf-8"))
    assert faults(document) == []
    rows = [one["properties"] for one in document["features"]]
    assert [row["rank"] for row in rows] == [*range(1, len(rows) + 1)]
    assert all(sum(one["gained"] for one in row["by_area"]) == row["gained"] for row in rows)
    assert "足し算にならない" in said and rows[0]["name"] in said.splitlines()[1]
    told = document["kayoi"]
    assert "足し算にならない" in told["candidates"]["means"][0]["ja"] and told["sources"]
    assert any("候補にしない" in one["ja"] for one in told["candidates"]["left_out"])
    written = pd.read_csv(table)
    assert written["gained"].tolist() == [row["gained"] for row in rows]
    named = {row["name"]: row for row in rows}
    picked = tmp_path / "picked.csv"
    best = document["features"][0]
    lon, lat = best["geometry"]["coordinates"]
    picked.write_text(f"名称,緯度,経度\n=ここ,{lat},{lon}\n海,{lat},{lon + 1}\n", encoding="utf-8")
    run(
        capsys,
        "siting",
        *asked,
        "--candidates",
        picked,
        "--top",
        "1",
        "--out",
        out,
        "--table",
        book,
    )
    run(capsys, "siting", *asked, "--out", out, "--picture", tmp_path / "s.svg")
    assert SITING_TITLE.ja[:5] in (tmp_path / "s.svg").read_text(encoding="utf-8")
    run(capsys, "siting", *asked, "--candidates", picked, "--top", "1", "--out", out)
    (one,) = json.loads(out.read_text(encoding="utf-8"))["features"]
    assert one["properties"]["gained"] == named[best["properties"]["name"]]["gained"]
    sheets = openpyxl.load_workbook(book)
    cell = sheets.worksheets[0]["C2"]
    assert cell.value == "=ここ" and cell.data_type == "s" and len(sheets.worksheets) == 3
    half_days = ["--division", "町丁目", "--table", book, "--out", out]
    picture = tmp_path / "o.svg"
    said = run(capsys, "week", *asked, *half_days, "--picture", picture)
    assert picture.read_text(encoding="utf-8").count("火曜　") == 1
    where = [*asked, "--division", "町丁目", "--within", "500m", "--walker", "elderly",
             "--people", "65", "--out", out, "--picture"]  # fmt: skip
    run(capsys, "coverage", *where, picture)
    assert "届かない人が多い地区" in picture.read_text(encoding="utf-8")
    assert main(["coverage", *map(str, where), str(tmp_path / "o.png")]) == 2
    assert ".svg" in capsys.readouterr().err
    run(capsys, "week", *asked, *half_days)
    assert faults(json.loads(out.read_text(encoding="utf-8"))) == []
    assert "・火曜: 午前 " in said and "月1回の通いの場も" in said
    for wrong in (["--out", out, "--top", "0"], ["--out", out, "--table", tmp_path / "o.txt"],
                  ["--out", out, "--kinds", "school"]):  # fmt: skip
        assert main(["siting", *map(str, asked), *map(str, wrong)]) == 2
    assert "候補が1つもありません" in capsys.readouterr().err


@pytest.mark.parametrize("command", [siting, week])
def test_what_they_take_is_told_in_both_languages(command):
    for lang in ("ja", "en"):
        parser = Parser(prog="kayoi", lang=lang)
        command.add_arguments(parser, lang)
        assert "--table" in parser.format_help() and command.WORDS.say(lang)


def test_a_picture_is_offered_as_svg():
    parser = Parser(prog="kayoi", lang="ja")
    add_picture(make_adder(parser, "ja"))
    assert "SVG" in parser.format_help()
    assert parser.parse_args(["--picture", "o.svg"]).picture.suffix == ".svg"
