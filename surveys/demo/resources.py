"""Local resources: services of residents and firms, some without a place (地域資源)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.schedule import parse_schedule
from surveys.demo.diary import CENTRE, COORDINATOR, COUNCIL, WELFARE, Entry, make_id

if TYPE_CHECKING:
    from surveys.demo.diary import Diary
    from surveys.demo.ground import Ground

_PHONE: Final = "000-000-0000"
# Name, hall it is found at ("" for no place), days ago, who told, answers.
_Told = tuple[str, str, int, str, dict[str, Any]]
RESOURCES: Final[tuple[_Told, ...]] = (
    ("ちょこっと手伝い隊 汐見野", "中央公民館", 610, COORDINATOR,
     {"service": ["housework"], "category": "helper", "operator": "volunteer", "area": ["本町一丁目", "本町二丁目",
         "仲町", "港町"],
      "activity": "電球の取りかえ、ごみ出し、草取り", "fee_yen": 300, "fee_note": "30分ごと",
          "application": "電話で申し込む",
      "schedule": parse_schedule("平日 9:00～16:00")}),
    ("配食のかもめ弁当", "", 430, COUNCIL,
     {"service": ["meal_delivery", "watch"], "category": "meal", "operator": "business", "area": ["全市"],
         "activity": "昼と夕の弁当を手わたしで届ける",
      "fee_yen": 550, "closed_day": "日曜", "area_note": "奥谷と上野は昼だけ"}),
    ("汐見野助け合い送迎", "緑ヶ丘自治会館", 330, WELFARE,
     {"service": ["outing"], "category": "transport", "operator": "association", "area": ["緑ヶ丘一丁目",
         "緑ヶ丘二丁目", "緑ヶ丘三丁目"],
      "activity": "通院と買い物の送り迎え。運転する人は四人", "fee_yen": 0, "fee_note": "ガソリン代だけ",
          "schedule": parse_schedule("毎週火・金曜 9:00～12:00")}),
    ("介護する家族の会 ゆりかもめ", "仲町会館", 520, CENTRE,
     {"service": ["carer"], "category": "gathering", "operator": "volunteer", "area": ["全市"],
         "activity": "介護する人どうしで話す", "fee_yen": 100,
      "schedule": parse_schedule("第4土曜 13:30～15:00")}),
    ("見守り新聞配達", "", 700, COUNCIL,
     {"service": ["watch"], "category": "other", "operator": "business", "area": ["全市"],
         "activity": "新聞がたまっていたら連絡する", "needs_check": "yes",
      "note": "取り決めを結んだと聞いたが、いまも続いているか分からない。"}),
    ("まちの保健室", "駅南集会所", 350, CENTRE,
     {"service": ["health"], "category": "consult", "operator": "government", "area": ["駅南一丁目", "駅南二丁目"],
         "activity": "血圧をはかり、体の相談にのる",
      "fee_yen": 0, "schedule": parse_schedule("第2火曜 10:00～12:00")}),
    ("団地ごみ出し当番", "団地集会所", 290, WELFARE,
     {"service": ["housework", "watch"], "category": "volunteer", "operator": "association", "area": ["汐見団地"],
         "activity": "朝のごみ出しを同じ棟の人が手伝う", "fee_yen": 0}),
    ("東町公会堂（貸し部屋）", "東町公会堂", 400, COORDINATOR,
     {"service": ["other"], "category": "other", "operator": "association", "area": ["東町"],
         "activity": "十二畳の部屋を借りられる", "fee_yen": 500, "fee_note": "半日"}),
    ("畑の手伝い 下新田", "下新田公会堂", 480, WELFARE,
     {"service": ["salon", "other"], "category": "volunteer", "operator": "volunteer", "area": ["下新田", "西原"],
         "activity": "休んでいる畑でいっしょに野菜を作る",
      "schedule": parse_schedule("3月～11月は毎週土曜 8:00～10:00"), "trial": "yes"}),
    ("よろず相談 みなと", "中央公民館", 170, CENTRE,
     {"service": ["health", "carer"], "category": "consult", "operator": "government", "area": ["全市"],
         "activity": "介護と暮らしの相談", "fee_yen": 0}),
)  # fmt: skip
# Those asked again later, with what was said then.
_AGAIN: Final[dict[str, tuple[int, str]]] = {
    "ちょこっと手伝い隊 汐見野": (60, "変わりなし"),
    "配食のかもめ弁当": (35, "変わりなし。弁当の値段も同じ"),
    "汐見野助け合い送迎": (82, "変わりなし"),
    "まちの保健室": (101, "変わりなし"),
    "介護する家族の会 ゆりかもめ": (140, "変わりなし"),
}


def write_resources(diary: Diary, ground: Ground) -> None:
    """Write the services people named, and those confirmed since (地域資源を書く)."""
    for name, hall, ago, by, answers in RESOURCES:
        place = ground.named("resource", hall) if hall else None
        # A hall that is lent out is the town's own place; a service is not.
        own = place is not None and name.startswith(place.name)
        site_id = place.id if place is not None and own else make_id("resource", name)
        held = {"name": name, "needs_check": "no", "office_phone": _PHONE} | answers
        diary.write("resource", site_id, Entry(
            ago=ago, by=by, source="told", answers=held, place=place.at if place else None,
            sure="likely" if held["needs_check"] == "yes" else "sure",
        ))  # fmt: skip
        if name in _AGAIN:
            again, said = _AGAIN[name]
            diary.write("resource", site_id, Entry(
                ago=again, kind="confirm", by=by, source="told", note=said,
            ))  # fmt: skip
