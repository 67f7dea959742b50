"""Tables that tell an area in several rows, in columns by sex, by age downwards, of many cities."""

import pytest

from geo.base.problems import InputError
from geo.sources.municipality import Municipality
from geo.sources.people import COUNTS, load_people

HEAD = "総人口,65歳以上,75歳以上"


def read(tmp_path, text, **more):
    path = tmp_path / "人口.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return load_people(path, **more)


def people(table):
    return {row.key: tuple(int(v) for v in row[2:5]) for row in table.frame.itertuples(index=False)}


def said(table):
    return " ".join(words.ja for words in table.notices)


@pytest.mark.parametrize(
    ("body", "told", "why"),
    [
        (
            "東,計,100,40,20\n東,男,45,18,8\n東,女,55,22,12\n",
            "「計」の行を使いました",
            "the total first",
        ),
        (
            "東,女,55,22,12\n東,計,100,40,20\n東,男,45,18,8\n",
            "「計」の行を使いました",
            "in the middle",
        ),
        ("東,男,45,18,8\n東,女,55,22,12\n", "行を足しました", "no total: added up"),
        ("東,男,45,18,8\n,女,55,22,12\n,計,100,40,20\n", "「計」の行を使いました", "merged cells"),
        (
            "東,男,X,18,8\n東,女,55,22,12\n東,総数,100,40,20\n",
            "「総数」の行を使いました",
            "a secret part",
        ),
    ],
)
def test_rows_by_sex_are_one_area_whatever_their_order(tmp_path, body, told, why):
    table = read(tmp_path, f"町丁目名,性別,{HEAD}\n{body}")
    assert people(table) == {"東": (100, 40, 20)}, why
    assert table.problems == () and table.left_out.all_ == 0, why
    assert told in said(table), why


def test_an_area_of_which_one_part_cannot_be_read_is_left_out_whole(tmp_path):
    body = "東,男,45,18,8\n東,女,X,22,12\n西,男,5,2,1\n西,女,5,2,1\n"
    table = read(tmp_path, f"町丁目名,性別,{HEAD}\n{body}")
    assert people(table) == {"西": (10, 4, 2)}
    assert [one.row for one in table.problems] == [3]
    assert (table.left_out.all_, table.left_out.over65) == (45, 40)


def test_kinds_of_household_and_sexes_at_once_with_inner_rows(tmp_path):
    body = (
        "東,計,一般世帯,80,30,15\n東,計,施設等,20,10,5\n東,計,総数,100,40,20\n"
        "東,男,一般世帯,35,13,6\n東,男,施設等,10,5,2\n東,女,一般世帯,45,17,9\n東,女,施設等,10,5,3\n"
        "西,男,一般世帯,4,2,1\n西,女,一般世帯,6,2,1\n西,女,うち単身,3,1,1\n"
    )
    table = read(tmp_path, f"町名,性別,世帯の種類,{HEAD}\n{body}")
    assert people(table) == {"東": (100, 40, 20), "西": (10, 4, 2)}


@pytest.mark.parametrize(
    "months",
    [
        ("令和6年12月", "令和7年1月", "令和7年3月"), ("2024-12", "2025-02", "2025-10"),
        ("202412", "202502", "202510"), ("R5.4.1", "R6.4.1", "R7.4.1"),
    ],
)  # fmt: skip
def test_of_several_months_the_newest_is_taken(tmp_path, months):
    body = "".join(
        f"{area},{month},{n},{n // 2},{n // 4}\n"
        for area in ("東", "西")
        for month, n in zip((months[2], months[0], months[1]), (40, 20, 30), strict=True)
    )
    table = read(tmp_path, f"町名,年月,{HEAD}\n{body}")
    assert people(table) == {"東": (40, 20, 10), "西": (40, 20, 10)}
    assert months[2] in said(table)


def test_a_row_for_each_age_is_turned_to_columns(tmp_path):
    ages = [*(f"{low}～{low + 4}歳" for low in range(0, 85, 5)), "85歳以上", "年齢不詳", "総数"]
    sizes = [2] * 18 + [3, 39]
    body = "".join(
        f"{area},{sex},{age},{n if sex == '計' else n // 2}\n"
        for area in ("東", "西")
        for age, n in zip(ages, sizes, strict=True)
        for sex in ("男", "女", "計")
    )
    table = read(tmp_path, f"町名,性別,年齢,人数\n{body}")
    assert people(table) == {"東": (39, 10, 6), "西": (39, 10, 6)}
    assert table.frame["people_unknown"].tolist() == [3, 3] and table.has_75


