"""Which salons count, and for whom: on random registers, by hand-filtered lists, and the laws."""

import itertools
import json
import re
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from register_fixtures import SEEN, new_version
from shapely.geometry import Point
from unknown_towns import unknown_town
from wished_groups import answers_of, random_groups, two_areas

from geo.cli import main
from geo.coverage.asking import parse_question
from geo.schedule import parse_schedule
from geo.toy import toy_sites
from layers.day.day import Day
from layers.day.eligible import Areas, say_eligible
from layers.day.ledger import ledger_between
from layers.day.listed import OF_A_FILE, say_counted
from layers.day.salons import When, list_given
from layers.day.standing import joined, stand
from layers.day.told import Told
from surveys.record.meeting import Who
from surveys.record.wanted import Wanted, parse_wanted
from surveys.store.register import open_register

QUESTION = parse_question(division="町", people="65", walker="elderly", within="500m")
NOW, BEFORE = When(on="2026-11-21"), When(on="2026-01-01")
WISHES = {
    "weekday": ("", "火"), "half": ("", "am"), "at_least": ("", "monthly", "weekly"),
    "content": ("", "exercise", "exercise,meal"), "eligible": (False, True),
}  # fmt: skip
ALL = [dict(zip(WISHES, values, strict=True)) for values in itertools.product(*WISHES.values())]
LOOSER = {"weekly": {"monthly", ""}, "exercise": {"exercise,meal", ""}, "exercise,meal": {""}}


@pytest.fixture(scope="module", params=range(3))
def filled(request, tmp_path_factory):
    """A random town with a random register: its day, and what was written by site."""
    rng = np.random.default_rng(request.param)
    town = two_areas(unknown_town(rng))
    town = replace(town, sites=toy_sites([(100.0, 100.0)]).assign(schedule="毎週火曜 10:00"))
    register = open_register(tmp_path_factory.mktemp("wishes"))
    written = {}
    for number in range(10):
        at = rng.uniform(0, 1000, 2)
        lon, lat = town.plane.to_lonlat([at[0]], [at[1]])
        groups = random_groups(rng)
        register.save(
            new_version(
                f"v{number}", answers_of(groups), type="salon",
                place=Point(float(lon[0]), float(lat[0])), made_at="2026-05-01T09:00:00Z",
            )
        )  # fmt: skip
        written[f"v{number}"] = groups
    yield Day(told=Told(town=town, register=register), when=NOW), written
    register.engine.dispose()


def wish(day, **wishes):
    return replace(day, wanted=parse_wanted(**wishes))


def fits_by_hand(group, wishes):
    """Whether a group is surely as wished, from the table above."""
    _, days, half, weekly, monthly, _ = group["times"]
    if group["state"] == "paused":
        return False
    on_day = not wishes["weekday"] or (days is not None and 1 in days)
    in_half = not wishes["half"] or half == wishes["half"]
    often = {"": True, "weekly": weekly, "monthly": monthly}[wishes["at_least"]]
    done = not wishes["content"] or bool(set(wishes["content"].split(",")) & set(group["content"]))
    return on_day and in_half and often is True and done


def within(day):
    return (day.ask(QUESTION).cells["status"] == "within").to_numpy()


def known_by_hand(written, wishes):
    return {id_ for id_, groups in written.items() if any(fits_by_hand(g, wishes) for g in groups)}


def test_each_choice_is_a_fresh_run_with_a_list_filtered_by_hand(filled):
    day, written = filled
    for wishes in ALL:
        if wishes["eligible"]:
            continue
        found = wish(day, **wishes)
        known = known_by_hand(written, wishes) | ({"s0"} if not wishes["content"] else set())
        assert set(found.salons["site_id"]) == known, wishes
        rows = day.salons[day.salons["site_id"].isin(known)].reset_index(drop=True)
        fresh = replace(day, given=list_given(rows, Wanted()))
        assert (within(found) == within(fresh)).all(), wishes
        assert found.ask(QUESTION).totals == fresh.ask(QUESTION).totals


def test_sessions_are_those_on_the_weekday_of_the_groups_that_fit(filled):
    day, written = filled
    tuesday = wish(day, weekday="tue").salons.set_index("site_id")["sessions_per_month"]
    wishes = dict.fromkeys(WISHES, "") | {"weekday": "火"}
    for id_, groups in written.items():
        counted = sum(g["times"][5] for g in groups if fits_by_hand(g, wishes))
        if id_ in tuesday.index:
            assert tuesday[id_] == pytest.approx(counted, abs=0.001)
        else:
            assert counted == 0


