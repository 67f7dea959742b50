"""Lists of places."""

import json
from datetime import date

import numpy as np
import pytest

from geo.base.problems import InputError
from geo.sources.sites import SITE_COLUMNS, load_sites, make_site_id


def save(tmp_path, text, name="地点.csv"):
    path = tmp_path / name
    path.write_text(text, "utf-8", newline="")
    return path


@pytest.mark.parametrize(
    ("header", "row", "why"),
    [
        ("名称,緯度,経度,ID", "西町集会所,35.64001,139.9,7", "standard"),
        ("NO,施設・場所名,緯度,経度", "7,西町集会所,35.64001,139.9", "GSI shelters"),
        ("id,name,lng,lat", "7,西町集会所,139.9,35.64001", "English"),
        ("№,指定暑熱避難施設の名称,緯度,経度", "7,西町集会所,35.64001,139.9", "焼津市 cool spots"),
        ("#property,latitude,longitude,name", "7,35.64001,139.9,西町集会所", "高松市 CKAN"),
        ("identification,name,location", '7,西町集会所,"35.64001,139.9"', "高松市, one cell"),
        ("ＩＤ,会場,ＬＡＴ,ＬＯＮ", "7,西町集会所,３５．６４００１,１３９．９", "wide"),
        ("line,station_name,X,Y,id", "x,西町集会所,139.9,35.64001,7", "x is east here"),
    ],
)
def test_headers_are_understood_in_many_spellings(tmp_path, header, row, why):
    sites, problems = load_sites(save(tmp_path, f"{header}\n{row}\n"))
    assert tuple(sites.columns) == SITE_COLUMNS, why
    assert [one for one in problems if one.row is not None] == [], why
    assert sites.drop(columns=["sessions_per_month", "capacity"]).to_numpy().tolist() == [
        ["7", "salon", "西町集会所", 139.9, 35.64001, "", "", "地点.csv"]
    ], why
    assert sites[["sessions_per_month", "capacity"]].isna().all(axis=None), why


@pytest.mark.parametrize(
    ("header", "cells", "schedule"),
    [
        ("曜日,開始時間,終了時間", "毎週火曜,10:00,12:00", "毎週火曜 10:00～12:00"),
        ("開催日,時間", "第2・4火曜,午前10時〜11時半", "第2・4火曜 午前10時〜11時半"),
        ("活動日,開催時刻", "第2・4火曜,①10:00 ②13:00", "第2・4火曜 ①10:00 ②13:00"),
        ("schedule", "Tue 10-12", "Tue 10-12"), ("開始時間,終了時間", "10:00,", "10:00～"),
        ("開始時間,終了時間", ",", ""), ("面積", "30", ""),
    ],
)  # fmt: skip
def test_days_and_hours_are_joined_as_written(tmp_path, header, cells, schedule):
    text = f"名称,緯度,経度,{header},備考\n西町,35.64001,139.9,{cells},送迎あり\n"
    sites, _ = load_sites(save(tmp_path, text), kind="park", source="市の一覧")
    assert sites.loc[0, ["kind", "schedule", "note", "source"]].tolist() == [
        "park", schedule, "送迎あり", "市の一覧",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("schedule", "sessions", "why"),
    [
        ("毎週火曜 10:00～12:00", 4.348, "a weekday comes 365.25 / 7 / 12 times a month"),
        ("第1・3水曜", 2, "twice"), ("月2回", 2, "as often as told"), ("毎月10日", 1, "once"),
        ("毎日", 30.438, "daily"), ("毎週火曜; 不定期", 4.348, "what can be counted is"),
        ("", None, "nothing told is not once"), ("不定期", None, "no count"),
        ("お問い合わせください", None, "not understood is not once"), ("週2回", 8.696, "days not told"),
        ("毎日（日曜除く）", 26.089, "a weekday off"), ("12月20日（月）", None, "no such day is near"),
    ],
)  # fmt: skip
def test_sessions_a_month_are_what_the_schedule_tells_or_not_known(
    tmp_path, schedule, sessions, why
):
    text = f"名称,緯度,経度,開催日時\n西町,35.64001,139.9,{schedule}\n"
    sites, _ = load_sites(save(tmp_path, text), on=date(2026, 11, 21))
    expected = np.nan if sessions is None else sessions
    assert sites["sessions_per_month"][0] == pytest.approx(expected, abs=1e-3, nan_ok=True), why
    parks, _ = load_sites(save(tmp_path, text), kind="park")
    assert np.isnan(parks["sessions_per_month"][0]), "a park's hours are no sessions"


