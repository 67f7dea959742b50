"""The planners' file as GDAL and SQLite read it.

Through `layers.commands.export`, `layers.planners.package` and its layers: `ground_layers`
(layers.planners.ground_layers), layers.planners.site_layers, layers.planners.register_layers and
layers.planners.about.
"""

import re
import sqlite3
from contextlib import closing

import numpy as np
import pyogrio
import pytest
from defusedxml import ElementTree
from town_fixtures import EAST, WEST

from geo.base.words import Words
from geo.cli import main
from geo.coverage.asking import parse_question
from geo.export.facts import Stamp
from geo.export.rows import area_keys
from geo.network.network import STEPS
from geo.town import ordered_sites
from layers.commands.shared import open_town
from layers.day.salons import When
from layers.day.why import why_outside
from layers.planners.package import dump_package
from layers.planners.site_layers import mark_office
from surveys.declaration.field import Field
from surveys.store.portables import all_portables
from surveys.types import RECORD_TYPES

STAMP = Stamp(version="1", made_at="2026-11-21T00:00:00Z")
TODAY = When(on="2026-11-21")


def packed(folder, *, lang="ja", exact=False, **more):
    day = open_town(folder, TODAY)
    asked = {"people": "65", "walker": "elderly", "within": "500m"} | more
    question = parse_question(division=day.built.divisions[0], **asked)
    coverage = day.ask(question)
    why = why_outside(day, question, coverage)
    return day, coverage, why, dump_package(
        day, coverage, why, exact=exact, lang=lang, stamp=STAMP
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(filled_town, tmp_path_factory):
    """The demo's day and answer, and its file."""
    day, coverage, why, data = packed(filled_town)
    path = tmp_path_factory.mktemp("planners") / "a.gpkg"
    path.write_bytes(data)
    return day, coverage, why, path


def layers_of(path):
    return {str(name): kind for name, kind in pyogrio.list_layers(path) if name != "layer_styles"}


def read(path, layer):
    return pyogrio.read_dataframe(path, layer=layer, fid_as_index=True)


def rows(path, sql):
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def test_every_layer_is_valid_and_of_one_kind_of_shape(made):
    *_, path = made
    for name, kind in layers_of(path).items():
        table = read(path, name)
        assert len(table) > 0, name
        if kind is None:
            continue
        shapes = table.geometry[table.geometry.notna()]
        assert table.crs == "EPSG:4326" and set(shapes.geom_type) == {kind}, name
        assert shapes.is_valid.all(), name
    for name, geometry in rows(
        path, "SELECT table_name, geometry_type_name FROM gpkg_geometry_columns"
    ):
        assert geometry != "GEOMETRY", name
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA foreign_key_check") == []


def test_counts_and_figures_are_the_towns(made):
    day, coverage, why, path = made
    town, network = day.built, day.built.network
    areas = read(path, "地区")
    assert areas["outside"].tolist() == coverage.areas["outside"].tolist()
    assert areas["outside"].sum() == 1216 and areas["why_not_open"].sum() == 103
    assert list(areas.columns[:-1]) == [*area_keys(coverage, why), "gap_rank"]
    assert sorted(areas["gap_rank"].dropna()) == [1, 2, 3, 4, 5]
    assert len(read(path, "地区の境")) == len(town.areas)
    places = read(path, "地図の所")["site_id"]
    assert set(places) == day.told.joined.free and len(places) == len(set(places)) > 0
    reach = read(path, "届く道")
    assert reach["site_id"].tolist() == ordered_sites(day.salons)["site_id"].tolist()
    streets = read(path, "道")
    assert len(streets) == network.edge_count
    assert streets["metres"].sum() == pytest.approx(network.length_m, abs=network.edge_count)
    steps = (network.edge_flags & STEPS) > 0
    assert ((streets["slope"] == "steps").to_numpy() == steps).all()
    assert {"flat", "gentle", "steep", "steps"} <= set(streets["slope"])
    seen = streets["seen_on"].notna().to_numpy()
    assert (seen == (day.told.looked != "")).all() and seen.any() and not seen.all()


def test_salons_that_do_not_count_stand_beside_those_that_do_with_their_state(made):
    day, _, _, path = made
    salons = read(path, "通いの場").set_index("name")
    assert len(salons) == len(day.listed.listed)
    assert salons.loc["西町公会堂", ["counts", "state"]].tolist() == ["no", "休止"]
    assert salons.loc["仲町よりみち", ["counts", "state"]].tolist() == ["no", "準備中"]
    assert (salons["counts"] == "unsure").sum() == 1
    counted = salons[salons["counts"].isin(["yes", "unsure"])]
    assert sorted(counted["site_id"]) == sorted(day.salons["site_id"])
    told = day.salons.set_index("site_id")["sessions_per_month"].round(2)
    mine = counted.set_index("site_id")["sessions_per_month"]
    np.testing.assert_allclose(
        mine.to_numpy(dtype=float), told.loc[mine.index].to_numpy(dtype=float)
    )


def test_the_register_is_there_by_kind_and_says_what_is_for_the_office(made):
    day, _, _, path = made
    every = all_portables(day.told.register)
    names = layers_of(path)
    for type_ in RECORD_TYPES.values():
        mine = [
            name for name in names if re.fullmatch(f"台帳_{type_.words.ja}(_線|_面)?_庁内用", name)
        ]
        count = sum(len(read(path, name)) for name in mine)
        assert count == sum(one.type == type_.id for one in every), type_.id
    # Whose notes and photos they hold: items and lines, too.
    assert all(name.endswith("_庁内用") for name in names if name.startswith("台帳_"))
    assert "台帳_公園_ベンチ_庁内用" in names and "台帳_坂・段差_線_庁内用" in names
    assert (
        mark_office(Words("通いの場", "salons"), office=True).en
        == "salons (office use only, 庁内用)"
    )


def test_every_layer_has_one_default_style_that_is_sound(made):
    *_, path = made
    found = rows(
        path, "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles"
    )
    assert sorted(one[0] for one in found) == sorted(layers_of(path))
    drawn = {}
    for name, column, qml, default in found:
        root = ElementTree.fromstring(qml)
        assert default == 1 and root.tag == "qgis"
        assert {one.get("field") for one in root.iter("alias")} <= set(read(path, name).columns)
        renderer = root.find("renderer-v2")
        assert (renderer is not None) == (column == "geom"), name
        if renderer is None:
            continue
        symbols = {one.get("name") for one in renderer.find("symbols")}
        classes = [*renderer.iter("category"), *renderer.findall("rules/rule")]
        assert {one.get("symbol") for one in classes} <= symbols and symbols
        assert all(one.get("label") for one in classes)
        drawn[name] = (
            renderer.get("type"),
            renderer.get("attr"),
            {one.get("value") for one in classes},
        )
    assert drawn["道"] == (
        "categorizedSymbol",
        "slope",
        {"flat", "gentle", "steep", "steps", "unknown"},
    )
    assert drawn["通いの場"][:2] == ("categorizedSymbol", "counts")
    assert drawn["地区の境"][2] == {"町丁目", "日常生活圏域", "全域"}
    assert drawn["地区"][0] == "RuleRenderer"


def test_what_a_categorised_layer_holds_is_all_among_its_classes(made):
    *_, path = made
    for name, qml in rows(path, "SELECT f_table_name, styleQML FROM layer_styles"):
        renderer = ElementTree.fromstring(qml).find("renderer-v2")
        if renderer is not None and renderer.get("type") == "categorizedSymbol":
            known = {one.get("value") for one in renderer.iter("category")}
            assert set(read(path, name)[renderer.get("attr")]) <= known, name


def test_every_column_is_called_by_a_name_people_read(made):
    *_, path = made
    titles = {(table, column): title for table, column, title in rows(
        path, "SELECT table_name, column_name, title FROM gpkg_data_columns")}  # fmt: skip
    for name in layers_of(path):
        for column in read(path, name).columns.drop("geometry", errors="ignore"):
            assert titles[name, column], (name, column)
    assert titles["地区", "why_not_open"] == "わけ_いまは数えない通いの場も数えれば届く人"
    assert titles["道", "seen_on"] == "最後に見て歩いた日"
    qml = dict(rows(path, "SELECT f_table_name, styleQML FROM layer_styles"))
    aliases = {
        one.get("field"): one.get("name") for one in ElementTree.fromstring(qml["道"]).iter("alias")
    }
    assert aliases["slope"] == titles["道", "slope"] == "坂の段"
    assert any(extension == "gpkg_schema" for (extension,) in rows(
        path, "SELECT extension_name FROM gpkg_extensions"))  # fmt: skip


def test_it_says_what_it_is_made_from(made):
    *_, path = made
    about = read(path, "この資料について")
    told = dict(zip(about["item"], about["told"], strict=True))
    assert told["街"] == "汐見野市" and told["いつの時点"] == "2026-11-21（いま分かっているかぎり）"
    text = "\n".join(about["told"])
    assert "1,216人（32.2％）" in text and "西町公会堂 休止 103人" in text
    assert "CC0 1.0" in text and "250m四方" in text and "「庁内用」とあるレイヤ" in text
    assert not about.duplicated().any()


def test_the_same_day_and_stamp_give_the_same_bytes(filled_town, made):
    *_, path = made
    assert packed(filled_town)[3] == path.read_bytes()


def test_english_is_whole(filled_town, tmp_path):
    path = tmp_path / "e.gpkg"
    path.write_bytes(packed(filled_town, lang="en", rest="150", walker="cane", heights=True)[3])
    names = set(layers_of(path))
    assert {"areas", "salons", "streets", "about this file"} <= names
    for name in names:
        assert not re.search("[぀-ヿ一-鿿]", name.replace("庁内用", "")), name
    titles = rows(path, "SELECT title FROM gpkg_data_columns")
    assert not [one for (one,) in titles if re.search("[぀-ヿ一-鿿]", one)]


def test_a_town_without_register_heights_or_salons_elsewhere_has_its_layers_too(
    small_town, tmp_path, japanese
):
    out = tmp_path / "s.gpkg"
    assert main(["export", "--town", str(small_town), "--out", str(out)]) == 0
    assert len(read(out, "通いの場")) == 2 and set(read(out, "道")["slope"]) == {"unknown"}
    assert read(out, "道")["seen_on"].isna().all()
    assert read(out, "地区")["area_name"].tolist() == [WEST, EAST]
    given = tmp_path / "g.csv"
    given.write_text("名称,緯度,経度\n新しい会,35.0009,138.6011\n", encoding="utf-8")
    assert main(["export", "--town", str(small_town), "--out", str(out), "--sites", str(given),
                 "--division", "小学校区", "--people", "75"]) == 0  # fmt: skip
    assert read(out, "通いの場")["name"].tolist() == ["新しい会"]
    assert len(read(out, "届く範囲")) == 1 and set(read(out, "地区")["division"]) == {"小学校区"}


def test_a_failed_export_leaves_what_was_there(small_town, tmp_path, capsys, monkeypatch, japanese):
    out = tmp_path / "a.gpkg"
    out.write_bytes(b"before")
    for more in (["--division", "町内会"], ["--people", "75", "--slope"]):
        assert main(["export", "--town", str(small_town), "--out", str(out), *more]) == 2
    assert main(["export", "--town", str(small_town), "--out", str(tmp_path / "a.zip")]) == 2
    assert ".gpkg" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["a.gpkg"] and out.read_bytes() == b"before"


def test_the_columns_are_declared_as_questions_are(made):
    *_, path = made
    assert Field(id="a", words=Words("あ", "a"), kind="number").decimals == 0
    types = {name: kind for _, name, kind, *_ in rows(path, 'PRAGMA table_info("道")')}
    assert types["seen_on"] == "DATE" and types["metres"] == "REAL" and types["slope"] == "TEXT"
    areas = {name: kind for _, name, kind, *_ in rows(path, 'PRAGMA table_info("地区")')}
    assert areas["people"] == "INTEGER" and areas["share"] == "REAL"
