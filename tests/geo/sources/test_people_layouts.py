"""One town's people in every layout offices write: right, or refused in words, never half of them."""

import io
import itertools

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
from shapely.geometry import box

from geo.base.place import choose_plane
from geo.base.problems import InputError
from geo.sources.age_heads import read_head
from geo.sources.people import load_people
from geo.sources.people_files import PeopleFile, read_files

RNG = np.random.default_rng(65)
AREAS = ("本町一丁目", "東町", "西町")
PEOPLE = {area: {sex: RNG.integers(0, 9, 101) for sex in "男女"} for area in AREAS}


def count(area, low=0, high=200, sexes="男女"):
    of = [sex for sex in "男女" if sex in sexes] or "男女"
    return int(sum(PEOPLE[area][sex][low : min(high, 100) + 1].sum() for sex in of))


def five(top):
    return [(low, low + 4) for low in range(0, top, 5)] + [(top, 200)]


def said(low, high):
    return f"{low}歳以上" if high > 150 else f"{low}歳" if low == high else f"{low}～{high}歳"


def wide(bands, *, sexes=("",), head="{band}{sex}", total=True):
    """A row an area; of each band a column for both together or for each sex."""
    heads = [head.format(band=said(*band), sex=sex) for band in bands for sex in sexes]
    rows = [
        [
            a,
            *([count(a)] if total else []),
            *(count(a, *b, s or "男女") for b in bands for s in sexes),
        ]
        for a in AREAS
    ]
    return [["町丁目名", *(["総人口"] if total else []), *heads], *rows]


def groups(sexes=("",), head="{band}{sex}"):
    return wide([(0, 200), (65, 200), (75, 200)], sexes=sexes, head=head, total=False)


def renamed(table, *heads):
    return [[*heads], *table[1:]]


SINGLE = [(age, age) for age in range(100)] + [(100, 200)]
COARSE = [(0, 14), (15, 64), (65, 74), (75, 200)]
LAYOUTS = {
    "five-year classes by sex, 85 and over": wide(
        five(85), sexes=("男性", "女性"), head="{band}の{sex}"
    ),
    "the same without a total, 100 and over": wide(
        five(100), sexes=("男性", "女性"), head="{band}の{sex}", total=False
    ),
    "classes by number": renamed(
        wide(five(85), sexes=("男", "女")),
        "regionName", "totalPopulation", *(f"{sex}{n}" for n in range(1, 19) for sex in ("man", "woman")),
    ),
    "single years": wide(SINGLE),
    "single years called by number": renamed(wide(SINGLE), "町丁目名", "総人口", *range(100), "100以上"),
    "single years by sex, no total": wide(SINGLE, sexes=("男", "女"), total=False),
    "65～74歳 and 75 beside the total": wide([(65, 74), (75, 200)]),
    "the same under 町丁名": renamed(
        wide([(65, 74), (75, 200)]), "町丁名", "総人口", "65～74歳", "75歳以上"
    ),
    "65～74歳 by sex": wide([(65, 74), (75, 200)], sexes=("（男）", "（女）")),
    "bands without a total": wide(COARSE, total=False),
    "named groups": renamed(wide(COARSE), "町名", "人口", "年少人口", "生産年齢人口", "前期高齢者", "後期高齢者"),
    "with the ages in brackets": renamed(
        wide([(0, 14), (15, 64), (65, 200), (75, 200)]), "町名", "総数", "年少人口（0～14歳）",
        "生産年齢人口（15～64歳）", "老年人口（65歳以上）", "75歳以上人口",
    ),
    "until before an age": renamed(
        wide([(65, 74), (75, 84), (85, 200)]), "町名", "人口", "65歳以上75歳未満", "75歳以上85歳未満", "85歳以上",
    ),
    "total, men and women of each": renamed(
        wide([(0, 200), *five(85)], sexes=("計", "（男）", "（女）"), total=False),
        "町丁目名", "総数", "男", "女",
        *(said(*band) + sex for band in five(85) for sex in ("総数", "（男）", "（女）")),
    ),
    "sexes in rows with their sum": [
        ["町丁目名", "男女別", "総数", *(said(*b) for b in five(100))],
        *([a, label, count(a, sexes=s), *(count(a, *b, s) for b in five(100))]
          for a in AREAS for label, s in (("計", "男女"), ("男", "男"), ("女", "女"))),
    ],
    "ages in rows, sexes in columns": [
        ["町丁目名", "年齢", "男", "女"],
        *([a, age, *(count(a, age, 200 if age == 100 else age, s) for s in "男女")]
          for a in AREAS for age in range(101)),
    ],
    "ages and sexes in rows, the area in its first": [
        ["町丁目名", "性別", "年齢区分", "人口"],
        *([a if at == 0 else "", s, said(*b), count(a, *b, s)]
          for a in AREAS for at, (s, b) in enumerate(itertools.product("男女", five(100)))),
    ],
    "headings of two rows": [
        ["町丁目名", "男", "", "", "女", "", ""],
        ["", "総数", "65歳以上", "75歳以上", "総数", "65歳以上", "75歳以上"],
        *([a, *(count(a, low, sexes=s) for s in "男女" for low in (0, 65, 75))] for a in AREAS),
    ],
    "town and 丁目 in two columns": [
        ["大字・町名", "字・丁目名", "総数", "65歳以上", "75歳以上"],
        *([a[:2], "１" if "丁目" in a else "", count(a), count(a, 65), count(a, 75)] for a in AREAS),
    ],
    "sums of blocks and of all": [
        ["地区", "町丁目名", "総人口", "65歳以上", "75歳以上"],
        *(["北", a, count(a), count(a, 65), count(a, 75)] for a in AREAS),
        ["北", "小計", *(sum(count(a, low) for a in AREAS) for low in (0, 65, 75))],
        ["", "合計", *(sum(count(a, low) for a in AREAS) for low in (0, 65, 75))],
    ],
}  # fmt: skip


