"""A made city of 357 districts, built from its files: 192 are over half 55 and older, rolled to 29 and 6."""

from fractions import Fraction

import pytest
from made_city import DISTRICTS, OVER

from geo.analysis.n_of_n import count_areas
from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.sources.town_folder import load_town
from layers.day.day import Day
from layers.day.rolled import age_fact, reach_fact, roll_day, salon_facts, target_fact
from layers.day.salons import When
from layers.day.told import Told


@pytest.fixture(scope="module")
def toyooka(built_towns):
    town = load_town(built_towns.made_city())
    assert len(town.salons) == 2
    return Day(told=Told(town=town), when=When(on="2026-11-21")).among(town.salons)


def test_192_of_357_districts_are_over_half_55_and_older_and_roll_up_to_29_and_6(toyooka):
    asked = parse_question(
        division="行政区", people="55", walker="elderly", within="500m", straight=True
    )
    coverage = toyooka.ask(asked)
    facts = (age_fact(toyooka, "行政区", "55"), *salon_facts(toyooka, "行政区"))
    town = roll_day(toyooka, asked, "行政区", "旧市町", coverage=coverage, facts=facts).table(None)
    assert town.lines[0].ja == "357地区のうち192地区（53.8％）で、55歳以上が半分を超えています"
    assert town.lines[0].en.startswith(
        "in 192 of 357 areas (53.8%), over half of the people are aged 55"
    )
    assert town.counted[0].yes == tuple(f"第{n + 1:03}区" for n in range(OVER))
    assert len(town.counted[1].yes) == 2 and len(town.counted[2].yes) == 355
    for larger, count in (("公民館区", 29), ("旧市町", 6)):
        made = roll_day(toyooka, asked, "行政区", larger, coverage=coverage, facts=facts)
        tables = [made.table(one) for one in made.rolled.larger_names]
        assert len(tables) == count
        named = [name for one in tables for name in one.counted[0].yes]
        assert len(named) == OVER and set(named) == set(town.counted[0].yes)
        assert sum(one.counted[0].of for one in tables) == DISTRICTS
        assert sum(one.rows["people"].sum() for one in tables) == coverage.totals["people"]
        assert any(one.straddling for one in tables) and any(one.note for one in tables)
        own = toyooka.ask(parse_question(division=larger, people="55", walker="elderly", within="500m",
                                         straight=True))  # fmt: skip
        for table, (_, row) in zip(tables, own.areas.iterrows(), strict=True):
            assert table.rows["people"].sum() == row["people"], table.name
            assert table.rows["within"].sum() == row["within"]
            of = table.counted[0].of  # 0 where every district is mostly in another: its border cuts
            said = f"{of}地区のうち" if of else "地区として数えるものは、ありません"
            assert table.lines[0].ja.startswith(f"{table.name}の{said}")


def test_other_facts_and_an_age_nobody_told(toyooka):
    asked = parse_question(
        division="行政区", people="65", walker="elderly", within="500m", straight=True
    )
    coverage = toyooka.ask(asked)
    facts = (
        target_fact(toyooka, coverage, "行政区", asked.within),
        reach_fact(toyooka, coverage, "行政区", Fraction(1)),
    )
    rolled = roll_day(toyooka, asked, "行政区", "公民館区", coverage=coverage, facts=facts)
    meets, all_ = rolled.table(None).counted
    assert meets.yes == all_.yes and 0 < len(meets.yes) < DISTRICTS == meets.of
    assert "だれにも500m以内" in rolled.table(None).lines[0].ja
    assert (
        count_areas(rolled.rolled, facts[0].states).tenths == (2000 * len(meets.yes) + 357) // 714
    )
    with pytest.raises(InputError, match="80"):
        age_fact(toyooka, "行政区", "80")
    with pytest.raises(KeyError):
        rolled.table("no such")
