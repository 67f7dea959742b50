"""What the demo's councils weigh, and what they decided: two plans taken into the list (検討案)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from geo.schedule import parse_schedule
from surveys.demo.diary import COORDINATOR, Entry, make_id
from surveys.demo.ground import beside
from surveys.demo.stops import MOVED, door_of
from surveys.record.plan import Change, Plan
from surveys.store.plans import save_plan
from surveys.store.receipt import Batch

if TYPE_CHECKING:
    import shapely

    from surveys.demo.diary import Diary
    from surveys.demo.ground import Ground
    from surveys.store.register import Register

_BUILT: Final = "西原に巡回サロン、緑ヶ丘の停留所は会館の前へ"
_EVENING: Final = "仲町に夜も開く集いの場"
BUILT_AT: Final = "西原公会堂"
_ADDED: Final = {
    _BUILT: (BUILT_AT, "第2水曜 13:30～15:00"),
    _EVENING: ("仲町よりみち", "第2木曜 18:30～20:00"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One plan of a council (検討案ひとつ).

    Attributes
    ----------
    ago
        Days before today of each change, the first begins the plan.
    taken
        Days before today when it was taken into the list; 0 while it is weighed.
    """

    title: str
    note: str
    ago: tuple[int, ...]
    taken: int = 0


PLANS: Final = (
    Weighed(title=_BUILT, ago=(345, 340), taken=320,
        note="第1層協議体で決めた。西原は月に一度、停留所は会社と話がつきしだい。"),
    Weighed(title=_EVENING, ago=(40, 31), taken=24,
        note="働いている世代も来られるように。みなとカフェは日が暮れる前に帰れる時刻へ。"),
    Weighed(title="駅前と市役所のあいだにベンチ1台", ago=(28,),
        note="200mごとに座れる道で数えると、三十人ほどに届く。店先のいすが出せないときの案。"),
    Weighed(title="丘の上に集いの場とベンチ", ago=(26, 20),
        note="三丁目には歩いて行ける集いの場がない。会館へ下りる坂の途中にも座る所がほしい。"),
    Weighed(title="西町は屋根が直るまで公園で", ago=(9,),
        note="西町公会堂が来春まで使えない。西町公園の四阿で、晴れた日だけ。"),
)  # fmt: skip


def plan_id(title: str) -> str:
    """Return a plan's id (検討案の id)."""
    return make_id("plan", title)


def taken_site(title: str) -> str:
    """Return the id of the site that a plan's first 通いの場 became, as `layers.day.take_plan` has it (入れた地点)."""
    return f"plan-{plan_id(title)}-s1"


ROUND_SITE: Final = taken_site(_BUILT)


def write_taken(diary: Diary, ground: Ground) -> None:
    """Write the 通いの場 that plans brought into the list, as being prepared (準備中を書く)."""
    for one in PLANS:
        if one.taken:
            name, times = _ADDED[one.title]
            group = {"_id": "1", "state": "planned", "schedule": parse_schedule(times)}
            diary.write("salon", taken_site(one.title), Entry(
                ago=one.taken, kind="import", by=COORDINATOR, source="told", place=_spot(ground, name),
                answers={"name": name, "activities": [group]}, batch=_batch_id(one.title),
            ))  # fmt: skip


def taken_batches(diary: Diary) -> list[Batch]:
    """Return the imports by which plans came into the list (入れた取りこみ)."""
    return [
        Batch(
            id=_batch_id(one.title), file=f"検討案「{one.title}」", type="salon", by=COORDINATOR,
            sha256=hashlib.sha256(one.title.encode()).hexdigest(),
            made_at=f"{diary.day(one.taken)}T02:30:00+00:00", counts={"new": 1}, undone_at=None,
        )
        for one in PLANS
        if one.taken
    ]  # fmt: skip


def write_plans(register: Register, diary: Diary, ground: Ground) -> None:
    """Keep the plans, a version a change (検討案を残す)."""
    for one in PLANS:
        changes = _changes(one.title, ground)
        held = Plan(
            id=plan_id(one.title), number=0, parent=0, title=one.title, note=one.note, changes=(),
            by=COORDINATOR, made_at="",
        )  # fmt: skip
        for count, ago in enumerate(one.ago, start=1):
            now = f"{diary.day(ago)}T05:{count:02}:00.000Z"
            said = changes[: count if count < len(one.ago) else len(changes)]
            held = save_plan(register, replace(held, parent=held.number, changes=said, made_at=now))
        if one.taken:
            now = f"{diary.day(one.taken)}T02:30:00.000Z"
            save_plan(register, replace(held, parent=held.number, state="taken", made_at=now))


def _changes(title: str, ground: Ground) -> tuple[Change, ...]:
    hall = ground.named("salon", "緑ヶ丘ふもと体操").at
    if title in _ADDED:
        name, times = _ADDED[title]
        added = Change(do="add", at=_at(_spot(ground, name)), name=name, schedule=times)
        stop = ground.named("bus_stop", MOVED)
        cafe = ground.named("salon", "みなとカフェ")
        later = {
            _BUILT: Change(do="stop", site_id=stop.id, at=_at(door_of(ground))),
            _EVENING: Change(do="days", site_id=cafe.id, schedule="第3土曜 13:30～15:30"),
        }
        return added, later[title]
    park = ground.named("park", "西町公園").at
    made: dict[str, Any] = {
        "丘の上に集いの場とベンチ": (
            Change(do="add", at=_at(beside(hall, 50, 320)), name="緑ヶ丘三丁目の空き家",
                   schedule="毎週月曜 10:00～11:30"),
            Change(do="bench", at=_at(beside(hall, 56, 174)), name="坂の途中のベンチ"),
        ),
        "駅前と市役所のあいだにベンチ1台": (
            Change(do="bench", at=_at(beside(ground.named("bus_stop", "本町").at, 12, -171))),
        ),
        "西町は屋根が直るまで公園で": (
            Change(do="add", at=_at(park), name="西町公園の四阿", schedule="毎週金曜 9:30～11:00"),
        ),
    }  # fmt: skip
    found: tuple[Change, ...] = made[title]
    return found


def _spot(ground: Ground, name: str) -> shapely.Point:
    if name == BUILT_AT:
        return ground.named("resource", name).at
    return beside(ground.named("resource", "仲町会館").at, 45, 30)


def _batch_id(title: str) -> str:
    return f"plan-{plan_id(title)}"


def _at(point: shapely.Point) -> tuple[float, float]:
    return point.x, point.y
