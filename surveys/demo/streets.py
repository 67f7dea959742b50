"""Slopes along the town's own streets, and the shops (坂と買い物先)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.schedule import parse_schedule
from surveys.demo.diary import COORDINATOR, COUNCIL, WELFARE, Entry, Shot, make_id
from surveys.demo.ground import beside

if TYPE_CHECKING:
    import shapely

    from surveys.demo.diary import Diary
    from surveys.demo.ground import Ground
    from surveys.record.history import Source

_YEAR, _LATELY = 365, 340  # days
_STEPS: Final = ("steps",)
_ROADS: Final = ("residential", "tertiary", "secondary", "unclassified")
# Name, area or place it is near, kinds of street, days ago seen, walk, answers.
_Slope = tuple[str, tuple[str, str], tuple[str, ...], int, str, dict[str, Any]]
SLOPES: Final[tuple[_Slope, ...]] = (
    ("緑ヶ丘一丁目の大階段", ("area", "緑ヶ丘一丁目"), _STEPS, 760, "hill",
     {"kind": "stairs", "step_count": 84, "height_cm": 1430, "handrail": "one_side", "surface": "block",
         "condition": "worn",
      "hindered": ["cane", "walker", "wheelchair", "scooter"], "detour": "yes", "manager": "municipality",
          "state": "told",
      "photos": [Shot("steps", "大階段。手すりは片側"), Shot("steps", "欠けた段", worn=True)]}),
    ("緑ヶ丘二丁目の階段", ("area", "緑ヶ丘二丁目"), _STEPS, 760, "hill",
     {"kind": "stairs", "step_count": 61, "height_cm": 1040, "handrail": "none", "hindered": ["cane", "walker"],
         "detour": "no", "state": "found"}),
    ("緑ヶ丘三丁目の階段", ("area", "緑ヶ丘三丁目"), _STEPS, 1125, "",
     {"kind": "stairs", "step_count": 72, "height_cm": 1220, "handrail": "both_sides", "hindered": ["wheelchair"],
         "state": "left"}),
    ("緑ヶ丘下の上り坂", ("bus_stop", "デマンド緑ヶ丘下"), _ROADS, 760, "hill",
     {"kind": "slope", "grade_percent": 9.5, "height_cm": 620, "handrail": "none", "surface": "paved",
         "width_m": 4.5,
      "hindered": ["cane", "walker", "wheelchair", "scooter"], "detour": "no", "state": "planned",
          "idea": "途中に休むベンチを一台おく。",
      "photos": [Shot("slope", "緑ヶ丘下の坂。勾配は9.5％")]}),
    ("奥谷へ上る坂", ("bus_stop", "デマンド奥谷"), _ROADS, 610, "",
     {"kind": "slope", "grade_percent": 7, "surface": "paved", "handrail": "none", "hindered": ["walker", "scooter"],
         "state": "found"}),
    ("寺町の石だたみ", ("park", "寺町公園"), _ROADS, 995, "centre",
     {"kind": "rough", "surface": "block", "handrail": "none", "condition": "worn", "hindered": ["walker",
         "wheelchair", "stroller"], "state": "told",
      "photos": [Shot("slope", "浮いた石だたみ", worn=True)]}),
    ("仲町の狭い道", ("park", "仲町公園"), ("residential",), 995, "centre",
     {"kind": "narrow", "width_m": 0.75, "handrail": "none", "hindered": ["wheelchair", "scooter"], "detour": "yes",
         "state": "found",
      "note": "電柱の横は75cmしかなく、電動シニアカーは通れない。"}),
    ("汐見橋の取りつけ坂", ("bus_stop", "汐見橋西"), ("secondary",), 470, "river",
     {"kind": "slope", "grade_percent": 4.5, "height_cm": 280, "handrail": "both_sides", "surface": "paved",
         "manager": "prefecture", "state": "found"}),
    ("東山の坂", ("bus_stop", "デマンド東山"), _ROADS, 1110, "",
     {"kind": "slope", "grade_percent": 6, "handrail": "none", "hindered": ["walker"], "state": "found"}),
)  # fmt: skip

# Kind, delivery, scooter, entrance step, rest seat, toilet, days ago, whether told by the shop.
_Shop = tuple[str, str, str, str, str, str, int, bool]
SHOPS: Final[dict[str, _Shop]] = {
    "スーパーしおみ バイパス店": ("supermarket", "paid", "inside", "none", "yes", "yes", 160, True),
    "フレッシュ新町": ("supermarket", "some", "outside", "none", "yes", "yes", 200, True),
    "まちかどストア駅前店": (
        "convenience",
        "none",
        "outside",
        "under_2cm",
        "no",
        "yes",
        230,
        False,
    ),
    "まちかどストア東通店": ("convenience", "none", "outside", "none", "yes", "yes", 320, False),
    "八百屋ひなた": ("fresh_food", "free", "no", "from_2cm", "yes", "no", 230, False),
    "よろずや奥谷": ("general", "free", "outside", "from_2cm", "yes", "no", 610, True),
    "こむぎ堂": ("other", "none", "no", "from_2cm", "no", "no", 500, False),
    "しおみ薬店": ("drugstore", "some", "outside", "none", "yes", "unknown", 330, False),
    "緑ヶ丘ストアー": ("general", "free", "no", "from_2cm", "no", "no", 760, False),
    "魚しげ": ("fresh_food", "free", "no", "under_2cm", "no", "no", 995, False),
}


def write_slopes(diary: Diary, ground: Ground) -> None:
    """Write slopes as lines along real streets (坂を書く)."""
    for name, (kind, near), kinds, ago, walk, answers in SLOPES:
        at = _middle(ground.areas[near]) if kind == "area" else ground.named(kind, near).at
        street = ground.near_street(at, kinds)
        told = {"name": name, "length_m": round(street.metres, 1), **answers}
        diary.write("slope", make_id("slope", name), Entry(
            ago=ago, answers=told, place=street.line, walk=walk,
        ))  # fmt: skip
    diary.write("slope", make_id("slope", SLOPES[0][0]), Entry(
        ago=130, kind="correct", by=COUNCIL, source="told", answers={"state": "planned", "handrail": "both_sides"},
        note="道路の課が来年度に手すりをたすと聞いた。",
    ))  # fmt: skip


def _middle(area: shapely.Geometry) -> shapely.Point:
    return area.representative_point()


def write_shops(diary: Diary, ground: Ground) -> None:
    """Write the shops, one of them closed, and a stop of the mobile shop (買い物先を書く)."""
    walks = {995: "centre", 760: "hill", 230: "benches"}
    for shop in ground.of_kind("shop"):
        kind, delivery, scooter, step, seat, toilet, ago, told = SHOPS.get(
            shop.name, ("other", "unknown", "unknown", "unknown", "unknown", "unknown", 400, False)
        )
        answers = {"name": shop.name, "kind": kind, "delivery": delivery, "scooter": scooter,
                   "entrance_step": step, "rest_seat": seat, "toilet": toilet}  # fmt: skip
        source: Source = "told" if told else "surveyed"
        walk = walks.get(ago, "")
        seen_before = ago < _LATELY
        diary.write("shop", shop.id, Entry(
            ago=ago + _YEAR if seen_before else ago, by=COORDINATOR if walk else WELFARE,
            answers=answers, place=shop.at, source=source, walk="" if seen_before else walk,
        ))  # fmt: skip
        if seen_before:
            diary.write("shop", shop.id, Entry(
                ago=ago, kind="confirm", by=WELFARE, source=source, walk=walk, note="変わりなし",
            ))  # fmt: skip
    closed = ground.named("shop", "緑ヶ丘ストアー")
    diary.write("shop", closed.id, Entry(
        ago=290, kind="retire", by=WELFARE, status="closed", reason="店じまい", source="told",
        note="夏に店を閉じた。丘の上に歩いて行ける店がなくなった。",
    ))  # fmt: skip
    _write_mobile(diary, ground)


def _write_mobile(diary: Diary, ground: Ground) -> None:
    park = ground.named("park", "緑ヶ丘西公園")
    site_id = make_id("shop", "移動販売")
    diary.write("shop", site_id, Entry(
        ago=255, by=COUNCIL, source="told", place=beside(park.at, 26, -14),
        answers={"name": "移動販売 しおみ号（緑ヶ丘西公園前）", "kind": "mobile", "product": ["fresh", "prepared",
            "daily"],
                 "mobile_schedule": parse_schedule("毎週木曜 10:15～10:45"), "entrance_step": "none",
                     "scooter": "outside",
                 "delivery": "some", "delivery_note": "玄関先まで持って行く。無料", "rest_seat": "no",
                     "toilet": "no"},
    ))  # fmt: skip
    diary.write("shop", site_id, Entry(
        ago=74, kind="correct", by=COUNCIL, source="told", note="来る時刻が変わった。",
        answers={"mobile_schedule": parse_schedule("毎週木曜 10:40～11:10")},
    ))  # fmt: skip