def text_of(table):
    return "\n".join(",".join(map(str, row)) for row in table) + "\n"


def save(tmp_path, table, kind):
    path = tmp_path / f"人口.{kind}"
    if kind == "csv":
        path.write_text(text_of(table), "cp932", newline="")
        return path
    book = openpyxl.Workbook()
    for row in [["町丁別人口（令和8年4月1日現在）"], [], *table]:
        book.active.append([one if one != "" else None for one in row])
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_people(tmp_path, layout, kind):
    table = load_people(save(tmp_path, LAYOUTS[layout], kind))
    found = {
        (row.key.replace("1丁目", "一丁目").replace("１丁目", "一丁目"), row.people_all, row.people_65, row.people_75)
        for row in table.frame.itertuples()
    }  # fmt: skip
    assert found == {(a, count(a), count(a, 65), count(a, 75)) for a in AREAS}
    assert table.left_out.all_ == 0 and table.frame["people_unknown"].sum() == 0
    for column in (one for one in table.frame.columns if one.startswith("people_") and one[7:].isdigit()):  # fmt: skip
        assert table.frame[column].sum() == sum(count(a, int(column[7:])) for a in AREAS), column


REFUSED = {
    "men alone": (wide(five(85), sexes=("男性",), head="{band}の{sex}"), "片方だけ"),
    "men alone and no total": (wide(five(85), sexes=("男",), total=False), "片方だけ"),
    "one woman's column missing": (
        [[c for at, c in enumerate(row) if at != 31] for row in wide(five(85), sexes=("男", "女"))],
        "片方だけ",
    ),
    "65 and over of men beside everybody": (
        renamed(groups(), "町名", "総人口", "65歳以上男性", "75歳以上男性"),
        "片方だけ",
    ),
    "the same headings twice, men's and women's": (
        [row + row[1:] for row in groups()],
        "二度以上あります",
    ),
    "rows of men alone": (
        [
            ["町名", "性別", "総数", "65歳以上"],
            *([a, "男", count(a, sexes="男"), 1] for a in AREAS),
        ],
        "「男」の行だけ",
    ),
    "ages in rows of women alone": (
        [["町名", "年齢", "女性"], *([a, age, 1] for a in AREAS for age in range(101))],
        "片方だけ",
    ),
    "a class missing": (
        [[c for at, c in enumerate(row) if at != 15] for row in wide(five(85))],
        "65歳以上",
    ),
    "Japanese and others apart": (
        renamed(wide([(65, 200), (75, 200)]), "町名", "日本人", "65歳以上", "75歳以上"),
        "総人口",
    ),
    "a sum of nobody knows what": ([["町名", "計"], *([a, 9] for a in AREAS)], "総人口"),
    "names destroyed": (
        [["町名", "総人口", "65歳以上"], *(["���" + a[0], 9, 1] for a in AREAS)],
        "こわれて",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_be_half_of_the_people_is_refused_in_words(tmp_path, case):
    table, says = REFUSED[case]
    path = tmp_path / "人口.csv"
    path.write_text(text_of(table), "utf-8")
    with pytest.raises(InputError) as error:
        load_people(path)
    assert says in error.value.words.ja


def read(tmp_path, text):
    path = tmp_path / "人口.csv"
    path.write_text(text, "utf-8")
    return load_people(path)


def read_book(tmp_path, *sheets):
    """Read a workbook of sheets, each a name and the people of 東町."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, all_, old in sheets:
        sheet = book.create_sheet(name)
        for row in [[f"町別人口（{name}）"], ["町名", "総人口", "65歳以上"], ["東町", all_, old]]:
            sheet.append(row)
    book.save(tmp_path / "人口.xlsx")
    return load_people(tmp_path / "人口.xlsx")


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ([("男", 5, 2), ("女", 6, 3), ("計", 11, 5)], "「計」の行を使いました"),
        ([("男性", 5, 2), ("女性", 6, 3)], "行を足しました"),
        ([("男", 5, 2), ("男女計", 11, 5)], "「計」の行を使いました"),
    ],
)
def test_sheets_of_men_and_women_are_one_table(tmp_path, sheets, said):
    table = read_book(tmp_path, *sheets)
    assert table.frame[["people_all", "people_65"]].to_numpy().tolist() == [[11, 5]]
    assert any(said in one.ja for one in table.notices)
    assert any("男女別のシート" in one.reason.ja for one in table.problems)


@pytest.mark.parametrize("sheets", [[("男", 5, 2)], [("男", 5, 2), ("R7", 9, 4)]])
def test_a_sheet_of_men_alone_is_not_everybody(tmp_path, sheets):
    with pytest.raises(InputError):
        read_book(tmp_path, *sheets)


def test_an_area_with_men_alone_is_left_out_and_told(tmp_path):
    text = "町名,性別,総数,65歳以上\n東町,男,5,2\n東町,女,6,3\n西町,男,7,4\n"
    table = read(tmp_path, text)
    assert table.frame[["key", "people_all"]].to_numpy().tolist() == [["東町", 11]]
    assert "片方の行がありません" in table.problems[0].reason.ja and table.left_out.all_ == 7


def test_a_table_of_the_total_alone_tells_no_ages(tmp_path):
    table = read(tmp_path, "地域名,総人口,男性,女性,世帯数\n東町,11,5,6,4\n")
    assert (table.has_65, table.has_75) == (False, False)
    assert "0人ではありません" in table.notices[0].ja


@pytest.mark.parametrize(
    ("title", "refused"),
    [
        ("町別人口（男）", True),
        ("町別人口 女性のみ", True),
        ("男女別人口", False),
        ("男鹿市 町別人口", False),
    ],
)
def test_a_table_whose_title_is_of_one_sex_is_not_counted_as_everybody(tmp_path, title, refused):
    text = f"{title}\n町名,総人口,65歳以上,75歳以上\n東町,11,5,2\n"
    if refused:
        with pytest.raises(InputError, match="a table of one sex"):
            read(tmp_path, text)
    else:
        assert read(tmp_path, text).frame["people_all"].tolist() == [11]


def test_ten_year_classes_tell_their_own_lines(tmp_path):
    heads = ",".join([f"{low}代" for low in range(10, 80, 10)])
    table = read(tmp_path, f"町名,10歳未満,{heads},80歳以上\n東町,{','.join('1' * 9)}\n")
    assert not table.has_65 and "60歳以上、70歳以上" in table.notices[0].ja
    assert table.frame["people_60"].tolist() == [3]


def test_columns_that_do_not_agree_are_told(tmp_path):
    table = read(tmp_path, "町名,総人口,男,女,65～74歳,75歳以上,65歳以上\n東町,10,4,5,2,1,4\n")
    words = " ".join(one.ja for one in table.notices)
    assert "「65歳以上」" in words and "「総人口」" in words and "合いません" in words


@pytest.mark.parametrize(
    "heading",
    ["世帯数", "高齢化率", "65歳以上の割合", "65歳以上世帯員のいる一般世帯数", "うち65歳以上", "人口密度",
     "pop_2", "令和7年", "要介護者数"],
)  # fmt: skip
def test_headings_that_count_no_people_of_an_age(heading):
    assert read_head(heading) is None


@pytest.mark.data
@pytest.mark.parametrize(
    ("month", "people"), [("202602", (418_129, 120_999)), ("202009", (426_157, 118_702))]
)
def test_takamatsu_stands_at_its_neighbourhoods_points(data, month, people):
    files = (data / f"takamatsu/takamatsu_0066_{month}.xlsx", data / "addresses/高松市.json")
    plane = choose_plane(134.0, 34.3)
    whole = box(-200_000, -200_000, 200_000, 200_000)
    areas = gpd.GeoDataFrame(
        {"area_id": ["all"], "area_name": ["高松市"], "division": ["全域"], "tier": [""]},
        geometry=[whole], crs=plane.crs,
    )  # fmt: skip
    files = [PeopleFile(path=one) for one in files]
    table, division, _ = read_files(files, areas, {}, border=whole, plane=plane)
    assert (table.kind, division, table.one_a_place, len(table.frame)) == ("point", "", True, 235)
    assert tuple(table.frame[["people_all", "people_65"]].sum()) == people
    assert table.left_out.all_ == 0
    assert any("第1号 → 塩江町安原下第一号" in one.ja for one in table.notices)


def test_a_list_of_points_puts_names_in_their_places_and_tells_who_has_none(tmp_path):
    people, points = tmp_path / "人口.csv", tmp_path / "点.csv"
    people.write_text("町名,総人口,65歳以上,75歳以上\n本町１丁目,9,3,1\n東町,5,2,1\n", "utf-8")
    points.write_text(
        "大字町丁目名,緯度,経度\n本町一丁目,36.001,139.834\n西町,36.002,139.834\n", "utf-8"
    )
    plane = choose_plane(139.8334, 36.0)
    whole = box(-1000, -1000, 1000, 1000)
    areas = gpd.GeoDataFrame(
        {"area_id": ["all"], "area_name": ["町"], "division": ["全域"], "tier": [""]},
        geometry=[whole], crs=plane.crs,
    )  # fmt: skip
    files = [PeopleFile(path=one) for one in (people, points)]
    table, _, _ = read_files(files, areas, {}, border=whole, plane=plane)
    assert table.frame[["name", "lat", "people_all"]].to_numpy().tolist() == [
        ["本町1丁目", 36.001, 9]
    ]
    assert table.left_out.all_ == 5 and "点の一覧" in table.problems[-1].reason.ja


@pytest.mark.data
def test_takamatsu_whose_names_were_destroyed_is_refused(data):
    with pytest.raises(InputError) as error:
        load_people(data / "takamatsu/takamatsu_0066_202305.xlsx")
    assert "こわれて" in error.value.words.ja