def test_who_may_come_is_who_lives_in_the_areas_named(filled):
    day, written = filled
    found, town = wish(day, eligible=True), day.built
    east = town.cells["x_m"].to_numpy() > 500
    for id_, groups in written.items():
        if id_ not in set(found.salons["site_id"]):
            continue
        meeting = [g for g in groups if g["state"] != "paused"]
        limits = [g["area"] for g in meeting]
        if any(not one for one in limits):
            assert id_ not in found.eligible
            continue
        named = {name for one in limits for name in one}
        by_hand = (east & ("東町" in named)) | (~east & ("西町" in named))
        assert (found.eligible[id_] == by_hand).all()
        high = found.ends()[1].eligible
        assert (id_ in high) == ("どこか" not in named)


def as_wide(few, more):
    """Whether nothing is wished in `few` that is not in `more`."""
    return all(
        few[name] in (more[name], "", False) or few[name] in LOOSER.get(more[name], set())
        for name in WISHES
    )


def test_one_wish_more_never_lets_anybody_in_and_low_known_and_high_hold(filled):
    day, _ = filled
    runs = []
    for wishes in ALL:
        found = wish(day, **wishes)
        low, high = found.ends()
        runs.append([within(one) for one in (low, found, high)])
        assert not (runs[-1][0] & ~runs[-1][1]).any(), wishes
        assert not (runs[-1][1] & ~runs[-1][2]).any(), wishes
    for (few, was), (more, now) in itertools.product(zip(ALL, runs, strict=True), repeat=2):
        if as_wide(few, more):
            for before, after in zip(was, now, strict=True):
                assert not (after & ~before).any(), (few, more)


def test_wishes_work_beside_any_day_and_a_file(filled):
    day, written = filled
    early = replace(wish(day, weekday="火"), when=BEFORE)
    assert set(early.salons["site_id"]) == {"s0"}  # nobody had told of the others
    assert len(early.ends()[1].salons) > 1
    unknown = replace(early, when=When(on="2026-01-01", known=True))
    assert set(unknown.ends()[1].salons["site_id"]) == {"s0"}
    table = day.salons.assign(schedule=["毎週火曜 10:00"] * (len(day.salons) - 1) + [""])
    wanted = parse_wanted(weekday="火")
    file = replace(day, wanted=wanted, given=list_given(table, wanted))
    assert len(file.salons) == len(table) - 1 and len(file.ends()[1].salons) == len(table)
    assert file.say_salons()[0].ja.startswith(
        f"通いの場　{len(table) - 1}か所（渡された表。曜日の分からない 1 は数えない）"
    )
    tea = parse_wanted(content="tea")
    silent = replace(day, wanted=tea, given=list_given(table, tea))
    assert silent.salons.empty and silent.ask(QUESTION).totals["within"] == 0
    assert len(silent.ends()[1].salons) == len(table)
    assert "内容の分からない" in silent.say_salons()[0].ja
    (line,) = silent.say_ends(QUESTION)
    high = silent.ends()[1].ask(QUESTION).totals["outside"]
    assert (
        line.ja == f"合うか分からない通いの場 {len(table)}か所も入れると、届かない人は {high:,}人"
    )
    then = replace(day, when=BEFORE)
    for one in (day, then):
        told = [words.ja for words in one.say_ends(QUESTION)]
        other = [end for end in one.ends() if len(end.salons) != len(one.salons)]
        out = [f"届かない人は {end.ask(QUESTION).totals['outside']:,}人" for end in other]
        assert [line.endswith(end) for line, end in zip(told, out, strict=True)] == [True] * len(
            out
        )
    assert "開いていたか分からない通いの場" in then.say_ends(QUESTION)[-1].ja
    assert len(written) == 10


def test_a_salon_that_is_not_as_wished_keeps_its_seat(filled):
    day, _ = filled
    seats = set(day.rests["rest_id"])
    assert set(wish(day, weekday="日", content="meal").rests["rest_id"]) == seats


