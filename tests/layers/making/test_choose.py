"""What each given file is used for: by itself, as somebody chose, and never another city's."""

from dataclasses import replace

import pytest
from given_files import NOW, drop, small_files

from geo.base.municipal.listed import municipality_of
from geo.base.words import Words
from geo.sources.recipe import Options, Recipe, SourceFile
from layers.inspected.seen import Column, Seen, Use
from layers.making.choose import choose
from layers.making.cities import city_of, guess_city, name_of, told_cities
from layers.making.draft import NOT_USED, Draft, Given, read_draft
from layers.making.sources import find_place, join_parts, make_recipe, missing_roles

URAYASU = municipality_of("12227")


def use(id_, found="", columns=()):
    return Use(id=id_, words=Words(id_, id_), found=Words(found, found), columns=columns)


def given(id_, *uses, name=None, cities=(), **more):
    seen = Seen(
        file=name or f"{id_}.x", size=1, kind=Words("", ""), uses=uses, cities=cities,
        **{key: more.pop(key) for key in ("box", "columns", "traps", "missing", "beside", "rows") if key in more},
    )  # fmt: skip
    return Given(
        id=id_, name=name or f"{id_}.x", path=f"files/{id_}", sha256=more.pop("sha256", id_), size=1,
        seen=seen, **more,
    )  # fmt: skip


def states(*files, city=URAYASU):
    return {one.given.id: one.state for one in choose(Draft(files=files), city)}


def test_one_of_another_city_is_not_used_unless_somebody_says_so():
    own, other = (
        given("own", use("border"), cities=("12227",)),
        given("other", use("border"), cities=("37201",)),
    )
    named = given("named", use("people"), cities=("高松市",))
    assert states(own, other, named) == {"own": "used", "other": "elsewhere", "named": "elsewhere"}
    assert states(own, replace(other, use="border")) == {"own": "spare", "other": "used"}
    (_, told) = choose(Draft(files=(own, other)), URAYASU)
    assert "高松市のファイル" in told.why.ja and "浦安市のものではありません" in told.why.ja


def test_where_a_file_names_no_city_its_place_tells():
    near = given("near", use("sites"), box=(139.88, 35.62, 139.93, 35.67))
    far = given("far", use("sites"), box=(134.0, 34.2, 134.1, 34.4))
    assert states(near, far) == {"near": "used", "far": "elsewhere"}
    assert states(near, far, city=None) == {"near": "used", "far": "used"}


def test_a_prefectures_file_is_used_for_the_city_chosen_of_it():
    columns = (Column(name="N03_001"), Column(name="N03_007"))
    whole = given("n03", use("division"), use("border"), cities=("12226", "12227"), columns=columns)
    table = given("people", use("people"), cities=("12226", "12227"))
    found = choose(Draft(files=(whole, table)), URAYASU)
    assert [(one.use.id, one.pick) for one in found] == [("border", "12227"), ("people", "12227")]


def test_a_ward_belongs_to_its_city():
    chiba = municipality_of("12100")
    assert states(given("a", use("border"), cities=("12101",)), city=chiba) == {"a": "used"}
    assert states(given("a", use("border"), cities=("千葉市",)), city=chiba) == {"a": "used"}


def test_the_same_file_twice_is_used_once():
    one = given("a", use("border"), sha256="x")
    assert states(one, replace(one, id="b")) == {"a": "used", "b": "twice"}


def test_of_twins_the_one_with_the_shorter_name_is_used():
    copy = given("c", use("border"), name="コピー ～ 境.gpkg", sha256="x")
    assert states(copy, given("o", use("border"), name="境.gpkg", sha256="x")) == {
        "c": "twice",
        "o": "used",
    }
    empty = replace(given("e"), size=0)
    assert "空のファイル" in choose(Draft(files=(empty,)), None)[0].why.ja


def test_of_what_is_taken_once_the_last_is_used_but_a_persons_word_stands():
    one, two = given("a", use("people")), given("b", use("people"))
    assert states(one, two) == {"a": "spare", "b": "used"}
    assert states(replace(one, use="people"), two) == {"a": "used", "b": "spare"}
    assert states(one, replace(two, use=NOT_USED)) == {"a": "used", "b": "spare"}
    mesh = [given(n, use("people", "1 rows by mesh square")) for n in "ab"]
    assert states(*mesh) == {"a": "used", "b": "used"}


def test_divisions_stand_side_by_side_but_not_two_of_one_name():
    name = (Column(name="S_NAME", becomes=Words("名前", "name")),)
    town = given("t", use("division", columns=name), name="町丁・字等_2020.gpkg", area_km2=10.0)
    newer = given("n", use("division", columns=name), name="町丁・字等_2025.gpkg", area_km2=10.0)
    school = given("s", use("division"), name="小学校区.shp", area_km2=9.9)
    assert states(town, newer, school) == {"t": "spare", "n": "used", "s": "used"}
    assert states(town, replace(newer, division="新しい町丁目"), school)["t"] == "used"


