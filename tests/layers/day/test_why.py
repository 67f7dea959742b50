"""Why people are out of reach on a day: towns and registers at random, and the demo by hand."""

import csv
import json
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import split_graph
from shapely.geometry import box
from unknown_towns import rests_at, unknown_town

from geo.analysis.why import CAUSES
from geo.base.words import Words
from geo.cli import main
from geo.coverage.asking import parse_question
from geo.export.keys import AREA_KEYS, WHY_KEYS
from layers.commands.shared import open_town
from layers.day.day import Day
from layers.day.salons import Listed, SalonList, When
from layers.day.told import Told
from layers.day.why import why_outside
from surveys.record.venue import Venue

TODAY = When(on="2026-11-21")
DEMO = parse_question(division="町丁目", people="65", walker="elderly", within="500m")


def listed(name, at, counts):
    why = Words("", "") if counts == "yes" else Words("休止", "paused")
    return Listed(
        site_id=name, name=f"会{name}", at_m=at, venue=Venue(counts=counts, why=why, meetings=()),
        schedule="", sessions_per_month=float("nan"), capacity=float("nan"), note="", source="",
        own=False, open=True,
    )  # fmt: skip


def random_day(rng, states):
    """A random town of two areas, with a register of salons in random states, and rests."""
    town = unknown_town(rng)
    shapes = [box(-200, -200, 450, 1200), box(450, -200, 1200, 1200)]
    areas = town.areas.iloc[[0, 0]].assign(area_id=["a", "b"], area_name=["西", "東"])
    town = replace(
        town, areas=areas.set_geometry(shapes, crs=town.plane.crs).reset_index(drop=True)
    )
    told, one = Told(town=town), None
    one = Day(told=told, when=TODAY)
    salons = [listed(f"{n}", tuple(rng.uniform(0, 1000, 2)), states[n]) for n in range(len(states))]
    # What a register would tell, without one for each of a thousand towns.
    told.__dict__["rests"] = rests_at(rng, 12)
    one.__dict__["listed"] = SalonList(listed=tuple(salons), newest_at="")
    return one


def asked(rng):
    heights = rng.random() < 0.7
    return parse_question(
        division="町", people="65", walker=str(rng.choice(["elderly", "general", "cane"])),
        within=f"{rng.integers(100, 700)}m", heights=heights,
        trip=str(rng.choice(["there", "back", "worse"])) if heights else "there",
        rest=str(rng.choice(["", "150"])), toilet=str(rng.choice(["", "300"])),
    )  # fmt: skip


@settings(max_examples=60)
@given(
    st.integers(0, 10**9), st.lists(st.sampled_from(["yes", "unsure", "early", "no"]), max_size=4)
)
def test_causes_add_up_to_the_person_in_any_town_and_register(seed, states):
    rng = np.random.default_rng(seed)
    one = random_day(rng, ["yes", *states])
    question = asked(rng)
    known = one.ask(question)
    why = why_outside(one, question, known)
    assert why.areas["outside"].tolist() == known.areas["outside"].tolist()
    assert why.areas["off_network"].tolist() == known.areas["off_network"].tolist()
    for table in (why.areas, why.totals):
        assert table[list(CAUSES)].sum(axis=1).tolist() == table["outside"].tolist()
    if not {"early", "no"} & set(states):
        assert why.totals["why_not_open"][0] == 0 and why.waiting[""] == ()
    if not question.heights:
        assert why.totals["why_slope"][0] == 0
    # One figure, whether the answer tells it or the reasons do.
    assert why.areas["why_no_rest"].tolist() == known.areas["no_rest"].tolist()
    assert why.totals["why_no_rest"][0] == known.totals["no_rest"]
    if question.rest_m is None and question.toilet_m is None:
        assert why.totals["why_no_rest"][0] == 0
    named = sum(count for _, count in why.waiting[""])
    assert named == why.totals["why_not_open"][0]