def test_the_ledger_tells_what_came_to_be_as_wished(filled):
    day, _ = filled
    now = wish(day, weekday="火", eligible=True)
    then = replace(now, when=BEFORE)
    ledger, coverage = ledger_between(then, now, QUESTION)
    moved = ("gained", "lost", "unchanged_in", "unchanged_out", "off_network")
    assert sum(ledger.totals[name] for name in moved) == ledger.totals["people"]
    assert coverage.question.chosen.parts == {"weekday": "tue", "eligible": True}


def test_the_ledger_names_who_may_come_and_what_came_to_be_as_wished(tmp_path):
    town = two_areas(unknown_town(np.random.default_rng(3)))
    register, day = open_register(tmp_path), None
    told = [("2026-02-01", "毎週火曜", ["西町", "東町"]), ("2026-06-01", "毎週火曜", ["西町"])]
    told += [("2026-02-02", "毎週水曜", None), ("2026-06-02", "毎週火曜", None)]
    for on, schedule, area in told:
        id_ = "both" if area else "wish"
        group = {"_id": "a", "state": "active", "schedule": parse_schedule(schedule)}
        answers = {"name": id_, "activities": [group | ({"area": area} if area else {})]}
        site = register.site(id_)
        at = town.cells.iloc[int(np.argmax(town.cells["x_m"]))]
        lon, lat = town.plane.to_lonlat([at.x_m], [at.y_m])
        register.save(
            new_version(
                id_, answers, type="salon", made_at=f"{on}T09:00:00Z",
                origin=replace(SEEN, on=on), **({"before": site.state} if site else {
                    "place": Point(float(lon[0]), float(lat[0]))}),
            )
        )  # fmt: skip
    wanted = parse_wanted(weekday="火", eligible=True)
    day = Day(told=Told(town=town, register=register), when=NOW, wanted=wanted)
    ledger, _ = ledger_between(replace(day, when=When(on="2026-03-01")), day, QUESTION)
    said = " ".join(one.ja for one in ledger.reasons[""])
    assert "both 利用できる地区が変わった" in said and "wish 選んだ条件に合うようになった" in said
    register.engine.dispose()


def test_names_are_found_in_any_division_and_unknown_ones_are_told(filled):
    day, _ = filled
    areas = Areas(day.built)
    east = Who(areas=frozenset({"東　町"}), known=True)
    assert areas.cells_for(Who(areas=frozenset({"全市"}), known=True), "known") is None
    assert areas.cells_for(Who(areas=None, known=True), "low") is None
    assert areas.unknown(east) == ["東　町"]
    west = Who(areas=frozenset({"西町", "ここではない"}), known=True)
    assert areas.ground_for(west, "known").equals(day.built.areas.geometry.iloc[0])
    assert areas.cells_for(west, "high") is None
    silent = Who(areas=frozenset(), known=False)
    assert not areas.cells_for(silent, "known").any() and areas.ground_for(silent, "high") is None
    said = [one.ja for one in say_eligible({"a": west, "b": silent}, areas)]
    assert said[0].startswith("通いの場のうち 2か所") and "「ここではない」" in said[1]
    assert "だれが来られるか分からない 1か所" in said[2]
    assert "ない" in say_eligible({}, areas)[0].ja


def test_lists_are_joined_and_told_apart_by_id_and_place():
    one, two = toy_sites([(0.0, 0.0)]), toy_sites([(0.0, 0.0), (1.0, 0.0)])
    assert joined(one, two)["site_id"].tolist() == ["s0", "s1"] and joined(two, one) is two
    assert stand(two, one).tolist() == [True, False]
    assert say_counted(3, [OF_A_FILE])[0].ja == "通いの場　3か所（渡された表）"


def run(capsys, *parts):
    assert main([str(one) for one in parts]) == 0
    return capsys.readouterr().out


