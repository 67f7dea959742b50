"""買い物先 (shop).

Shops open and close through the year and mobile shops change their rounds by the season: asked again
after 12 months.
"""

from geo.base.words import Words
from surveys.declaration.common_fields import (
    ADDRESS,
    CLOSE_AT,
    ENTRANCE_STEP,
    FINDINGS,
    HANDRAILS,
    HOURS_NOTE,
    KANA,
    LINK,
    NAME,
    OFFICE_PHONE,
    OPEN_AT,
    OPEN_DAYS,
    PHOTOS,
    also,
    choose,
    choose_any,
    number,
    options,
    text,
)
from surveys.declaration.field import Field, yes_no
from surveys.declaration.record_type import NO_RULE, Marker, RecordType

KINDS = options(
    ("supermarket", "スーパー", "supermarket", "食料品スーパー", "スーパーマーケット"),
    ("convenience", "コンビニ", "convenience store", "コンビニエンスストア"),
    ("drugstore", "ドラッグストア", "drugstore", "薬局"),
    ("fresh_food", "肉・魚・青果の店", "fresh food shop", "八百屋", "魚屋", "肉屋", "青果"),
    ("general", "商店", "general shop", "個人商店", "よろず屋", "酒店"),
    ("direct_sale", "直売所", "farm stand", "朝市", "産直"),
    ("home_centre", "ホームセンター", "home centre"),
    ("mobile", "移動販売", "mobile shop", "移動スーパー", "移動販売車"),
    ("eatery", "食堂・喫茶", "eatery", "飲食店", "喫茶店"),
    ("bank", "銀行・郵便局", "bank or post office", "郵便局", "銀行"),
    ("barber", "理美容", "hairdresser", "美容院", "床屋"),
    ("other", "その他", "other"),
)
GOODS = options(
    ("fresh", "生鮮食品", "fresh food", "野菜", "肉", "魚"),
    ("prepared", "弁当・そうざい", "ready meals", "弁当", "惣菜"),
    ("staple", "米・飲み物", "rice and drinks", "米", "重い物"),
    ("daily", "日用品", "daily goods", "雑貨"),
    ("medicine", "薬", "medicine", "医薬品"),
    ("care", "介護用品", "care goods", "おむつ"),
    ("clothes", "衣類", "clothes", "衣料"),
    ("other", "その他", "other"),
)

FIELDS = (
    also(NAME, "店名", "店舗名", "事業所名"),
    choose("kind", "店の種類", "Kind", KINDS, first=True, filtered=True, aliases=("業種", "種別", "区分")),
    ENTRANCE_STEP,
    choose("scooter", "電動シニアカー", "Mobility scooter", options(
        ("inside", "乗り入れ可", "may enter", "店に入れる", "可", "○", "あり"),
        ("outside", "外にとめる", "parks outside", "△"),
        ("no", "来られない", "cannot come", "不可", "×", "なし"),
    ), first=True, filtered=True, aliases=("シニアカー", "シニアカー乗り入れ"),
        help=Words("入口の幅と通路を見ます。店の人に聞いてもかまいません。", "Look at door and aisles, or ask.")),
    choose("delivery", "配達", "Delivery", options(
        ("free", "あり（無料）", "yes, free", "無料"),
        ("paid", "あり（有料）", "yes, paid", "有料"),
        ("some", "あり（条件つき）", "yes, on terms", "あり", "有", "○", "可"),
        ("none", "なし", "none", "無", "×", "不可"),
    ), first=True, filtered=True, aliases=("宅配", "配達の有無")),
    yes_no("rest_seat", "休める席", "Rest seat", first=True, aliases=("休憩席", "イートイン", "ベンチ")),
    yes_no("toilet", "トイレ", "Toilet", first=True, aliases=("使えるトイレ", "トイレの有無"),
        help=Words("客が借りられるトイレがあるかを見ます。", "Whether customers may use one.")),
    FINDINGS,
    PHOTOS,
    KANA,
    ADDRESS,
    choose_any("product", "売っている物", "Goods", GOODS, filtered=True, aliases=("取扱品目", "品目")),
    Field(id="mobile_schedule", words=Words("移動販売の日時", "Mobile shop times"), kind="schedule", aliases=("巡回日時", "販売日時"),
        help=Words("ここに来る曜日と時刻を書きます。", "The days and times it comes here.")),
    OPEN_DAYS,
    text("closed_day", "休みの日", "Closed days", aliases=("定休日", "休業日")),
    OPEN_AT,
    CLOSE_AT,
    HOURS_NOTE,
    number("step_count", "入口の段数", "Steps to the door", "段", (0, 50), help=Words("平らなら0と書きます。", "0 where level.")),
    choose("handrail", "手すり", "Handrail", HANDRAILS),
    choose("parking", "駐車場", "Parking", options(
        ("yes", "あり", "yes", "有", "○"), ("wheelchair", "あり（車いす用も）", "yes, wheelchair too", "車いす用あり"), ("none", "なし", "none", "無", "×"),
    ), aliases=("駐車場情報", "駐車場の有無")),
    yes_no("shuttle", "買い物の送迎", "Shuttle", aliases=("送迎", "送迎バス")),
    Field(id="area", words=Words("利用できる地区", "Areas served"), kind="areas", filtered=True, aliases=("届ける地区", "対応エリア", "配達エリア", "対応地域")),
    text("delivery_note", "配達の条件", "Delivery terms", aliases=("配達条件",), help=Words("金額や時間の決まりを書きます。", "Amounts and times.")),
    also(OFFICE_PHONE, "店の電話"),
    LINK,
)  # fmt: skip

TYPE = RecordType(
    id="shop",
    words=Words("買い物先", "shop"),
    sheet=Words("買い物先シート", "shop sheet"),
    marker=Marker(
        colour="#A83279",
        shape="M6.5 10.5H11V8.5a5 5 0 0 1 10 0v2h4.5L28 29H4z",
        glyph="M13.2 10.5V8.5a2.8 2.8 0 0 1 5.6 0v2z",
        strokes="M11.2 16a4.8 4.8 0 0 0 9.6 0",
        stroke_width=2.4,
    ),
    walking_m=500,
    walking_source=Words("食料品アクセスの直線500m（農林水産省）", "500 m straight to food (MAFF)"),
    order=70,
    fresh_months=12,
    fields=FIELDS,
    apart=(NO_RULE,),
)
