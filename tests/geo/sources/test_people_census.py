"""Census tables: kept secret, several levels, squares across the border; in is inside and told outside."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from geo.base.place import choose_plane
from geo.base.problems import InputError
from geo.people.joining import join_people
from geo.people.mesh import mesh_bounds, mesh_code
from geo.sources.boundaries import load_division
from geo.sources.people import load_people, read_people
from geo.sources.people_files import PeopleFile
from geo.sources.people_near import keep_near
from geo.sources.place_people import place_people
from geo.sources.tabular import parse_table
from geo.toy import toy_network

PLANE = choose_plane(139.8334, 36.0)
BORDER = box(0, 0, 400, 400)
ITEMS = [f"T001082{n:03d}" for n in range(1, 21)]
HEAD = ["KEY_CODE", "HYOSYO", "CITYNAME", "NAME", "HTKSYORI", "HTKSAKI", "GASSAN"]
LABELS = (
    ["総数、年齢「不詳」含む"]
    + [f"総数{low}～{low + 4}歳" for low in range(0, 75, 5)]
    + ["総数15歳未満", "総数15～64歳", "総数65歳以上", "総数75歳以上"]
)


def town(codes, division="町丁目"):
    """Squares of 100 m, one an area."""
    corners = [(100 * (n % 4), 100 * (n // 4)) for n in range(len(codes))]
    shapes = [box(x, y, x + 100, y + 100) for x, y in corners]
    return gpd.GeoDataFrame(
        {"area_id": codes, "area_name": codes, "division": division, "tier": ""},
        geometry=shapes, crs=PLANE.crs,
    )  # fmt: skip


def buildings(*at):
    shapes = [box(x - 5, y - 5, x + 5, y + 5) for x, y in at]
    frame = gpd.GeoDataFrame(
        {"building_id": [f"b{n}" for n in range(len(at))], "floor_m2_factor": 1.0},
        geometry=shapes, crs=PLANE.crs,
    )  # fmt: skip
    return frame.to_crs("EPSG:4326")


def place(paths, areas, homes=(), **more):
    files = [PeopleFile(path=path, **more) for path in paths]
    return place_people(
        files, areas, {}, border=BORDER, plane=PLANE, network=toy_network(), buildings=buildings(*homes)
    )  # fmt: skip


def items(ages):
    """The twenty numbers of a place of which `ages` are the people of 0–4 … 70–74, 75+ and unknown."""
    *young, oldest, _ = ages
    return [sum(ages), *young, sum(young[:3]), sum(young[3:13]), sum(young[13:]) + oldest, oldest]


def census(tmp_path, rows, *, encoding="cp932", labels=True, name="tblT001082C13.txt"):
    lines = [HEAD + ITEMS, [""] * 7 + LABELS][: 2 if labels else 1]
    text = "\n".join(",".join(str(one if one != 0 else "-") for one in row) for row in lines + rows)
    path = tmp_path / name
    path.write_text(text + "\n", encoding, newline="")
    return path


def row(code, numbers, *, level=4, handling=0, to="", of=""):
    return [code, level, "千代田区", code, str(handling), to, of, *numbers]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("totals", [True, False], ids=["totals published", "all hidden"])
def test_nobody_is_lost_and_nobody_is_made_up(tmp_path, seed, totals):
    rng = np.random.default_rng(seed)
    codes = [f"13101{n // 4 + 1:04d}{n % 4 + 1:02d}" for n in range(16)]
    beyond = [f"1310100{n}0{n}" for n in range(10, 13)]
    truth = {
        code: [*rng.choice((0, 1, 2, 9, 40), 16).tolist(), int(rng.integers(0, 4))]
        for code in (*codes, *beyond)
    }
    hidden = {}
    for code in rng.choice(codes, 4, replace=False).tolist():
        to = str(rng.choice([one for one in codes if one not in hidden and one != code]))
        if to not in hidden and code not in hidden.values():
            hidden[code] = to
    rows = []
    for code, ages in truth.items():
        if code in hidden:
            hide = [sum(ages) if totals else "X", *["X", "*"] * 9, "X"]
            rows.append(row(code, hide, handling=2, to=hidden[code][5:]))
            continue
        givers = [one for one, to in hidden.items() if to == code]
        together = np.sum([truth[one] for one in (code, *givers)], axis=0).tolist()
        numbers = items(together)
        if totals:
            numbers[0] = sum(ages)
        rows.append(row(code, numbers, handling=int(bool(givers)), of=";".join(givers)))
    for whole in ("131010001", "131010002"):
        sums = np.sum([truth[one] for one in codes if one.startswith(whole)], axis=0).tolist()
        rows.append(row(whole, items(sums), level=2))
    rows = [rows[at] for at in rng.permutation(len(rows))]
    placed = place([census(tmp_path, rows)], town(codes))
    everyone = sum(map(sum, truth.values()))
    told = placed.facts["people_not_placed"]
    assert placed.cells["people_all"].sum() + told["all"] == everyone
    assert told["all"] == sum(sum(truth[one]) for one in beyond)  # not on the map
    for age in (65, 75, 40):
        column = f"people_{age}"
        of_age = sum(sum(ages[age // 5 : 16]) for code, ages in truth.items() if code in codes)
        assert placed.cells[column].sum() == of_age, age
    by_area = placed.cells.groupby("area_id")["people_65"].sum().to_dict()
    for code in set(codes) - set(hidden):
        own = [code, *(one for one, to in hidden.items() if to == code)]
        assert by_area.get(code, 0) == sum(sum(truth[one][13:16]) for one in own)
    assert not set(hidden) & set(placed.cells["area_id"])
    assert set(hidden) <= set(placed.facts["areas_without_people"])


def test_hidden_people_are_shared_out_over_both_places(tmp_path):
    codes = ["13101000101", "13101000102"]
    hide = ["X"] * 20
    rows = [
        row(codes[0], items([0] * 13 + [40, 0, 0, 0]), handling=1, of=codes[1]),
        row(codes[1], hide, handling=2, to="000101"),
    ]
    placed = place([census(tmp_path, rows)], town(codes), homes=[(50, 50), (150, 50)])
    assert placed.cells["people_65"].tolist() == [20, 20]
    assert placed.cells["area_id"].tolist() == [codes[0]] * 2
    assert any(
        "秘匿" in one.ja and "一つの所" in one.ja for one in placed.found if hasattr(one, "ja")
    )


def test_a_hidden_row_without_its_receiver_is_told_and_left_out(tmp_path):
    codes = ["13101000101", "13101000102"]
    rows = [row(codes[0], items([1] * 17)), row(codes[1], [7, *["X"] * 19], handling=2, to="9999")]
    placed = place([census(tmp_path, rows)], town(codes))
    assert placed.cells["people_all"].sum() == 17 and placed.facts["people_left_out"] == 7
    assert any("伏せられて" in one.reason.ja for one in placed.found if hasattr(one, "reason"))


def test_of_the_levels_the_maps_own_is_taken(tmp_path):
    rows = [
        row("13101", items([3] * 17), level=1), row("131010001", items([2] * 17), level=2),
        row("13101000101", items([1] * 17)), row("13101000102", items([1] * 17)),
        row("131010002", items([1] * 17), level=3),
    ]  # fmt: skip
    for ids, people in (
        (["13101000101", "13101000102", "131010002"], [17, 17, 17]),
        (["131010001", "131010002"], [34, 17]),
        (["13101"], [51]),
    ):
        placed = place([census(tmp_path, rows)], town(ids))
        assert placed.cells.groupby("area_id")["people_all"].sum().tolist() == people, ids
        assert placed.facts["people_left_out"] == 0, ids


def test_unknown_ages_and_a_table_without_its_second_heading(tmp_path):
    rows = [row("13101000101", items([1] * 16 + [5]))]
    for labels in (True, False):
        table = load_people(census(tmp_path, rows, labels=labels))
        (one,) = table.frame.to_dict("records")
        assert (one["people_all"], one["people_65"], one["people_75"]) == (21, 3, 1), labels
        assert (one["people_unknown"], one["people_20"], one["people_70"]) == (5, 12, 2), labels


SQUARES = "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN," + ",".join(
    f"T001142{n:03d}" for n in (1, 4, 7, 10, 13, 16, 19, 22, 25)
)


def squares(tmp_path, rows, name="tblT001142Q5339.txt"):
    path = tmp_path / name
    path.write_text("\n".join([SQUARES, *rows]) + "\n", "cp932", newline="")
    return path


def at(x_m, y_m, digits=10):
    lon, lat = PLANE.to_lonlat(x_m, y_m)
    return mesh_code(float(lon), float(lat), digits)


def test_a_square_across_the_border_is_parted_by_dwellings_and_both_sides_are_told(tmp_path):
    across, whole, far = at(395, 100), at(100, 100), at(3000, 100)
    west, south, east, _ = mesh_bounds(across)
    assert PLANE.to_m(west, south)[0] < 390
    assert PLANE.to_m(east, south)[0] > 425
    numbers = "100,10,90,50,88,85,40,20,8"
    rows = [f"{code},0,,,{numbers}" for code in (across, whole, far)]
    homes = [(390, 100), (410, 90), (420, 110), (100, 100)]
    placed = place([squares(tmp_path, rows)], town(["1"]), homes=homes)
    inside = placed.cells["people_all"].sum()
    assert inside + placed.facts["people_beyond"]["all"] == 300
    assert abs(inside - 133) <= 2  # a third of each age group, whole people
    assert abs(placed.facts["people_beyond"]["65"] - 67) <= 2
    said = " ".join(one.ja for one in placed.found if hasattr(one, "ja"))
    assert f"市の中{inside - 100}人" in said and f"境の外{200 - inside}人" in said
    assert "1メッシュ（100人、うち65歳以上40人）" in said
    assert {"85", "20", "18", "15"} == set(placed.facts["ages"])


@pytest.mark.parametrize("digits", [8, 9, 10, 11])
def test_squares_of_every_size_sum_to_what_came_in(tmp_path, digits):
    step = {8: 900, 9: 450, 10: 225, 11: 110}[digits]
    codes = sorted(
        {at(x, y, digits) for x in range(-600, 1001, step) for y in range(-600, 1001, step)}
    )
    rng = np.random.default_rng(digits)
    rows, total = [], 0
    for code in codes:
        ages = rng.integers(0, 31, 5).tolist()
        over = [sum(ages[n:]) for n in range(5)]  # 0, 15, 65, 75, 85
        total += over[0]
        numbers = (over[0], ages[0], over[1], ages[1], over[1], over[1], *over[2:])
        rows.append(f"{code},0,,,{','.join(map(str, numbers))}")
    homes = rng.integers(-500, 900, (60, 2)).tolist()
    placed = place([squares(tmp_path, rows)], town(["1"]), homes=homes)
    assert placed.cells["people_all"].sum() + placed.facts["people_beyond"]["all"] == total
    assert len(placed.cells) and placed.facts["people_beyond"]["all"]


def test_a_hidden_square_is_one_place_with_its_receiver(tmp_path):
    one, other = at(60, 60), at(60, 300)
    rows = [f"{one},1,,{other},30,5,31,20,31,31,11,6,2", f"{other},2,{one},,6,*,*,*,*,*,*,*,*"]
    table = load_people(squares(tmp_path, rows))
    assert table.frame[["key", "people_all", "people_65"]].to_numpy().tolist() == [[one, 36, 11]]
    placed = place([squares(tmp_path, rows)], town(["1"]), homes=[(60, 60), (60, 300)])
    assert placed.cells["people_all"].sum() == 36 and placed.cells["people_all"].min() >= 17


def test_of_two_prefectures_files_a_square_on_their_border_is_added_up(tmp_path):
    one, other = at(60, 60), at(60, 300)
    numbers = "10,1,9,5,9,9,4,2,1"
    a = squares(tmp_path, [f"{one},0,,,{numbers}"], "a.txt")
    b = squares(tmp_path, [f"{one},0,,,{numbers}", f"{other},0,,,{numbers}"], "b.txt")
    placed = place([a, b], town(["1"]))
    assert placed.cells["people_all"].sum() == 30
    assert any("二つの表" in words.ja for words in placed.found if hasattr(words, "ja"))
    with pytest.raises(InputError, match="two are the same"):
        place([a, squares(tmp_path, [f"{one},0,,,{numbers}"], "c.txt")], town(["1"]))


def test_areas_told_in_two_files_are_refused(tmp_path):
    rows = [row("13101000101", items([1] * 17))]
    a = census(tmp_path, rows, name="a.txt")
    b = census(tmp_path, [*rows, row("13101000102", items([1] * 17))], name="b.txt")
    with pytest.raises(InputError, match="stand in two of"):
        place([a, b], town(["13101000101", "13101000102"]))


def test_of_a_large_table_only_the_squares_near_the_town_are_read(tmp_path):
    near, far = at(100, 100), at(90_000, 100)
    numbers = "10,1,9,5,9,9,4,2,1"
    path = squares(
        tmp_path, [f"{far},0,,,{numbers}", f"{near},0,,,{numbers}", f"{far},0,,,{numbers}"]
    )
    kept, (told,) = keep_near(path.read_bytes(), "a.txt", BORDER, PLANE, large=0)
    assert "2メッシュ（20人）" in told.ja
    table = read_people(parse_table(kept, file="a.txt"))
    assert table.frame[["key", "row"]].to_numpy().tolist() == [[near, 3]]
    # A cell of two lines: the file is read whole.
    quoted = path.read_bytes() + b'"a\nb",0\n'
    assert keep_near(quoted, "a.txt", BORDER, PLANE, large=0) == (quoted, [])


def test_where_nothing_is_known_beyond_the_border_all_are_inside_and_it_is_told(tmp_path):
    path = squares(tmp_path, [f"{at(395, 100)},0,,,100,10,90,50,88,85,40,20,8"])
    placed = place([path], town(["1"]))
    assert placed.cells["people_all"].sum() == 100
    assert any("境の外には建物も道もない" in one.ja for one in placed.found if hasattr(one, "ja"))


def test_points_beyond_the_border_are_told_and_not_placed(tmp_path):
    lon, lat = PLANE.to_lonlat([100.0, 5000.0], [100.0, 100.0])
    path = tmp_path / "点.csv"
    rows = [f"{y},{x},3,2,1" for x, y in zip(lon, lat, strict=True)]
    path.write_text("緯度,経度,総人口,65歳以上,75歳以上\n" + "\n".join(rows) + "\n", "utf-8")
    placed = place([path], town(["1"]))
    assert placed.cells["people_65"].tolist() == [2]
    assert placed.facts["people_beyond"]["all"] == 3


@pytest.mark.data
def test_six_wards_of_tokyo_on_land_and_on_water(data, tmp_path):
    folder = data / "boundaries/smallarea_tokyo_2020"
    parts, lines = [], ["KEY_CODE,S_NAME,HCODE,JINKO,SETAI"]
    for code in range(13101, 13107):
        file = folder / f"r2ka{code}.shp"
        parts.append(load_division(file, name="町丁目", column="S_NAME")[0])
        for one in gpd.read_file(file, encoding="cp932").itertuples():
            cells = (one.KEY_CODE, one.S_NAME or "", one.HCODE, one.JINKO, one.SETAI)
            lines.append(",".join(map(str, cells)))
    path = tmp_path / "人口.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    table = load_people(path)
    joined = join_people(table, gpd.GeoDataFrame(pd.concat(parts, ignore_index=True)))
    assert joined.frame["people_all"].sum() == 1_297_238
    told = [one.say("ja") for one in joined.problems if "（0人" not in one.say("ja")]
    assert joined.left_out.all_ == 5 and len(told) == 1
    assert "水面" in told[0] and "131030310" in told[0]  # 港区
