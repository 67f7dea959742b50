"""Concerns raised at councils and on walks, at a point or for a whole area (地域課題)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from surveys.demo.diary import CENTRE, CITY, COORDINATOR, COUNCIL, WELFARE, Entry, make_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surveys.demo.diary import Diary
    from surveys.demo.ground import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """One concern, and how it went on (気づきひとつ).

    Attributes
    ----------
    at
        A place as (kind, name), an area as ("area", name), or ("", "") for neither.
    later
        Days ago, who, and the new answers.
    way
        Days ago, what happened, at which level, in which meeting, and what was said: written with the last
        entry.
    """

    title: str
    ago: int
    answers: Mapping[str, Any]
    at: tuple[str, str] = ("", "")
    by: str = COORDINATOR
    walk: str = ""
    tag: tuple[str, ...] = ()
    later: tuple[tuple[int, str, Mapping[str, Any]], ...] = field(default=())
    way: tuple[tuple[int, str, str, str, str], ...] = ()


def said(source: str, urgency: str, state: str, note: str, **more: object) -> dict[str, Any]:
    """Return what is told of a concern (見聞きしたこと)."""
    return {"source": source, "urgency": urgency, "state": state, "note": note, **more}


MOVED_TITLE: Final = "停留所が坂の下で、会館まで上れない"
CONCERNS: Final = (
    Raised(title=MOVED_TITLE, ago=760, walk="hill", at=("bus_stop", "デマンド緑ヶ丘下"), tag=("moving", "walking"),
        answers=said("walk", "this_year", "noticed", "体操の帰りに、荷物を持って坂の途中で三回休む人を見た。",
            tier="tier_2", audience="public"),
        way=((700, "raised", "tier_2", "第3回 丘の手地区協議体", ""),
             (650, "sent_up", "tier_1", "生活支援コーディネーター連携会議", "坂の下の停留所では使えないという報告"),
             (630, "sent_up", "city", "地域包括ケア推進協議会", "停留所を会館の前へ移す提言"),
             (310, "answered", "city", "", "会社と話がつき、停留所を会館の入口の前へ移した。"),
             (301, "told", "tier_2", "第7回 丘の手地区協議体", "")),
        later=((640, CITY, {"state": "talking", "next_step": "乗合タクシーの会社と、会館の前まで入れるか確かめる"}),
               (300, CITY, {"state": "solved", "next_step": None,
                   "result": "停留所を会館の入口の前へ移した。体操に来る人がふえた。"}))),
    Raised(title="丘の上に歩いて行ける店がない", ago=285, by=WELFARE, at=("area", "緑ヶ丘三丁目"), tag=("shopping",
        "moving"),
        answers=said("resident", "now", "talking", "店が閉じてから、米と水を買えないという声が続いている。",
            tier="tier_2", area=["緑ヶ丘三丁目"], audience="council"),
        way=((280, "raised", "tier_2", "第5回 丘の手地区協議体", "米と水を買えない"),
             (200, "talked", "tier_2", "第6回 丘の手地区協議体", "移動販売の店に声をかける"),
             (95, "sent_up", "tier_1", "生活支援コーディネーター連携会議", "店まで歩けない人の数をそえて報告")),
        later=((90, COUNCIL, {"state": "working", "next_step": "移動販売の止まる所を丘の上にもふやす",
            "actor": "社協・移動販売の店"}),)),
    Raised(title="川べの休み場でベンチがなくなった", ago=470, walk="river", at=("bus_stop", "川向"), tag=("rest",),
        answers=said("walk", "later", "noticed", "堤防の工事のあと、ベンチが一台もどっていない。")),
    Raised(title="仲町の狭い道を電動シニアカーが通れない", ago=610, at=("park", "仲町公園"), tag=("walking",),
        answers=said("council", "this_year", "talking", "電柱の横が狭く、車道に出て通っている。", tier="tier_2")),
    Raised(title="西原は集まる所まで遠い", ago=520, by=CENTRE, at=("area", "西原"), tag=("gathering", "moving"),
        answers=said("care_meeting", "this_year", "working", "通いの場までは歩いて一時間近くかかる。", tier="tier_1",
            area=["西原"], audience="council"),
        way=((500, "raised", "tier_2", "第4回 南地区協議体", "月に一度なら来られるという声"),
             (396, "sent_up", "tier_1", "第1層協議体", ""),
             (320, "answered", "tier_1", "第1層協議体", "巡回のサロンを西原公会堂にも回すことに決めた。"),
             (150, "told", "tier_2", "第6回 南地区協議体", "")),
        later=((150, COUNCIL, {"result": "月に一度、巡回のサロンが来るようになった。", "state": "working"}),)),
    Raised(title="団地のごみ置き場まで階段がつらい", ago=410, by=WELFARE, at=("area", "汐見団地"), tag=("rubbish",
        "helpers"),
        answers=said("resident", "now", "working", "四階の人がごみを三日ためてしまう。", tier="tier_3"),
        later=((120, WELFARE, {"state": "solved", "result": "同じ棟の当番で手伝うことにした。"}),)),
    Raised(title="駅前から市役所まで休む所がない", ago=230, walk="benches", at=("bus_stop", "本町"), tag=("rest",
        "walking"),
        answers=said("walk", "this_year", "noticed", "八百メートルの間に座れる所が二か所しかない。", tier="tier_2",
            audience="public"),
        way=((211, "talked", "tier_1", "第1層協議体", "休む所の少ない道を地図で見た"),
             (109, "talked", "tier_2", "第2層協議体（中央圏域）", "店先のいすの置き方を話した"),
             (24, "sent_up", "city", "第1層協議体", "店先のいす三店と、ベンチ一台を市に求める提言")),
        later=((51, CITY, {"state": "talking", "next_step": "店先にいすを出せるか、商店会に聞く"}),
               (23, COORDINATOR, {"next_step": "市の答えを聞き、圏域の協議体に伝える"}))),
    Raised(title="通いの場の世話役が足りない", ago=390, by=COUNCIL, tag=("helpers", "gathering"),
        answers=said("council", "later", "noticed", "三つの会で、世話をする人が二人だけになっている。",
            tier="tier_1", area=["全市"])),
    Raised(title="夕方の東町公園が暗い", ago=62, by=WELFARE, at=("park", "東町公園"), tag=("walking",),
        answers=said("resident", "later", "noticed", "散歩の時刻に足元が見えにくいという。", tier="tier_3")),
    Raised(title="奥谷で雪の日にひとりになる", ago=660, by=WELFARE, at=("area", "奥谷"), tag=("watch", "disaster"),
        answers=said("staff", "later", "dropped", "道がふさがると二日ほど行き来がなくなる。", tier="tier_3")),
)  # fmt: skip


# Who acts, what comes next, and days before today it is due (below 0: still to come).
PLANS: Final[dict[str, tuple[str, str, int]]] = {
    "川べの休み場でベンチがなくなった": (
        "公園管理係",
        "県の河川の課に、ベンチをもどす日を聞く",
        30,
    ),
    "仲町の狭い道を電動シニアカーが通れない": (
        "道路の課",
        "電柱を移せるか、電力会社と現地で見る",
        -60,
    ),
    "通いの場の世話役が足りない": ("社会福祉協議会", "世話役の集まりを開き、手伝いをつのる", -100),
    "夕方の東町公園が暗い": ("公園管理係", "切れた灯を取りかえる", 10),
    "駅前から市役所まで休む所がない": ("高齢福祉課", "店先にいすを出せるか、商店会に聞く", -45),
}


def _plan(diary: Diary, title: str) -> dict[str, str]:
    if title not in PLANS:
        return {}
    actor, step, due = PLANS[title]
    return {"actor": actor, "next_step": step, "due": diary.day(due).isoformat()}


def write_concerns(diary: Diary, ground: Ground) -> None:
    """Write the concerns and what became of them (地域課題を書く)."""
    for raised in CONCERNS:
        kind, name = raised.at
        place, related = None, {}
        if kind == "area":
            place = ground.areas[name].simplify(1e-5)
        elif kind:
            site = ground.named(kind, name)
            place, related = site.at, {"related_site": [site.id]}
        answers = {"name": raised.title, "tag": list(raised.tag), **related, **raised.answers}
        answers["found_on"] = diary.day(raised.ago).isoformat()
        answers |= _plan(diary, raised.title)
        site_id = make_id("concern", raised.title)
        way = [
            {"_id": f"w{number}", "on": diary.day(ago).isoformat(), "what": what, "level": level,
             **({"meeting": meeting} if meeting else {}), **({"note": note} if note else {})}
            for number, (ago, what, level, meeting, note) in enumerate(raised.way, start=1)
        ]  # fmt: skip
        diary.write("concern", site_id, Entry(
            ago=raised.ago, by=raised.by, answers=answers, place=place, walk=raised.walk,
            source="surveyed" if raised.walk else "told",
        ))  # fmt: skip
        last = len(raised.later)
        for number, (ago, by, said_later) in enumerate(raised.later, start=1):
            more = {**said_later, "way": way} if way and number == last else said_later
            diary.write("concern", site_id, Entry(ago=ago, by=by, source="told", answers=more))
