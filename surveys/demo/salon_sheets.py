"""What was asked at each salon of the demo town, invented (通いの場で聞いたこと)."""

from __future__ import annotations

from typing import Any, Final

from geo.schedule import parse_schedule
from surveys.declaration.field import UNKNOWN
from surveys.demo.diary import CENTRE, CITY, COORDINATOR, COUNCIL, WELFARE, Amend, Entry, Shot

PHONE: Final = "000-000-0000"
ROUND: Final = "おでかけサロンつばめ"  # one group that meets at three halls in turn


def group(name: str, times: str, content: tuple[str, ...], fee_yen: int | None, count: int | None,
          operator: str = "volunteer", **more: object) -> dict[str, Any]:  # fmt: skip
    """Return one group, its times as people write them (グループひとつ)."""
    seen: dict[str, Any] = {"_id": "a1", "group": name, "schedule": parse_schedule(times)}
    seen |= {"content": list(content), "operator": operator, "state": "active"}
    seen |= {} if fee_yen is None else {"fee_yen": fee_yen}
    return seen | ({} if count is None else {"participant_count": count}) | more


def hall(venue: str, step: str, toilet: str, wheelchair: str, *groups: dict[str, Any],
         **more: object) -> dict[str, Any]:  # fmt: skip
    """Return a venue with the groups that meet there (会場ひとつ)."""
    seen = {"venue": venue, "entrance_step": step, "toilet": toilet}
    return seen | {"toilet_wheelchair": wheelchair, "activities": list(groups)} | more


