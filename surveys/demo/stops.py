"""Bus stops, one of which moved; benches and toilets beside the road (停留所・ベンチ・トイレ)."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, Final

from geo.schedule import parse_schedule
from surveys.declaration.field import UNKNOWN
from surveys.demo.diary import CITY, COUNCIL, WELFARE, Entry, Shot
from surveys.demo.ground import beside

if TYPE_CHECKING:
    import shapely

    from surveys.demo.diary import Diary
    from surveys.demo.ground import Ground, Place

MOVED: Final = "デマンド緑ヶ丘下"
_PHONE: Final = "000-000-0000"
# Bench count, roof, wheelchair, slope nearby, weekday trips; days ago of visits.
_BUS: Final[dict[str, tuple[int, str, str, str, int, tuple[int, ...]]]] = {
    "汐見野駅前": (2, "yes", "yes", "flat", 38, (995, 230)),
    "本町": (1, "yes", "yes", "flat", 24, (995, 230)),
    "市役所前": (1, "yes", "yes", "flat", 24, (995, 45)),
    "汐見橋西": (1, "no", "helped", "gentle", 16, (900, 470)),
    "川向": (0, "no", "helped", "gentle", 16, (880, 470)),
    "団地入口": (0, "no", "no", "steep", 12, (760, 40)),
    "新町中央": (2, "yes", "yes", "flat", 12, (700, 120)),
}
_WALKS: Final = {995: "centre", 760: "hill", 470: "river", 230: "benches", 40: "stops"}
_SHELTERS: Final = {
    "汐見野駅前": "屋根とベンチがある",
    "本町": "雨の日は店の軒先でも待てる",
    "汐見橋西": "屋根はない",
    "新町中央": "ベンチが二台ある",
}
_SPOTS: Final = ("駅前広場", "本町の停留所", "市役所の前", "汐見橋のたもと")
# Days before today the benches beside the road were seen; the sixth was gone.
_BENCH_SEEN: Final = (230, 230, 300, 820, 760, 800, 470, 470, 640, 520, 940, 260, 600)
_GONE: Final = 5
_PICTURED: Final = (1, 4, 7, 9, 11)
_YEAR_AND_A_BIT: Final = 385  # days


def write_stops(diary: Diary, ground: Ground) -> None:
    """Write the stops of the bus and of the shared taxi (停留所を書く)."""
    for stop in ground.of_kind("bus_stop"):
        if stop.name in _BUS:
            _write_bus(diary, stop)
        elif stop.name != MOVED:
            _write_demand(diary, stop)
    _write_moved(diary, ground)


def _write_bus(diary: Diary, stop: Place) -> None:
    benches, roof, wheelchair, slope, trips, seen = _BUS[stop.name]
    lines: list[dict[str, Any]] = [
        {"_id": "l1", "line": "汐見野循環", "direction": "右回り", "day": "every_day",
         "weekday_count": trips, "first_time": "06:40", "last_time": "20:10", "wheelchair": wheelchair},
    ]  # fmt: skip
    answers = {
        "name": stop.name, "service": "route", "bench_count": benches, "roof": roof,
        "wheelchair": wheelchair, "slope_near": slope, "lines": lines, "operator": "汐見野バス",
    }  # fmt: skip
    diary.write("bus_stop", stop.id, Entry(
        ago=seen[0], answers=answers, place=stop.at, walk=_WALKS.get(seen[0], ""),
    ))  # fmt: skip
    shot = {}
    if stop.name in _SHELTERS:
        shot = {"photos": [Shot("shelter", _SHELTERS[stop.name], worn=roof == "no")]}
    again = {"light": "yes" if trips > 12 else "no", **shot}  # noqa: PLR2004 - the busier ones
    diary.write("bus_stop", stop.id, Entry(
        ago=seen[1], by=WELFARE, answers=again, walk=_WALKS.get(seen[1], ""),
    ))  # fmt: skip


def _write_demand(diary: Diary, stop: Place) -> None:
    rng = Random(stop.id)  # noqa: S311 - days and figures, not secrets
    diary.write("bus_stop", stop.id, Entry(
        ago=760 - rng.randrange(60), kind="import", by=CITY, source="imported", place=stop.at,
        answers=_demand(stop.name),
    ))  # fmt: skip
    if rng.random() < 0.8:  # noqa: PLR2004 - a few were never looked at
        diary.write("bus_stop", stop.id, Entry(
            ago=rng.choice((95, 140, 180, 250, 300, 330)), by=rng.choice((WELFARE, COUNCIL)),
            answers={"bench_count": rng.choice((0, 0, 1)), "roof": rng.choice(("no", "yes")),
                     "wheelchair": rng.choice(("helped", "no", UNKNOWN)),
                     "slope_near": rng.choice(("flat", "gentle")),
                     "waiting_place": rng.choice(("集会所の軒下", "店の入口の中", "木のかげ"))},
        ))  # fmt: skip


def _demand(name: str) -> dict[str, Any]:
    times = parse_schedule("平日 8:30～16:30")
    return {
        "name": name, "service": "demand", "booking": "yes", "deadline": "前日17:00",
        "operator": "汐見野市乗合タクシー", "office_phone": _PHONE,
        "lines": [{"_id": "l1", "line": "のりあい汐見野", "day": "weekday", "schedule": times}],
    }  # fmt: skip


def door_of(ground: Ground) -> shapely.Point:
    """Return where the stop stands since it moved (移した先)."""
    return beside(ground.named("salon", "緑ヶ丘ふもと体操").at, 9, -9)


def _write_moved(diary: Diary, ground: Ground) -> None:
    stop = ground.named("bus_stop", MOVED)
    door = door_of(ground)
    diary.write("bus_stop", stop.id, Entry(
        ago=765, kind="import", by=CITY, source="imported", place=stop.at, answers=_demand(stop.name),
    ))  # fmt: skip
    diary.write("bus_stop", stop.id, Entry(
        ago=760, walk="hill",
        answers={"bench_count": 0, "roof": "no", "wheelchair": "no", "slope_near": "steep",
                 "note": "坂の下にあり、会館までは上りが続く。帰りにここで待つ人は立ったままだった。",
                 "photos": [Shot("slope", "停留所から会館へ上る坂")]},
    ))  # fmt: skip
    diary.write("bus_stop", stop.id, Entry(
        ago=300, kind="correct", by=CITY, source="told", place=door,
        answers={"slope_near": "gentle", "wheelchair": "helped",
                 "waiting_place": "緑ヶ丘自治会館の玄関"},
        note="協議体の話し合いを受けて、停留所を坂の下から緑ヶ丘自治会館の入口の前へ移した。",
    ))  # fmt: skip
    diary.write("bus_stop", stop.id, Entry(
        ago=40, walk="stops",
        answers={"bench_count": 1, "photos": [Shot("shelter", "会館の前に移った停留所。ベンチが一台")],
                 "note": "入口の前で待てる。体操の日は七人が乗りおりした。"},
    ))  # fmt: skip


def write_benches(diary: Diary, ground: Ground) -> None:
    """Write the benches that stand in no park (道のベンチを書く)."""
    parks = [park.area for park in ground.of_kind("park") if park.area is not None]
    street = [
        one for one in ground.of_kind("bench") if not any(area.contains(one.at) for area in parks)
    ]
    for at, bench in enumerate(street):
        rng = Random(bench.id)  # noqa: S311 - heights, not secrets
        ago = _BENCH_SEEN[at % len(_BENCH_SEEN)]
        spot = _SPOTS[at] if at < len(_SPOTS) else f"汐見川遊歩道の休み場{at - len(_SPOTS) + 1}"
        worn = rng.random() < 0.25  # noqa: PLR2004 - one in four
        answers: dict[str, Any] = {
            "name": spot, "back": rng.choice(("yes", "no")), "seat_cm": rng.randrange(36, 47),
            "armrest": rng.choice(("yes", "no", UNKNOWN)), "condition": "worn" if worn else "good",
            "setting": "riverside" if at >= len(_SPOTS) else "footway",
            "shade": rng.choice(("all", "part", "none")),
        }  # fmt: skip
        if at in _PICTURED:
            answers["photos"] = [Shot("bench", f"{spot}のベンチ", worn)]
        _write_and_see_again(diary, "bench", bench, ago, answers)
        if at == _GONE:
            diary.write("bench", bench.id, Entry(
                ago=470, kind="absent", status="not_found", walk="river",
                reason="堤防の工事のあと、見当たらない", note="台座だけが残っていた。",
            ))  # fmt: skip


def write_toilets(diary: Diary, ground: Ground) -> None:
    """Write the toilets beside the road (道のトイレを書く)."""
    for at, toilet in enumerate(ground.of_kind("toilet")):
        rng = Random(toilet.id)  # noqa: S311 - answers, not secrets
        wide = rng.choice(("yes", "no"))
        answers: dict[str, Any] = {
            "name": toilet.name, "parting": "separate" if at % 3 else "shared", "wheelchair": wide,
            "handrail": wide, "clean": rng.choice(("clean", "fair", "dirty")), "all_day": "yes",
            "entrance_step": "none" if wide == "yes" else "from_2cm", "manager": "municipality",
            "women_western_count": rng.randrange(4), "light": rng.choice(("yes", UNKNOWN)),
        }  # fmt: skip
        if at in (0, 1, 5):
            worn = answers["clean"] == "dirty"
            answers["photos"] = [Shot("toilet", f"{toilet.name}の外まわり", worn)]
        ago = (230, 230, 905, 650, 700, 470, 780)[at % 7]
        _write_and_see_again(diary, "toilet", toilet, ago, answers)


def _write_and_see_again(
    diary: Diary, type_id: str, place: Place, ago: int, answers: dict[str, Any]
) -> None:
    """Write what was found; what was seen lately had been written a year before."""
    walk = _WALKS.get(ago, "")
    first = ago + _YEAR_AND_A_BIT if ago <= _YEAR_AND_A_BIT else ago
    diary.write(type_id, place.id, Entry(
        ago=first, answers=answers, place=place.at, walk=walk if first == ago else "",
    ))  # fmt: skip
    if first != ago:
        diary.write(type_id, place.id, Entry(
            ago=ago, kind="confirm", by=WELFARE, walk=walk, note="変わりなし",
        ))  # fmt: skip
