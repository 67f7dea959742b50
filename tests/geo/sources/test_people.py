"""Tables of people."""

import pytest

from geo.base.problems import InputError
from geo.sources.people import COUNTS, load_people


def save(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "人口.csv"
    path.write_text(text, encoding, newline="")
    return path


def rows(table):
    return table.frame[["key", *COUNTS]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("KEY_CODE,町丁目名,総人口,65歳以上,75歳以上,年齢不詳", "plain"),
        (
            "ＫＥＹ＿ＣＯＤＥ,町丁目名,総人口（人）,６５歳以上（人）,７５歳以上（人）,不詳",
            "wide, with units",
        ),
        ("area_id,name,total,65+,75+,unknown", "English"),
        ("地域コード,地域名,人口総数,高齢者人口,後期高齢者人口,年齢不詳者", "words for the old"),
        ("area_code,S_NAME,people_all,people_65,people_75,people_unknown", "our own"),
        ("KEY_CODE,NAME,population,over65,over75,unknown", "English, short"),
    ],
)
def test_headers_are_understood_in_many_spellings(tmp_path, header, why):
    table = load_people(save(tmp_path, f'{header}\n12227001001,当代島,"1,000",300,150,5\n'))
    assert (table.kind, table.has_75, table.problems) == ("area", True, ()), why
    assert rows(table) == [["12227001001", 1000, 300, 150, 5]], why


def test_a_name_is_the_key_where_there_is_no_code(tmp_path):
    body = "総人口,65歳以上,75歳以上\n当代島,10,3,1\n"
    assert load_people(save(tmp_path, "町丁目名," + body)).frame["key"].tolist() == ["当代島"]
    own = load_people(save(tmp_path, "自主防災会," + body), key_column="自主防災会")
    assert own.frame["key"].tolist() == ["当代島"]
    with pytest.raises(InputError) as error:
        load_people(save(tmp_path, "自主防災会," + body), key_column="学校名")
    assert "学校名" in error.value.words.ja and "自主防災会" in error.value.words.ja


def test_the_maps_own_column_does_not_push_a_code_aside(tmp_path):
    text = "KEY_CODE,S_NAME,総人口,65歳以上,75歳以上\n1,東,10,3,1\n2,東,10,3,1\n,西,10,3,1\n"
    table = load_people(save(tmp_path, text), key_column="S_NAME")
    assert table.frame["key"].tolist() == ["1", "2", "西"]
    assert table.frame["name"].tolist() == ["東", "東", "西"]
    assert load_people(save(tmp_path, text), key_column="学校名").frame["key"].tolist()[0] == "1"


def classes(top, *, sexes=("男性", "女性")):
    lows = list(range(0, top, 5))
    heads = [f"{low}-{low + 4}歳" for low in lows] + [f"{top}歳以上"]
    return [f"{head}の{sex}" if sex else head for head in heads for sex in sexes], [*lows, top]


@pytest.mark.parametrize("top", [75, 85, 95, 100])
@pytest.mark.parametrize("sexes", [("男性", "女性"), ("",)])
def test_five_year_classes_are_added_up_whatever_the_last_is(tmp_path, top, sexes):
    heads, lows = classes(top, sexes=sexes)
    n = len(sexes)
    text = f"地域名,{','.join(heads)},年齢不詳の男性,年齢不詳の女性\n東,{','.join(['2'] * len(heads))},3,\n"
    over65, over75 = (2 * n * sum(low >= age for low in lows) for age in (65, 75))
    assert rows(load_people(save(tmp_path, text))) == [
        ["東", 2 * n * len(lows) + 3, over65, over75, 3]
    ]


def test_the_total_and_the_classes_must_agree(tmp_path):
    heads, _ = classes(85)
    ones = ",".join(["1"] * len(heads))
    text = f"地域名,総人口,{','.join(heads)}\n東,36,{ones}\n西,40,{ones}\n南,30,{ones}\n"
    table = load_people(save(tmp_path, text))
    assert rows(table) == [["東", 36, 10, 6, 0], ["西", 40, 10, 6, 4]]  # ages of 4 are not known
    (problem,) = table.problems
    assert (problem.row, table.left_out.all_) == (4, 30) and "合いません" in problem.reason.ja