@pytest.mark.parametrize(
    ("schedule", "note", "sessions", "told"),
    [
        ("毎週火曜", "休止中", None, "毎週火曜 / 休止中"),
        ("毎週火曜", "令和7年度で終了", None, "毎週火曜 / 令和7年度で終了"),
        ("毎週火曜", "第1・3のみ", None, "毎週火曜 / 第1・3のみ"),
        ("毎週火曜", "冬期は休み", None, "毎週火曜 / 冬期は休み"),
        ("第2火曜", "8月は休み", 11 / 12, None),
        ("毎週火曜", "祝日は休み", 4.348, None),
        ("毎週火曜", "準備体操あり。会員のみ", 4.348, None),
        ("毎週火曜", "雨天中止", 4.348, None),
        ("お問い合わせください", "", None, "お問い合わせください"),
        ("", "休止中", None, None),
    ],
)
def test_a_note_beside_a_weekday_is_read_with_it_and_what_stays_unknown_is_listed(
    tmp_path, schedule, note, sessions, told
):
    text = f"名称,緯度,経度,曜日,開催時刻,備考\n西町,35.64001,139.9,{schedule},,{note}\n"
    sites, problems = load_sites(save(tmp_path, text))
    expected = np.nan if sessions is None else sessions
    assert sites["sessions_per_month"][0] == pytest.approx(expected, abs=1e-3, nan_ok=True)
    assert [one.value for one in problems] == ([] if told is None else [told])
    assert all(one.row == 2 and one.reason.en for one in problems)
    assert sites.loc[0, ["schedule", "note"]].tolist() == [schedule, note], "kept as written"


@pytest.mark.parametrize(
    ("head", "cell", "capacity", "faults"),
    [
        ("定員", "20", 20, 0), ("定員（人）", "１５名", 15, 0), ("Capacity", "30.0", 30, 0),
        ("定員", "", np.nan, 0), ("定員", "なし", np.nan, 0), ("定員", "-", np.nan, 0),
        ("定員", "20名程度", np.nan, 1), ("定員", "0", np.nan, 1), ("定員", "-5", np.nan, 1),
        ("収容人数", "200", np.nan, 0),
    ],
)  # fmt: skip
def test_a_capacity_is_a_number_of_people_or_not_known(tmp_path, head, cell, capacity, faults):
    text = f"名称,緯度,経度,{head}\n西町,35.64001,139.9,{cell}\n"
    sites, problems = load_sites(save(tmp_path, text))
    assert sites["capacity"][0] == pytest.approx(capacity, nan_ok=True)
    told = [(p.row, p.column, p.value) for p in problems if p.row is not None]
    assert told == [(2, "定員", cell)] * faults


@pytest.mark.parametrize(
    ("lat", "lon", "says", "why"),
    [
        ("139.9", "35.64001", "入れかわって", "swapped: told, not mended"),
        ("", "139.9", "数ではありません", "missing"), ("不明", "不明", "数ではありません", "words"),
        ("0", "0", "ありえない", "zero"), ("999", "999", "ありえない", "a sentinel"),
        ("7.4", "43.7", "日本の外", "abroad, beside rows in Japan"), ("nan", "1", "数では", "nan"),
    ],
)  # fmt: skip
def test_a_row_in_no_possible_place_is_left_out_and_told(tmp_path, lat, lon, says, why):
    text = f"名称,緯度,経度\n西町,35.64001,139.9\n東町,{lat},{lon}\n"
    sites, problems = load_sites(save(tmp_path, text))
    assert sites["name"].tolist() == ["西町"], why
    (problem,) = problems
    assert problem.row == 3 and says in problem.reason.ja, why


@pytest.mark.parametrize("state", ["休止", "閉鎖", "撤去", "見つからない", "Paused"])
def test_a_place_that_is_not_open_is_left_out_and_told(tmp_path, state):
    rows = f"名前,緯度,経度,状態\n東,35.64001,139.9,いまもある\n西,35.65001,139.9,{state}\n"
    sites, problems = load_sites(save(tmp_path, rows))
    assert sites["name"].tolist() == ["東"]
    assert [(one.row, one.column, one.value) for one in problems] == [(3, "状態", state)]


def test_a_foreign_town_is_no_fault(tmp_path):
    sites, problems = load_sites(save(tmp_path, "name,lat,lon\nx,43.73,7.42\ny,43.74,7.43\n"))
    assert len(sites) == 2 and problems == []


def test_a_place_without_a_name_is_kept(tmp_path):
    sites, problems = load_sites(save(tmp_path, "名称,緯度,経度\n,35.64001,139.9\n"))
    assert sites["name"].tolist() == ["名称なし"] and problems[0].row == 2


