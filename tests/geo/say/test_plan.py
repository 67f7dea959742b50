"""What a plan does, as it is read aloud."""

import pandas as pd
import pytest

from geo.analysis.by_stop import Rides
from geo.analysis.reached import Moved
from geo.coverage.asking import parse_question
from geo.say.plan import say_plan, say_rides

ASKED = parse_question(division="町", people="65", walker="elderly", within="500m")


def moved(gained, lost, before=2000):
    row = {
        "age": "65", "people": 3781, "before": before, "after": before + gained - lost,
        "gained": gained, "lost": lost,
    }  # fmt: skip
    return Moved(gained=None, lost=None, areas=pd.DataFrame(), ages=pd.DataFrame([row]))


def test_the_first_sentence_says_from_how_many_to_how_many():
    first, second = say_plan(moved(1500, 30), ASKED)
    assert first.ja == (
        "65歳以上 3,781人のうち、徒歩500m以内に通いの場がある人は、2,000人から 3,470人になります"
    )
    assert second.ja == "新しく届くのは 1,500人、届かなくなるのは 30人です"
    assert "from 2,000 to 3,470" in first.en and "1,500 come within reach" in second.en


@pytest.mark.parametrize(
    ("gained", "lost", "said"),
    [
        (0, 0, "新しく届く人も、届かなくなる人もいません"),
        (3, 0, "新しく届くのは 3人で、届かなくなる人はいません"),
        (0, 3, "届かなくなるのは 3人で、新しく届く人はいません"),
    ],
)
def test_nobody_is_said_as_nobody(gained, lost, said):
    assert say_plan(moved(gained, lost), ASKED)[1].ja == said


def test_what_is_not_known_is_a_range_of_all_runs():
    said = say_plan(moved(10, 5), ASKED, [moved(14, 5), moved(8, 0)])[2].ja
    assert said.endswith("新しく届く人は 8〜14人、届かなくなる人は 0〜5人")
    same = say_plan(moved(10, 5), ASKED, [moved(10, 5), moved(10, 5)])[2].ja
    assert "同じ人数" in same


def test_rides_say_what_is_not_in_them():
    people, salons = say_rides(
        Rides(can_come=0, served=1, salons=4), Rides(can_come=1200, served=2, salons=4)
    )
    assert "0人から 1,200人になります" in people.ja
    assert "4か所のうち 1か所から、4か所のうち 2か所" in salons.ja and "時刻" in salons.ja