def test_a_division_of_a_part_of_the_town_waits_for_a_persons_word():
    whole, part = (
        given("w", use("division"), area_km2=10.0),
        given("p", use("division"), area_km2=4.9),
    )
    assert states(whole, part) == {"w": "used", "p": "spare"}
    assert states(whole, replace(part, use="division")) == {"w": "used", "p": "used"}
    border = given("b", use("border"), area_km2=20.0)
    assert states(given("h", use("division"), area_km2=9.0), border)["h"] == "spare"
    prefecture = given("pref", use("border"), area_km2=5000.0, cities=("12226", "12227"))
    assert states(whole, prefecture)["w"] == "used"


def test_a_list_of_salons_is_the_towns_and_another_list_is_the_registers():
    both = given("s", use("salon"), use("sites"))
    assert states(both, given("p", use("park"))) == {"s": "used", "p": "register"}
    assert choose(Draft(files=(both,)), None)[0].use.id == "sites"


def test_broken_unknown_and_beside_are_told_apart():
    broken = given("b", traps=(Words("こわれている", "broken"),))
    unknown = given("u", missing=(Words("使えない", "no use"),))
    assert states(broken, unknown, given("c", beside=True), given("e")) == {
        "b": "broken", "u": "unknown", "c": "beside", "e": "unknown"
    }  # fmt: skip


def test_the_city_is_guessed_of_most_files_and_never_of_half():
    a, b = given("a", cities=("12227",)), given("b", cities=("高松市",))
    assert guess_city([a]).name == "浦安市" and guess_city([]) is None
    assert guess_city([a, b]) is None and [one.code for one in told_cities([b, a, a])] == [
        "12227",
        "37201",
    ]
    assert guess_city([a, a, b]).code == "12227"
    assert guess_city([given("c", cities=("12227", "12226"))]) is None
    assert guess_city([given("d", cities=("府中市",))]) is None  # there are two
    assert city_of(Draft(files=(a,), city="37201")).name == "高松市"
    assert city_of(Draft(files=(b,)), "浦安市").name == "浦安市", "a town that stands stays itself"
    assert city_of(Draft(files=(b,)), "わたしたちの街").name == "高松市"
    assert (
        name_of(Draft(), URAYASU, "") == "浦安市"
        and name_of(Draft(name="わが街"), URAYASU, "x") == "わが街"
    )
    assert name_of(Draft(), URAYASU, "今の名") == "今の名"


def test_published_names_bring_their_credit():
    assert find_place("border", "N03-20240101_12.shp").id == "n03"
    assert find_place("division", "A002005212020DDSWC12227-JGD2011.zip").id == "estat-areas"
    assert find_place("division", "r2ka12227.shp").id == "estat-areas"
    assert find_place("division", "A27-23_12_GML.zip").id == "a27"
    assert find_place("people", "tblT001082C12.txt").id == "estat-ages"
    assert find_place("border", "市の境.geojson") is None


@pytest.fixture
def chosen(tmp_path):
    files = small_files(tmp_path / "files")
    drop(tmp_path / "town", *(files[name] for name in sorted(files)))
    draft = read_draft(tmp_path / "town")
    return tmp_path / "town", draft, choose(draft, None)


def test_a_new_file_takes_the_place_of_the_towns_own_and_the_rest_stays(chosen):
    folder, draft, found = chosen
    standing = Recipe(
        name="x", options=Options(snap_limit_m=50.0),
        sources=tuple(
            SourceFile(role=role, file=f"sources/{n}", sha256="", division=division, column=division and "n")
            for n, (role, division) in enumerate(
                [("streets", ""), ("border", ""), ("division", "町丁目"), ("division", "別"), ("people", ""),
                 ("sites", ""), ("heights", "")]
            )
        ),
    )  # fmt: skip
    parts = join_parts(draft, found, standing)
    assert [one.file for one in parts.stays] == ["sources/3", "sources/5", "sources/6"]
    assert parts.roles() >= {"streets", "border", "division", "people", "sites", "heights"}
    dropped = join_parts(replace(draft, dropped=("sources/3",)), found, standing)
    assert "sources/3" in [one.file for one in dropped.goes]
    recipe = make_recipe(folder, parts, "街", standing)
    assert recipe.options.snap_limit_m == 50.0 and recipe.name == "街"
    roles = [one.role for one in recipe.sources]
    assert roles == sorted(roles, key=list(dict.fromkeys(roles)).index), "together by role"
    assert all((folder / one.file).is_file() for one in recipe.sources if one not in parts.stays)


def test_what_is_missing_is_told_by_what_a_town_takes(chosen):
    _, draft, found = chosen
    parts = join_parts(draft, found, None)
    assert [one.role for one in missing_roles(parts.roles())] == ["heights"]
    assert [one.role for one in missing_roles(())][:2] == ["streets", "border"]


def test_a_file_that_changed_meanwhile_is_refused(chosen):
    from geo.base.problems import InputError

    folder, draft, found = chosen
    one = next(one for one in draft.files if one.name == "people.csv")
    (folder / "making" / one.path).write_text("other", encoding="utf-8")
    with pytest.raises(InputError, match=r"people\.csv has changed"):
        make_recipe(folder, join_parts(draft, found, None), "街", None)
    assert NOW