def test_an_id_met_twice_is_told_and_numbered(tmp_path):
    text = "ID,名称,緯度,経度\n1,東,35.60001,139.9\n1,西,35.70001,139.9\n1-2,南,35.70001,139.8\n1,北,35.60001,139.8\n"
    sites, problems = load_sites(save(tmp_path, text))
    assert sites["site_id"].tolist() == ["1", "1-2", "1-2-2", "1-3"]
    assert [p.row for p in problems] == [3, 4, 5]


def test_an_id_made_here_stays_when_rows_move_or_are_retyped(tmp_path):
    head = "名称,緯度,経度\n"
    one, _ = load_sites(save(tmp_path, head + "西町 集会所,35.64001,139.9\n東,35.65,139.9\n"))
    two, _ = load_sites(save(tmp_path, head + "東,35.650001,139.9\n西町　集会所,35.64001,139.9\n"))
    assert sorted(one["site_id"]) == sorted(two["site_id"])
    assert one["site_id"].str.fullmatch(r"s-[0-9a-f]{10}").all()
    assert make_site_id("東", 139.9, 35.65) != make_site_id("東", 139.9, 35.6501)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("名称,住所\n西町,1-1\n", "ある列: 名称、住所"), ("名称,緯度,経度\n西町,,\n", "ひとつもありません"),
        ("名称,緯度\n西町,35\n", "緯度と経度の列"),
    ],
)  # fmt: skip
def test_a_list_without_any_place_is_refused(tmp_path, text, says):
    with pytest.raises(InputError) as error:
        load_sites(save(tmp_path, text))
    assert says in error.value.words.ja


def test_a_map_file_gives_its_points_and_points_in_its_areas(tmp_path):
    ring = [[139.9, 35.64], [139.902, 35.64], [139.902, 35.642], [139.9, 35.64]]
    features = [
        ({"type": "Point", "coordinates": [139.9, 35.64]}, {"NO": 3, "共通ID": "E1", "名称": "西"}),
        ({"type": "Polygon", "coordinates": [ring]}, {"NO": 4, "共通ID": "E2", "名称": "公園", "備考": None}),
        (None, {"NO": 5, "共通ID": "E3", "名称": "どこか"}),
    ]  # fmt: skip
    tree = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "geometry": g, "properties": p} for g, p in features],
    }
    path = save(tmp_path, json.dumps(tree, ensure_ascii=False), "a.geojson")
    sites, problems = load_sites(path, kind="park")
    assert sites[["site_id", "name", "note"]].to_numpy().tolist() == [
        ["E1", "西", ""], ["E2", "公園", ""],
    ]  # fmt: skip
    assert 139.9 < sites["lon"][1] < 139.902
    assert [p.row for p in problems] == [3]


def test_hostile_text_stays_plain_text(tmp_path):
    name = "{{ 7*7 }}<script>${x}`"
    sites, _ = load_sites(save(tmp_path, f'名称,緯度,経度\n"{name}",35.64001,139.9\n'))
    assert sites["name"].tolist() == [name]


@pytest.mark.data
@pytest.mark.parametrize(
    ("path", "count", "faults"),
    [
        ("yaizu/facilities/AED設置箇所一覧/222127_aed.csv", 82, 0),
        ("yaizu/facilities/公衆トイレ一覧/222127_public_toilet.csv", 112, 0),
        ("yaizu/facilities/公園一覧/222127_park_info.csv", 142, 0),
        ("yaizu/facilities/要配慮者利用施設/yohairyosya.csv", 277, 0),
        ("takamatsu/facilities/old_0004.csv", 52, 0),
        # Of 24 the hours say 「なし」, with or without hours before it: not read, and told.
        ("takamatsu/facilities/public_toilet/data.csv", 169, 24),
        ("takamatsu/facilities/hospital/data.csv", 627, 1),
        ("shelters/122271_evacuation.json", 74, 0),
        ("urayasu/駅_2022.csv", 7, 0),
        (
            "yaizu/facilities/焼津市自主運行バス路線図_停留所/バス停留所(しずてつ除外).shp",
            164,
            None,
        ),
    ],
)
def test_real_lists(data, path, count, faults):
    sites, problems = load_sites(data / path)
    assert len(sites) == count and sites["site_id"].is_unique
    assert not sites["name"].eq("名称なし").any()
    told = [one for one in problems if not one.reason.ja.startswith("使わなかった列")]
    assert faults is None or len(told) == faults


def test_columns_of_a_salon_list_nothing_is_read_from_are_named(tmp_path):
    path = save(
        tmp_path, "名称,種別,会場,曜日,緯度,経度\n集い,体操,公民館,毎週火曜,35.64001,139.9\n"
    )
    assert [one.reason.ja for one in load_sites(path)[1]] == ["使わなかった列: 種別、会場"]
    assert load_sites(path, kind="toilet")[1] == []