def test_commands_say_what_was_chosen_and_leave_out_the_rest(
    filled_town, tmp_path, capsys, japanese
):
    out = tmp_path / "o.geojson"
    asked = ["--town", filled_town, "--out", out]
    wishes = ["--weekday", "火", "--half", "午前", "--at-least", "weekly", "--content", "体操"]
    said = run(capsys, "coverage", *asked, "--division", "町丁目", *wishes, "--eligible")
    first, gap, *rest = said.splitlines()
    which = "火曜の午前に週1回以上、体操のある、自分の地区で使える通いの場"
    assert f"以内に{which}があります" in first and f"{which}がない" in gap
    assert "・火曜の午前に週1回以上、体操のある通いの場だけ。利用できる地区の人だけで数える" in rest
    told = json.loads(out.read_text(encoding="utf-8"))["kayoi"]
    assert told["salons"]["weekday"] == "tue" and told["salons"]["eligible"] is True
    assert which in told["sentence"][0]["ja"]
    run(capsys, "coverage", *asked, "--division", "町丁目")
    assert "salons" not in json.loads(out.read_text(encoding="utf-8"))["kayoi"]
    said = run(capsys, "reach", *asked, *wishes)
    shapes = json.loads(out.read_text(encoding="utf-8"))
    found = {one["properties"]["site_id"] for one in shapes["features"]}
    assert "2か所の届く範囲" in said and found == {"S01", "S02"}
    plan = ["--remove", "S02", "--weekday", "火"]
    said = run(capsys, "scenario", *asked, "--division", "町丁目", *plan)
    assert "以内に火曜に開く通いの場がある65歳以上" in said
    assert main(["coverage", *map(str, asked), "--division", "町丁目", "--content", "golf"]) == 2
    assert "exercise（体操）" in capsys.readouterr().err


def test_reach_of_a_salon_for_some_areas_is_cut_to_them(filled_town, tmp_path, capsys, japanese):
    from geo.sources.town_folder import load_town

    town = load_town(filled_town)
    hills = ["緑ヶ丘一丁目", "緑ヶ丘二丁目"]
    areas = town.division("町丁目")
    ground = areas[areas["area_name"].isin(hills)].geometry.union_all()
    found = {}
    for name, more in (("all", []), ("own", ["--eligible"])):
        out = tmp_path / f"{name}.geojson"
        run(capsys, "reach", "--town", filled_town, "--out", out, "--as-of", "2026-11-21", *more)
        found[name] = gpd.read_file(out).set_crs(4326).to_crs(town.plane.crs)
    for one, own in zip(found["all"].itertuples(), found["own"].itertuples(), strict=True):
        if one.geometry is None:  # a private home
            assert own.geometry is None
            continue
        if "ヶ丘" in one.name and one.part == "streets":
            inside = one.geometry.intersection(ground.buffer(-0.5))
            # A street along the border may be on either side of it by a rounding.
            assert ground.buffer(0.5).contains(own.geometry)
            assert own.geometry.buffer(0.5).contains(inside)
            assert own.geometry.length < one.geometry.length - 500
            assert own.street_metres == pytest.approx(own.geometry.length, abs=0.5)
        elif "ヶ丘" not in one.name:
            assert own.geometry.equals(one.geometry)
    assert pd.notna(found["own"]["street_metres"]).any()


def test_a_day_asked_of_is_named_with_whose_knowledge(filled_town, tmp_path, capsys, japanese):
    asked = [
        "coverage",
        "--town",
        filled_town,
        "--division",
        "町丁目",
        "--out",
        tmp_path / "o.geojson",
    ]
    said = run(capsys, *asked, "--as-of", "2024-03-01")
    assert (
        "・令和6年3月1日の通いの場で数えた（いま分かっているかぎり。人と道は、いまのもの）" in said
    )
    assert re.search("開いていたか分からない通いの場 [0-9]+か所も入れると、届かない人は", said)
    told = json.loads((tmp_path / "o.geojson").read_text(encoding="utf-8"))["kayoi"]
    assert "いま分かっているかぎり" in told["counted"][0]["ja"]
    said = run(capsys, *asked, "--known-on", "2026-11-21")
    assert "令和8年11月21日の通いの場で数えた（その日までに記録されていたことで。" in said
    assert "の通いの場で数えた" not in run(capsys, *asked), "of today nothing need be said"


@pytest.mark.parametrize(
    ("option", "day", "advice"),
    [
        ("--as-of", "1999-01-01", "台帳に記録してください"),
        ("--known-on", "1999-01-01", "ほかの日にしてください"),
    ],
)
def test_a_day_without_any_is_not_sent_to_a_file_it_may_not_have(
    filled_town, tmp_path, capsys, japanese, option, day, advice
):
    out = tmp_path / "o.geojson"
    asked = ["coverage", "--town", str(filled_town), "--division", "町丁目", "--out", str(out)]
    assert main([*asked, option, day]) == 2
    said = capsys.readouterr().err
    assert day in said and advice in said and "--sites" not in said