@settings(max_examples=25)
@given(st.integers(0, 10**9))
def test_the_nearest_of_those_far_away_is_what_brute_force_finds(seed):
    rng = np.random.default_rng(seed)
    one = random_day(rng, ["yes"] * 3)
    question = replace(asked(rng), heights=False, trip="there", rest_m=None, toilet_m=None,
                       walker=DEMO.walker)  # fmt: skip
    known = one.ask(question)
    why = why_outside(one, question, known)
    cells, salons = one.built.cells, one.salons.sort_values("site_id", ignore_index=True)
    points = [*zip(cells.x_m, cells.y_m, strict=True), *zip(salons.x_m, salons.y_m, strict=True)]
    graph = split_graph(one.built.network, points)
    walks = [
        nx.single_source_dijkstra_path_length(graph, ("door", len(cells) + at)) for at in range(3)
    ]
    off = np.isin(known.cells["status"], ["off_network"])
    usable = one.built.site_snaps(salons).edge >= 0
    for area in (0, 1):
        people, far = {}, []
        for cell in np.flatnonzero((known.cells["area"] == area) & ~off):
            metres = [w.get(("door", cell), np.inf) if on else np.inf
                      for w, on in zip(walks, usable, strict=True)]  # fmt: skip
            count, least = int(known.cells["people"][cell]), min(metres)
            if count and question.limit_m + 1e-6 < least < np.inf:
                people[metres.index(least)] = people.get(metres.index(least), 0) + count
                far += [least] * count
        row = why.areas.iloc[area]
        if not far:
            assert row["nearest_name"] == "" and np.isnan(row["nearest_m"])
            continue
        assert row["nearest_m"] == pytest.approx(sorted(far)[(len(far) + 1) // 2 - 1])
        most = max(people.values())
        assert row["nearest_id"] in {salons["site_id"][at] for at in people if people[at] == most}


def test_the_demo_by_hand(filled_town):
    """Of 1,216 out of reach 103 lack only 西町公会堂, paused: 1,113 were it open."""
    today = open_town(filled_town, TODAY)
    found = why_outside(today, DEMO, today.ask(DEMO))
    assert found.totals[list(CAUSES)].to_numpy().tolist() == [[0, 0, 103, 0, 1113]]
    assert [(one.name, one.why.ja, people) for one, people in found.waiting[""]] == [
        ("西町公会堂", "休止", 103)
    ]
    by_name = found.areas.set_index("area_name")
    assert by_name.loc[["西町", "本町一丁目"], "why_not_open"].tolist() == [94, 9]
    assert by_name.loc["緑ヶ丘三丁目", ["why_far", "nearest_name"]].tolist() == [
        560,
        "緑ヶ丘自治会館",
    ]
    assert by_name.loc["上野", "nearest_name"] == "上野えんがわ"
    assert np.isnan(by_name.loc["上野", "nearest_m"])  # somebody's home
    listed_ = today.among(today.salons)
    given_ = why_outside(listed_, DEMO, listed_.ask(DEMO))
    assert given_.totals["why_far"][0] == 1216  # of a file nothing is known of any other


def test_command_and_file_say_why_only_when_asked(filled_town, tmp_path, capsys, japanese):
    out, table = tmp_path / "a.geojson", tmp_path / "a.csv"
    run = ["coverage", "--town", str(filled_town), "--division", "町丁目", "--out", str(out)]
    assert main([*run, "--as-of", "2026-11-21"]) == 0
    assert "全体: 届かない人" not in capsys.readouterr().out
    assert list(json.loads(out.read_text("utf-8"))["features"][0]["properties"]) == list(AREA_KEYS)
    assert (
        main([*run, "--as-of", "2026-11-21", "--why", "--table", str(table), "--keys", "ja"]) == 0
    )
    said = capsys.readouterr().out
    assert "・全体: 届かない人 1,216人。" in said and "（西町公会堂 休止 103人）" in said
    assert "・緑ヶ丘三丁目: 届かない人 560人" in said
    told = json.loads(out.read_text("utf-8"))
    assert list(told["features"][0]["properties"])[-len(WHY_KEYS) :] == list(WHY_KEYS.values())
    assert told["kayoi"]["why"]["totals"]["why_not_open"] == 103
    assert told["kayoi"]["why"]["not_open"][0]["name"] == "西町公会堂"
    rows = list(csv.DictReader(table.read_text("utf-8-sig").splitlines()))
    keys = [WHY_KEYS[name] for name in CAUSES]
    assert all(sum(int(row[key]) for key in keys) == int(row["届かない人"]) for row in rows)
    assert rows[-1]["地区名"] == "合計" and rows[-1][WHY_KEYS["why_far"]] == "1113"