TEA, GYM = ("tea",), ("exercise",)
ROUND_GROUP: Final = {"rotation": "turn", "capacity": 20}
# By the town's own names; the venue's name comes first.
SHEETS: Final[dict[str, tuple[str, tuple[Entry, ...]]]] = {
    "本町いきいき体操": ("中央公民館", (
        Entry(ago=1000, by=COUNCIL, answers=hall("community_centre", "none", "western", "yes",
            group("本町いきいき体操", "毎週火曜 10:00～11:30", GYM, 0, 22, "volunteer", capacity=30,
                over_75_count=15, staff="residents",
                subsidy="yes", started="2016-05"),
            group("絵手紙の会", "第2・4金曜 13:30～15:30", ("hobby",), 200, 9, "person", _id="a2"),
            parking="yes", parking_count=24, office_phone=PHONE, chair_count=60, lendable="anyone", kitchen="yes")),
        Entry(ago=560, kind="confirm", by=COUNCIL, source="told", note="変わりなし。世話役に聞いた。"),
        Entry(ago=88, by=COORDINATOR, answers={"activities": Amend("a1", {"participant_count": 26,
            "over_75_count": 18}),
            "photos": [Shot("salon", "玄関。段差はない")], "note": "新しい人が四人ふえた。"}))),
    "中央公園ラジオ体操の会": ("中央公園の広場", (
        Entry(ago=960, answers=hall("park", "none", "western", "yes",
            group("中央公園ラジオ体操の会", "毎日 6:30～6:45 ※雨の日は休み", GYM, 0, 31, "volunteer",
                over_75_count=17,
                staff="members"))),
        Entry(ago=230, walk="benches", answers={"activities": Amend("a1", {"participant_count": 28})}))),
    "仲町ふれあい茶話会": ("仲町会館", (
        Entry(ago=940, by=WELFARE, answers=hall("association_hall", "under_2cm", "western", "no",
            group("仲町ふれあい茶話会", "第1・3水曜 13:30～15:30", TEA, 100, 14, "association", subsidy="yes",
                over_75_count=11,
                capacity=20))),
        Entry(ago=130, by=WELFARE, source="told", answers={"activities": Amend("a1", {"participant_count": 12}),
            "handrail": "one_side",
            "photos": [Shot("salon", "玄関の手すりは右側だけ")]}))),
    "図書館で朗読を楽しむ会": ("汐見野図書館", (
        Entry(ago=800, by=CENTRE, source="told", answers=hall("other", "none", "western", "yes",
            group("図書館で朗読を楽しむ会", "第2・4木曜 10:00～11:30", ("learning", "hobby"), 0, 11, "government",
                over_75_count=6,
                capacity=24))),
        Entry(ago=165, kind="confirm", by=CENTRE, source="told", note="変わりなし"))),
    "みなとカフェ": ("喫茶みなと", (
        Entry(ago=720, by=CENTRE, answers=hall("shop", "from_2cm", "western", "no",
            group("みなとカフェ", "第3土曜 14:00～16:00", ("dementia", "tea"), 300, 13, "business",
                over_75_count=7, staff="both",
                fee_note="飲み物代",
                subsidy="yes"), step_cm=7, office_phone=PHONE)),
        Entry(ago=110, by=CENTRE, answers={"step_cm": 7, "note": "店の人が板のスロープを出してくれる。",
            "photos": [Shot("salon", "入口の段差は7cm", worn=True)]}))),
    "西町お達者クラブ": ("西町公会堂", (
        Entry(ago=910, by=COUNCIL, answers=hall("meeting_hall", "from_2cm", "squat", "no",
            group("西町お達者クラブ", "毎週金曜 9:30～11:00", GYM, 50, 17, "elder_club", subsidy="yes"),
                step_cm=12)),
        Entry(ago=16, by=WELFARE, status="paused", reason="屋根の直しのため、来春まで休み",
            answers={"activities": Amend("a1", {"state": "paused"})}, source="told",
                note="会場の工事で休んでいる"))),
    "駅南元気体操": ("駅南集会所", (
        Entry(ago=880, by=CENTRE, answers=hall("meeting_hall", "none", "western", "yes",
            group("駅南元気体操", "4月～9月は毎週月曜 9:30～11:00\n10月～3月は毎週月曜 10:00～11:30", GYM, 0, 19,
                "volunteer", over_75_count=12, capacity=25, staff="both"))),
        Entry(ago=120, by=CENTRE, answers={"photos": [Shot("salon", "集会所の前。いすを外に出している")]},
            note="ほかは変わりなし"),
        Entry(ago=75, by=CENTRE, status="paused", reason="集会所の床の張りかえのため", source="told",
            answers={"activities": Amend("a1", {"state": "paused"})}),
        Entry(ago=12, by=CENTRE, status="active", source="told", note="床がなおり、月曜から再開した。",
            answers={"activities": Amend("a1", {"state": "active"})}))),
    "河畔グラウンドゴルフ": ("駅南河畔公園の芝生", (
        Entry(ago=470, walk="river", answers=hall("park", "none", "none", "no",
            group("河畔グラウンドゴルフ", "毎週水曜 9:00～11:00（祝日を除く）", ("exercise", "hobby"), 50, 24,
                "elder_club", over_75_count=14))),)),
    "寺町写経と茶の会": ("潮音院", (
        Entry(ago=650, by=WELFARE, answers=hall("temple", "from_2cm", "western", "no",
            group("寺町写経と茶の会", "毎月10日 13:00～15:00", ("hobby", "tea"), 500, 8, "other",
                over_75_count=5), step_count=5,
                handrail="none")),)),
    "川向サロン": ("川向集会所", (
        Entry(ago=860, by=COUNCIL, answers=hall("meeting_hall", "under_2cm", "western", "no",
            group("川向サロン", "毎週木曜 13:30～15:00", TEA, 100, 12, "council", subsidy="yes", over_75_count=8))),
        Entry(ago=340, kind="correct", by=COUNCIL, source="told", answers={"activities": Amend("a1",
            {"schedule": parse_schedule("隔週木曜 13:30～15:00")})},
            note="担い手がへり、隔週になったと世話役に聞いた。"),
        Entry(ago=70, by=COORDINATOR, answers={"activities": Amend("a1", {"participant_count": 9,
            "staff_count": 2})}))),
    "団地ふれあい食堂": ("団地集会所", (
        Entry(ago=770, by=CITY, answers=hall("meeting_hall", "none", "western", "yes",
            group("団地ふれあい食堂", "第2・4金曜 11:30～13:30", ("meal", "generations"), 400, 33, "npo",
                over_75_count=20,
                booking="yes", capacity=40, subsidy="yes"),
            kitchen="yes")),
        Entry(ago=160, by=COORDINATOR, answers={"activities": Amend("a1", {"participant_count": 36}),
            "photos": [Shot("salon", "食堂の日の入口")]}))),
    "新町ストレッチ教室": ("新町コミュニティセンター", (
        Entry(ago=540, by=CITY, answers=hall("community_centre", "none", "western", "yes",
            group("新町ストレッチ教室", "毎週火曜 13:30～15:00", GYM, 200, 15, "business", staff="experts",
                capacity=15, booking="yes"))),
        Entry(ago=30, kind="confirm", by=CITY, source="told", note="変わりなし"))),
    "緑ヶ丘ふもと体操": ("緑ヶ丘自治会館", (
        Entry(ago=760, walk="hill", answers=hall("association_hall", "from_2cm", "western", "no",
            group("緑ヶ丘ふもと体操", "毎週水曜 10:00～11:30", GYM, 0, 16, "association", subsidy="yes",
                over_75_count=9,
                area=["緑ヶ丘一丁目", "緑ヶ丘二丁目"]),
            step_cm=15, step_count=1, note="丘の上の三丁目からは、帰りの階段がきついので来にくい。")),
        Entry(ago=40, walk="stops", answers={"activities": Amend("a1", {"participant_count": 21}),
            "handrail": "both_sides",
            "photos": [Shot("salon", "玄関に手すりがついた")],
                "note": "デマンドの停留所が入口の前に来て、三丁目からも五人来ている。"}))),
    "奥谷よりあい": ("奥谷公会堂", (
        Entry(ago=620, by=WELFARE, source="told", sure="likely", answers=hall("meeting_hall", UNKNOWN, "squat", "no",
            group("奥谷よりあい", "第1火曜 10:00～12:00", ("tea", "farming"), None, 10, "association", over_75_count=8,
                state=UNKNOWN))),)),
    "下新田ひだまりの会": ("下新田公会堂", (
        Entry(ago=590, by=WELFARE, answers=hall("meeting_hall", "from_2cm", "squat", "no",
            group("下新田ひだまりの会", "第2・4月曜 13:30～15:30", ("tea", "hobby"), 100, 11, "association",
                over_75_count=7))),
        Entry(ago=210, kind="confirm", by=WELFARE, source="told", note="変わりなし"))),
}  # fmt: skip
# Which day each group's subsidy ends, days from today; the first is close at hand.
SUBSIDY_ENDS: Final = {"本町いきいき体操": 41, "仲町ふれあい茶話会": 132, "みなとカフェ": 132,
    "西町お達者クラブ": 132, "川向サロン": -49, "団地ふれあい食堂": 497, "緑ヶ丘ふもと体操": 132}  # fmt: skip
# The round: the hall, which Wednesday, how many came.
ROUNDS: Final = (
    ("東町公会堂", "第1水曜", 13),
    ("西原公会堂", "第2水曜", 7),
    ("東山公会堂", "第3水曜", 9),
)