def test_a_65_and_over_beside_the_classes_is_not_added_again(tmp_path):
    heads, _ = classes(85, sexes=("",))
    text = f"地域名,総人口,65歳以上,{','.join(heads)}\n東,18,5,{','.join(['1'] * 18)}\n"
    assert rows(load_people(save(tmp_path, text))) == [["東", 18, 5, 3, 0]]


def test_three_bands_tell_65_but_not_75(tmp_path):
    table = load_people(save(tmp_path, "地域名,総人口,0-14歳,15-64歳,65歳以上\n東,10,1,5,4\n"))
    assert rows(table) == [["東", 10, 4, 0, 0]] and not table.has_75
    assert "0人ではありません" in table.notices[0].ja


HEAD = "KEY_CODE,総人口,65歳以上,75歳以上,年齢不詳\n01,10,3,1,0\n"


@pytest.mark.parametrize(
    ("row", "left_out", "why"),
    [
        ("02,-5,1,0,0", 0, "below zero"), ("02,10,11,0,0", 10, "more of 65 than in all"),
        ("02,10,3,4,0", 10, "more of 75 than of 65"), ("02,10,8,0,3", 10, "unknown do not fit"),
        ("02,多数,3,1,0", 0, "no number"), ("02,10,X,X,0", 10, "secret"), ("02,X,X,X,0", 0, "secret"),
        ("02,10,3,,0", 10, "empty"), (",10,3,1,0", 10, "no key"),
        ("02,10.5,3,1,0", 0, "half a person"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_left_out_and_told_with_its_people(tmp_path, row, left_out, why):
    table = load_people(save(tmp_path, HEAD + row + "\n"))
    assert rows(table) == [["01", 10, 3, 1, 0]], why
    (problem,) = table.problems
    assert problem.row == 3 and problem.file == "人口.csv", why
    assert "使いませんでした" in problem.reason.ja and "row not used" in problem.reason.en
    assert table.left_out.all_ == left_out, why


def test_every_fault_is_told_and_e_stat_zeros_are_zeros(tmp_path):
    text = HEAD + "02,5,-,-,\n03,x,1,1,0\n04,5,9,1,0\n"
    table = load_people(save(tmp_path, text))
    assert rows(table) == [["01", 10, 3, 1, 0], ["02", 5, 0, 0, 0]]
    assert [p.row for p in table.problems] == [4, 5]


@pytest.mark.parametrize(
    ("text", "says", "why"),
    [
        ("町丁目名,世帯数\n東,3\n", "世帯数", "no people: the columns there are, are listed"),
        ("総人口,65歳以上\n3,1\n", "どこの人数か", "no place"),
        ("町丁目名,総人口,高齢の方\n東,3,1\n", "65歳以上", "ages in words nobody knows"),
        ("町丁目名,総人口,65歳以上,75歳以上\n東,X,X,X\n", "ひとつもありません", "no good row"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(tmp_path, text, says, why):
    with pytest.raises(InputError) as error:
        load_people(save(tmp_path, text))
    assert says in error.value.words.ja, why


@pytest.mark.parametrize(
    ("header", "codes", "kind", "why"),
    [
        ("メッシュコード", ["5339461132", "53394611324"], "mesh", "named so: any length"),
        ("mesh_code", ["53394611"], "mesh", "English"),
        ("KEY_CODE", ["533946113", "533946114"], "mesh", "9 digits that are all mesh codes"),
        ("KEY_CODE", ["5339461132"], "area", "10 digits may be a code that lost its zero"),
        ("KEY_CODE", ["12227001001"], "area", "a 町丁目"),
        ("KEY_CODE", ["122270010"], "area", "a 大字"),
    ],
)
def test_mesh_or_area_is_told_by_header_and_code(tmp_path, header, codes, kind, why):
    body = "".join(f"{code},10,3,1\n" for code in codes)
    table = load_people(save(tmp_path, f"{header},総人口,65歳以上,75歳以上\n{body}"))
    assert (table.kind, table.frame["key"].tolist()) == (kind, codes), why


def test_a_code_that_is_no_mesh_is_a_problem(tmp_path):
    text = "メッシュコード,総人口,65歳以上,75歳以上\n53394611,10,3,1\n53398611,7,3,1\n"
    table = load_people(save(tmp_path, text))
    assert [p.value for p in table.problems] == ["53398611"] and table.left_out.all_ == 7


def test_points_keep_their_place_and_wrong_places_are_told(tmp_path):
    text = (
        "緯度,経度,総人口,65歳以上,75歳以上\n35.64,139.9,10,3,1\n139.9,35.64,1,1,1\n,139.9,2,1,1\n"
        "0,0,4,1,1\n35.64,139.9,5,3,1\n"
    )
    table = load_people(save(tmp_path, text))
    assert table.kind == "point"
    assert table.frame[["key", "lon", "lat"]].to_numpy().tolist() == [
        ["2", 139.9, 35.64], ["6", 139.9, 35.64],
    ]  # fmt: skip
    assert [p.row for p in table.problems] == [3, 4, 5] and table.left_out.all_ == 7


def test_an_e_stat_table_with_two_headers_and_sums_is_read(tmp_path):
    items = [f"T001082{n:03d}" for n in range(1, 21)]
    names = ["総数、年齢「不詳」含む", *["総数"] * 17, "総数６５歳以上", "総数７５歳以上"]

    def line(code, level, total, old, oldest):
        return f"{code},{level},浦安市,名,0,,,{total}," + "1," * 17 + f"{old},{oldest}\n"

    text = (
        f"KEY_CODE,HYOSYO,CITYNAME,NAME,HTKSYORI,HTKSAKI,GASSAN,{','.join(items)}\n"
        f",,,,,,,{','.join(names)}\n"
        + line("12227", 1, 60, 20, 10) + line("122270010", 2, 60, 20, 10)
        + line("12227001001", 3, 50, 15, 8) + line("12227001002", 3, 10, 5, 2)
        + line("12227001003", 3, 7, "X", "X")
    )  # fmt: skip
    table = load_people(save(tmp_path, text, "cp932"))
    assert rows(table) == [["12227001001", 50, 15, 8, 0], ["12227001002", 10, 5, 2, 0]]
    assert [p.row for p in table.problems] == [7]
    assert "2行は" in table.notices[0].ja


def test_the_date_is_kept_as_written(tmp_path):
    text = "調査年月日,地域名,総人口,65歳以上,75歳以上\n令和7年4月1日,東,10,3,1\n"
    assert load_people(save(tmp_path, text)).as_of == "令和7年4月1日"


def test_five_year_classes_that_were_summed_are_told(tmp_path):
    heads, lows = classes(85, sexes=("",))
    table = load_people(
        save(tmp_path, f"町丁目名,{','.join(heads)}\n東,{','.join('1' for _ in lows)}\n")
    )
    assert any(f"{len(heads)}列" in words.ja and "足して" in words.ja for words in table.notices)
    plain = load_people(save(tmp_path, "町丁目名,総人口,65歳以上,75歳以上\n東,10,3,1\n"))
    assert not plain.notices


def test_a_dash_that_was_read_as_nobody_is_told(tmp_path):
    table = load_people(save(tmp_path, "町丁目名,総人口,65歳以上,75歳以上\n東,10,3,-\n西,5,－,-\n"))
    assert rows(table) == [["東", 10, 3, 0, 0], ["西", 5, 0, 0, 0]]
    assert any("「-」3か所" in words.ja and "0人" in words.ja for words in table.notices)
