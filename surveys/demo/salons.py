"""The salons of the demo town: halls, a round through three of them, a private home (通いの場)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from surveys.demo.diary import CENTRE, CITY, COORDINATOR, COUNCIL, Amend, Entry, make_id
from surveys.demo.ground import beside
from surveys.demo.plans import BUILT_AT, ROUND_SITE, write_taken
from surveys.demo.salon_sheets import (
    ROUND,
    ROUND_GROUP,
    ROUNDS,
    SHEETS,
    SUBSIDY_ENDS,
    TEA,
    group,
    hall,
)

if TYPE_CHECKING:
    from surveys.demo.diary import Diary
    from surveys.demo.ground import Ground

_BEGAN: Final = 158  # days ago: the first day in the hall the plan named
_ENDS_TOLD: Final = 520  # days ago: the list of subsidies of that spring


def write_salons(diary: Diary, ground: Ground) -> None:
    """Write what was asked at each salon over the years (通いの場を書く)."""
    for place in ground.of_kind("salon"):
        venue, entries = SHEETS.get(place.name, (place.name, (_unasked(place.name),)))
        said = {"name": venue, "address": f"汐見野市{ground.area_of(place.at)}"}
        first = replace(entries[0], place=place.at, answers=said | dict(entries[0].answers))
        told = _subsidy(diary, place.name, first)
        for entry in sorted((first, *told, *entries[1:]), key=lambda one: one.ago, reverse=True):
            diary.write("salon", place.id, entry)
    write_taken(diary, ground)
    _write_round(diary, ground)
    _write_home(diary, ground)


def _subsidy(diary: Diary, name: str, first: Entry) -> tuple[Entry, ...]:
    """Return what the list of subsidies says of a salon, some time after its first visit."""
    if name not in SUBSIDY_ENDS:
        return ()
    end = diary.today + timedelta(days=SUBSIDY_ENDS[name])
    return (Entry(
        ago=min(_ENDS_TOLD, first.ago - 1), kind="correct", by=CITY, source="imported",
        answers={"activities": Amend("a1", {"subsidy_until": end.isoformat()})},
        note="補助の一覧から書き写した。",
    ),)  # fmt: skip


def _unasked(name: str) -> Entry:
    return Entry(ago=400, by=COUNCIL, answers=hall("other", "unknown", "western", "unknown",
                 group(name, "不定期", TEA, None, None)))  # fmt: skip


def _write_round(diary: Diary, ground: Ground) -> None:
    for at, (venue, day, count) in enumerate(ROUNDS):
        place = ground.named("resource", venue)
        meets = group(ROUND, f"{day} 13:30～15:00", TEA, 100, count, "council") | ROUND_GROUP
        # The one a plan brought into the list began later.
        planned = venue == BUILT_AT
        site_id = ROUND_SITE if planned else make_id("salon", venue)
        diary.write("salon", site_id, Entry(
            ago=_BEGAN if planned else 430 - at * 7, by=COUNCIL, place=place.at,
            answers=hall("meeting_hall", "from_2cm", "squat", "no", meets, name=venue,
                         note="三つの公会堂をひと月ずつではなく、週がわりで回っている。"),
        ))  # fmt: skip
        if at < len(ROUNDS) - 1:
            diary.write("salon", site_id, Entry(
                ago=100 - at * 7, kind="confirm", by=COUNCIL, source="told", note="変わりなし",
            ))  # fmt: skip


def _write_home(diary: Diary, ground: Ground) -> None:
    stop = ground.named("bus_stop", "デマンド上野")
    meets = group("上野えんがわの会", "隔週土曜 10:00～11:30", TEA, 0, 6, "person", staff="members")
    site_id = make_id("salon", "上野えんがわ")
    diary.write("salon", site_id, Entry(
        ago=380, by=COORDINATOR, source="told", place=beside(stop.at, 62, -38),
        answers=hall("home", "from_2cm", "western", "no", meets, name="上野えんがわ", private_home="yes",
                     note="縁側から上がる。外に出す地図には、場所をぼかしてのせる約束になっている。"),
    ))  # fmt: skip
    diary.write("salon", site_id, Entry(
        ago=58, kind="confirm", by=CENTRE, source="told", note="変わりなし",
    ))  # fmt: skip
