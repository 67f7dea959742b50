"""``kayoi records export`` with the filters of the list's page: what it writes, and what it refuses."""

import json
import shutil
from functools import partial

import pytest
from sheet_fixtures import point, put
from town_fixtures import EAST, WEST

from geo.base.arguments import Parser, make_adder
from geo.base.problems import InputError
from geo.cli import main
from geo.schedule import parse_schedule
from geo.sources.town_folder import load_town
from layers.cards.list_area import place_query
from layers.cards.list_query import parse_query
from layers.commands.list_filters import add_filters, filters_of
from surveys.store.listing import each_site
from surveys.store.portables import EVERY_SITE
from surveys.store.register import open_register

TUESDAYS = parse_schedule("毎週火曜 10:00～11:30")


@pytest.fixture(scope="module")
def folder(small_town, tmp_path_factory):
    folder = tmp_path_factory.mktemp("filters") / "town"
    shutil.copytree(small_town, folder, ignore=shutil.ignore_patterns("register"))
    register = open_register(folder)
    save = partial(put, register, "salon")
    tuesday = {"_id": "a", "schedule": TUESDAYS, "content": ["exercise"], "fee_yen": 100}
    save("a", {"name": "西の会", "activities": [tuesday | {"area": [WEST]}]}, place=point(1, 1))
    save("b", {"name": "東の会", "activities": [tuesday | {"area": [EAST]}]}, place=point(6, 2))
    save("c", {"name": "木曜の会", "toilet": "western",
               "activities": [{"_id": "a", "schedule": parse_schedule("毎週木曜")}]}, place=point(6, 3))  # fmt: skip
    put(register, "bench", "d", {"name": "西のベンチ"}, place=point(1, 2))
    register.engine.dispose()
    return folder


@pytest.fixture(autouse=True)
def _one_place(monkeypatch, japanese):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def export(folder, tmp_path, *filters, type_="salon"):
    out = tmp_path / "out.geojson"
    asked = ["--town", str(folder), "--type", type_, "--format", "geojson", "--out", str(out)]
    assert main(["records", "export", *asked, *filters]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))["features"]
    return [one["properties"]["名前"] for one in told]


ASKED = [
    (["--weekday", "火"], "days=tue"),
    (["--weekday", "tue,木", "--half", "am", "--unclear"], "days=tue,thu&hours=am&unclear=1"),
    (["--find", "体操 東"], "q=体操 東"),
    (["--open-to", WEST], f"open={WEST}"),
    (["--open-to", WEST, "--weekday", "火曜日"], f"open={WEST}&days=tue"),
    (["--where", "toilet=western,squat"], "f.toilet=western,squat"),
    (["--where", "activities/fee_yen=0..100", "--where", "activities/content=exercise"],
        "r.activities/fee_yen=0..100&f.activities/content=exercise"),
    (["--area", f"町丁目/{WEST}"], "area=町丁目/{west}"),
    (["--status", "active", "--due", "2999-01-01", "--order", "name"], "status=active&due=2999-01-01&order=name"),
    (["--order", "area"], "order=area"),
]  # fmt: skip


@pytest.mark.parametrize(("filters", "address"), ASKED, ids=[one for _, one in ASKED])
def test_a_file_holds_what_the_list_shows_in_its_order(folder, tmp_path, filters, address):
    town, register = load_town(folder), open_register(folder)
    areas = town.division("町丁目")
    (west,) = areas["area_id"][areas["area_name"] == WEST]
    params = dict(one.split("=", 1) for one in address.format(west=west).split("&"))
    params = {"status": "all", "order": "number", "type": "salon"} | params
    query = place_query(town, parse_query(params), params)
    names = [site.title for site in each_site(register, query)]
    register.engine.dispose()
    assert export(folder, tmp_path, *filters) == names and len(names) > 0


def test_without_a_filter_all_is_written_and_with_one_of_all_types(folder, tmp_path):
    every = export(folder, tmp_path)
    assert {"西の会", "東の会", "木曜の会"} < set(every)
    assert "西の会" not in export(folder, tmp_path, "--open-to", EAST)
    assert export(folder, tmp_path, "--find", "西の", type_="all") == ["西の会", "西のベンチ"]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (["--weekday", "みそか"], "曜日「みそか」が読めません"), (["--half", "night"], "--half に「night」"),
        (["--where", "toilet"], "--where に「toilet」"), (["--where", "toilet=gold"], "--where に「gold」"),
        (["--where", "castle=1..2"], "castle"), (["--area", "どこにもない町"], WEST),
        (["--due", "きのう"], "--due"), (["--status", "lost"], "--status"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused_and_nothing_is_written(
    folder, tmp_path, capsys, filters, said
):
    out = tmp_path / "out.csv"
    asked = ["--town", str(folder), "--type", "salon", "--format", "csv", "--out", str(out)]
    assert main(["records", "export", *asked, *filters]) == 2
    assert said in capsys.readouterr().err and not out.exists()


def test_a_folder_without_a_town_has_no_areas_and_no_filter_is_every_site():
    parser = Parser()
    add_filters(make_adder(parser, "ja"))
    assert filters_of(parser.parse_args([]), None) is EVERY_SITE
    assert filters_of(parser.parse_args(["--status", "usual"]), None).statuses
    for asked in (["--area", "西町"], ["--order", "area"]):
        with pytest.raises(InputError, match="register alone"):
            filters_of(parser.parse_args(asked), None)