def test_three_bands_downwards_by_sex_columns_have_no_75(tmp_path):
    body = "東,0～14歳,3,2\n東,15～64歳,20,25\n東,65歳以上,10,12\n"
    table = read(tmp_path, f"町名,年齢区分,男,女\n{body}")
    assert people(table) == {"東": (72, 22, 0)} and not table.has_75


@pytest.mark.parametrize(
    "head",
    [
        "男,女,65歳以上男,65歳以上女,75歳以上男,75歳以上女",
        "総人口_男,総人口_女,65歳以上_男,65歳以上_女,75歳以上_男,75歳以上_女",
        "人口（男）,人口（女）,65歳以上（男）,65歳以上（女）,75歳以上（男）,75歳以上（女）",
        "男性,女性,高齢者人口（男性）,高齢者人口（女性）,後期高齢者人口（男性）,後期高齢者人口（女性）",
        "male,female,65+_male,65+_female,75+_male,75+_female",
    ],
)
def test_columns_by_sex_are_added_up(tmp_path, head):
    assert people(read(tmp_path, f"町名,{head}\n東,45,55,18,22,8,12\n")) == {"東": (100, 40, 20)}


def test_totals_and_repeated_areas_are_told_and_nobody_counts_twice(tmp_path):
    body = "東,10,4,2\n東,10,4,2\n西,3,1,1\n西,4,2,1\n南,1,1,0\n南,2,1,1\n南,3,2,1\n合　計,20,9,5\n"
    table = read(tmp_path, f"町名,{HEAD}\n{body}")
    assert people(table) == {"東": (10, 4, 2), "西": (7, 3, 2), "南": (3, 2, 1)}
    assert table.left_out.all_ == 0 and table.problems == ()
    for text in (
        "一度だけ数えました",
        "足しました",
        "合計の行を使いました",
        "1行は、ほかの行を合わせた行",
    ):
        assert text in said(table)


def test_a_point_for_each_neighbourhood_is_called_so(tmp_path):
    body = "東町,35.0,138.0,300,90,40\n西町,35.1,138.1,200,60,30\n"
    table = read(tmp_path, f"町丁目名,緯度,経度,{HEAD}\n{body}")
    assert table.kind == "point" and table.one_a_place and "1点の表です" in said(table)
    nameless = read(tmp_path, f"緯度,経度,{HEAD}\n35,138,300,90,40\n35.1,138.1,200,60,30\n")
    assert nameless.one_a_place
    homes = "東町,35.0,138.0,3,1,0\n東町,35.1,138.1,2,1,1\n"
    assert not read(tmp_path, f"町丁目名,緯度,経度,{HEAD}\n{homes}").one_a_place


CITIES = f"市区町村名,町名,{HEAD}\n浦安市,本町,10,4,2\n市川市,本町,90,40,20\n浦安市,東,5,2,1\n"


def test_of_several_municipalities_one_is_chosen(tmp_path):
    with pytest.raises(InputError) as error:
        read(tmp_path, CITIES)
    assert "--people" in error.value.words.ja and "市川市" in error.value.words.ja
    wanted = {"本町": (10, 4, 2), "東": (5, 2, 1)}
    assert people(read(tmp_path, CITIES, choice="浦安市")) == wanted
    own = Municipality(code="12227", name="浦安市")
    assert people(read(tmp_path, CITIES, own=own)) == wanted
    with pytest.raises(InputError):
        read(tmp_path, CITIES, choice="大阪市")
    with pytest.raises(InputError):
        read(tmp_path, f"町名,{HEAD}\n東,5,2,1\n", choice="浦安市")


def test_columns_of_counts_are_all_there(tmp_path):
    assert set(COUNTS) <= set(read(tmp_path, f"町名,{HEAD}\n東,5,2,1\n").frame.columns)


def test_of_two_rows_of_one_area_both_numbers_are_told(tmp_path):
    table = read(tmp_path, f"町丁目名,{HEAD}\n東,100,40,20\n西,7,2,1\n東,1300,30,10\n")
    assert people(table)["東"] == (1400, 70, 30)
    assert "2行目 100人、4行目 1,300人" in said(table)
