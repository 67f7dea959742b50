"""ベンチ (bench).

StreetComplete asks of a bench again after 6 years, for whether it stands; armrests, wear and shade
change sooner, and a bench counts only while it can be sat on: asked again after 24 months.
"""

from geo.base.words import Words
from surveys.declaration.common_fields import (
    ADDRESS,
    BENCH_QUESTIONS,
    FINDINGS,
    MANAGERS,
    NAME,
    PHOTOS,
    choose,
    number,
    options,
    text,
)
from surveys.declaration.field import yes_no
from surveys.declaration.record_type import NO_RULE, NOT_REPORTED, Marker, RecordType

SETTINGS = options(
    ("footway", "歩道", "footway", "歩道上", "道路"),
    ("bus_stop", "停留所", "bus stop", "バス停"),
    ("shop_front", "店先", "shop front", "店舗前"),
    ("public_building", "公共施設", "public building", "公民館", "市役所"),
    ("temple", "寺社", "temple or shrine", "神社", "寺"),
    ("riverside", "川・海べ", "waterside", "河川", "海岸", "堤防"),
    ("square", "広場・緑地", "square or green", "広場", "緑地", "ポケットパーク"),
    ("housing", "団地", "housing estate", "集合住宅"),
    ("other", "その他", "other"),
)

FIELDS = (
    NAME,
    *BENCH_QUESTIONS,
    FINDINGS,
    PHOTOS,
    number("count", "台数", "Benches here", "台", (1, 50), aliases=("ベンチ数", "基数", "ベンチ"),
        help=Words("同じ場所に同じ形のベンチがいくつあるかを書きます。", "How many of one kind stand here.")),
    choose("setting", "どんな所か", "Setting", SETTINGS, filtered=True, aliases=("種別",)),
    text("spot", "目じるし", "Landmark", aliases=("説明", "設置位置"), help=Words("「郵便局の前」のように書きます。", "As in: before the post office.")),
    ADDRESS,
    choose("manager", "管理する所", "Kept by", MANAGERS, aliases=("管理者", "設置者")),
    yes_no("wheelchair_space", "横の空き", "Space beside", help=Words("横に車いすや歩行器をおけるかを見ます。", "Room for a wheelchair or walker beside it.")),
    yes_no("night_light", "夜の明かり", "Light at night", aliases=("照明", "街灯")),
)  # fmt: skip

TYPE = RecordType(
    id="bench",
    words=Words("ベンチ", "bench"),
    sheet=Words("ベンチ調べ", "bench sheet"),
    marker=Marker(
        colour="#5B3A26",
        shape="M10 6.5h12a9.5 9.5 0 0 1 0 19H10a9.5 9.5 0 0 1 0-19z",
        glyph="M8 11.2h16v2.4H8zM7 15.6h18v2.6H7zM9.3 18.2h2.2v4.3H9.3zM20.5 18.2h2.2v4.3h-2.2z",
        size=26,
    ),
    walking_m=150,
    walking_source=Words(
        "休憩施設の間隔100〜200m（浜松市・世田谷区の指針）",
        "rests every 100–200 m (guidelines of Hamamatsu and Setagaya)",
    ),
    order=30,
    fresh_months=24,
    fields=FIELDS,
    apart=(
        NOT_REPORTED,
        NO_RULE,
    ),
)
