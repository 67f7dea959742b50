"""Printed lists of 通いの場, their places put beside them, counted as soon as they are taken."""

import pytest
from import_fixtures import Desk
from own_lists import PLAIN, day, own_town

from layers.day.eligible import Areas
from layers.day.salons import When
from surveys.record.meeting import Who

NOW = When(on="2026-11-21")
HALLS = [
    "毎週月曜日 10:00〜11:30",
    "毎月２回／15日、25日 10:00〜11:30",
    "第2、第4金曜日10:00〜11:30",
    "不定期",
]
# Name, days, where it meets among eight of the others.
SALONS = [
    ("Kocoサロン", "毎週火曜日 13:00〜16:00", "Koco"),
    ("うた茶論", "毎週木曜日 夏期15:00〜16:30 冬期14:00〜15:30", "Koco"),
    ("ほのぼのサロン", "第２、第4月曜日 13:00〜15:30", "３丁目会館"),
    ("ひさサロン", "第２、第４月曜日 11:30〜14:00", "山の上会館"),
]
MORE = [(f"集い{n}", f"第{n % 4 + 1}水曜 10:00〜11:00", f"集会所{n}") for n in range(11)]


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.book.engine.dispose()


def places(town, names):
    """Return latitude and longitude of each name: 100 m apart on the toy town's streets."""
    ids = {name: at for at, name in enumerate(dict.fromkeys(names))}
    x = [100.0 * (at % 5) for at in ids.values()]
    y = [100.0 * (at // 5) for at in ids.values()]
    lon, lat = town.plane.to_lonlat(x, y)
    return {name: f"{lat[at]:.7f},{lon[at]:.7f}" for name, at in ids.items()}


def test_eight_printed_and_eleven_more_salons_are_counted_at_once(desk):
    town = own_town()
    halls = [f"{n}丁目会館" for n in range(5, 9)]
    at = places(town, [*halls, *(one[2] for one in (*SALONS, *MORE))])
    assert day(town, desk.book).salons.empty
    told = "会場名,開催日時,緯度,経度,天体\n" + "".join(
        f"{name},{when},{at[name]},\n" for name, when in zip(halls, HALLS, strict=True)
    )
    _, reading = desk.read(told, type_id="salon", file="教室.csv")
    assert reading.ignored == {"教室": ("天体",)}
    desk.take(told, type_id="salon", file="教室.csv")
    head = "サロン名,開催日時,場所,緯度,経度\n"
    for file, rows in (("サロン.csv", SALONS), ("集い.csv", MORE)):
        lines = (f"{name},{when},{where},{at[where]}\n" for name, when, where in rows)
        desk.take(head + "".join(lines), type_id="salon", file=file)
    asked = day(town, desk.book, NOW)
    assert len(asked.salons) == 18  # two of the nineteen meet in one house
    sites = [desk.book.site(id_) for id_ in desk.book.site_ids()]
    groups = [one for site in sites for one in site.answers["activities"]]
    assert len(groups) == 19
    weekly = 365.25 / 7 / 12
    known = asked.salons["sessions_per_month"].sum()
    assert known == pytest.approx(weekly + 2 + 2 + 2 * weekly + 2 + 2 + 11)
    # Every home is within 250 m of one of them.
    assert asked.ask(PLAIN).totals["within"] == 40


@pytest.mark.parametrize(
    ("area", "everybody"),
    [("おもちゃ全域", True), ("おもちゃ内", True), ("全域", True), ("市街広域", False)],
)
def test_all_of_the_town_in_its_own_name_is_everybody(area, everybody):
    who = Who(areas=frozenset({area}), known=True)
    assert (Areas(own_town()).cells_for(who, "known") is None) == everybody
