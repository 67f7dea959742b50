"""The walks with their lists: those done, and one planned (踏査)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import shapely

from surveys.demo.diary import COORDINATOR, Entry, make_id

if TYPE_CHECKING:
    from surveys.demo.diary import Diary
    from surveys.demo.ground import Ground
    from surveys.record.history import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing:
    """One walk (踏査ひとつ).

    Attributes
    ----------
    ago
        Days before today; below 0 for one that is planned.
    missed
        Places on its list that nobody reached, as (kind, name).
    seen
        Those that devices wrote of; of others the records say it.
    """

    key: str
    name: str
    ago: int
    surveyors: str
    area: str
    missed: tuple[tuple[str, str], ...]
    seen: tuple[tuple[str, str], ...] = ()
    weather: str = ""
    note: str = ""


# Written on tablets: what they sent is `surveys.demo.sent`.
DUSK: Final = Outing(key="dusk", name="東町と川向の夕方の見回り", ago=1, weather="cloudy", area="東町・川向",
    surveyors="民生委員、町内会の役員", missed=(("park", "川向公園"),),
    seen=(("park", "東町公園"), ("shop", "まちかどストア東通店"), ("salon", "川向サロン"), ("bus_stop", "川向")),
    note="日が落ちてから三か所を見た。")  # fmt: skip
OUTINGS: Final = (
    Outing(key="centre", name="旧市街を歩く", ago=995, weather="sunny", area="旧市街",
        surveyors="生活支援コーディネーター、民生委員、公園管理係",
        missed=(("shop", "こむぎ堂"),), note="寺町の石だたみで時間がかかり、パン屋までは行けなかった。"),
    Outing(key="hill", name="緑ヶ丘を上って下りる", ago=760, weather="cloudy", area="緑ヶ丘",
        surveyors="生活支援コーディネーター、社協職員",
        missed=(("park", "団地中央公園"),), note="階段が多く、二時間で一周できなかった。"),
    Outing(key="river", name="川べの休み場をたどる", ago=470, weather="cloudy", area="川向・駅南",
        surveyors="生活支援コーディネーター、老人クラブの役員",
        missed=(("salon", "川向サロン"),), note="堤防の工事で遠回りをした。"),
    Outing(key="benches", name="駅前から市役所までのベンチ調べ", ago=230, weather="sunny", area="本町",
        surveyors="生活支援コーディネーター、民生委員",
        missed=(("toilet", "市役所前公衆トイレ"), ("park", "寺町公園")), note="暑くなる前に昼で切り上げた。"),
    Outing(key="stops", name="停留所と会館を確かめる", ago=40, weather="sunny", area="緑ヶ丘",
        surveyors="生活支援コーディネーター、高齢福祉課",
        missed=(("bus_stop", "デマンド団地"),)),
    DUSK,
    Outing(key="plan", name="奥谷と西町の確認", ago=-7, area="奥谷・西町",
        surveyors="生活支援コーディネーター、民生委員",
        missed=(("salon", "奥谷よりあい"), ("shop", "よろずや奥谷"), ("bus_stop", "デマンド奥谷"), ("park",
            "西町公園"), ("salon", "西町お達者クラブ"))),
)  # fmt: skip
_PLANNED_BEFORE: Final = 12  # days a walk is planned ahead
_ENDED_AFTER: Final = 400  # days after which nobody goes on with a walk
_LONGEST_SIDE: Final = 12  # places a drawn route goes through


def write_walks(diary: Diary, ground: Ground, written: list[Version]) -> None:
    """Write each walk's plan, and what came of those that are over (踏査を書く).

    Parameters
    ----------
    written
        What was written so far: the records of a walk make the rest of its list.
    """
    for outing in OUTINGS:
        walk_id = make_id("walk", outing.key)
        visited = [
            one.site_id for one in written if one.walk_id == walk_id and one.type != "concern"
        ]
        visited += [ground.named(kind, name).id for kind, name in outing.seen]
        missed = [ground.named(kind, name).id for kind, name in outing.missed]
        # One place is found on the way and was on nobody's list.
        on_way = 0 if outing.seen else 1
        listed = list(dict.fromkeys([*visited[: max(1, len(visited) - on_way)], *missed]))
        listed = listed if visited else missed
        plan = {
            "name": outing.name, "on": diary.day(outing.ago).isoformat(), "places": listed,
            "surveyors": outing.surveyors, "area": outing.area,
        }  # fmt: skip
        diary.write("walk", walk_id, Entry(
            ago=outing.ago + _PLANNED_BEFORE, by=COORDINATOR, answers=plan,
        ))  # fmt: skip
        if outing.ago < 0:
            continue
        stops = [state.place for one in dict.fromkeys(visited) if (state := diary.state(one)).place]
        middles = [place.representative_point() for place in stops if place is not None]
        route = _route(middles[:_LONGEST_SIDE])
        more = {"weather": outing.weather} | ({"note": outing.note} if outing.note else {})
        if outing.ago > _ENDED_AFTER:
            more["ended_on"] = diary.day(outing.ago).isoformat()
        diary.write("walk", walk_id, Entry(
            ago=outing.ago, kind="correct", by=COORDINATOR, answers=more, place=route,
        ))  # fmt: skip


def _route(spots: list[shapely.Point]) -> shapely.LineString:
    """Return a line from spot to spot, each time to the nearest left."""
    left, line = list(spots[1:]), [spots[0]]
    while left:
        nearest = min(left, key=lambda one: (one.distance(line[-1]), one.wkt))
        left.remove(nearest)
        line.append(nearest)
    return shapely.LineString(line)
