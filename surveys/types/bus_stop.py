"""停留所・乗降場所 (bus stop or boarding place).

Timetables and demand services are revised once a year, mostly in April or October: asked again
after 12 months.
"""

from geo.base.words import Words
from surveys.declaration.common_fields import (
    ADDRESS,
    FINDINGS,
    KANA,
    LINK,
    NAME,
    NEEDED,
    OFFICE_PHONE,
    PHOTOS,
    THING,
    WHEELCHAIR_CHOICES,
    also,
    choose,
    condition,
    items,
    number,
    options,
    text,
)
from surveys.declaration.field import Field, Item, yes_no
from surveys.declaration.record_type import NOT_REPORTED, Marker, RecordType

SERVICES = options(
    ("route", "路線バス", "route bus", "路線", "バス", "停留所"),
    ("community", "コミュニティバス", "community bus", "コミバス", "自主運行バス", "コミュニティ"),
    (
        "demand",
        "デマンド",
        "on demand",
        "デマンドタクシー",
        "乗合タクシー",
        "予約式乗合タクシー",
        "乗降場所",
    ),
    ("designated", "指定施設", "designated place", "目的施設"),
    ("volunteer", "住民の送迎", "lifts by residents", "ボランティア輸送", "福祉有償運送"),
    ("other", "その他", "other"),
)
LINE = Item(
    words=Words("路線", "line"), counter=Words("路線", "lines"), marker="bus_stop",
    fields=(
        text("line", "路線名", "Line", first=True, aliases=("サービス名", "系統", "route_long_name", "route_short_name")),
        text("direction", "行き先", "Direction", first=True, aliases=("方面", "A_方面", "B_方面", "方面_1", "方面_2", "行先", "trip_headsign")),
        choose("day", "運行する日", "Days", options(
            ("every_day", "毎日", "every day"), ("weekday", "平日だけ", "weekdays only", "平日", "平日のみ"),
            ("weekday_saturday", "平日と土曜", "weekdays and Saturdays", "月火水木金土"),
            ("some", "決まった曜日", "some days", "曜日による"),
        ), first=True, aliases=("運行曜日", "運行日")),
        number("weekday_count", "平日の本数", "Weekday trips", "本", (0, 500), first=True, filtered=True, aliases=("本数", "平日"),
            help=Words("この行き先へ1日に出る数です。走らない日は0です。", "Trips a day in this direction; 0 where none runs.")),
        number("saturday_count", "土曜の本数", "Saturday trips", "本", (0, 500), aliases=("土曜",)),
        number("holiday_count", "日祝の本数", "Sunday and holiday trips", "本", (0, 500), aliases=("日祝", "休日", "日曜", "Holiday trips")),
        Field(id="schedule", words=Words("時間帯", "Times"), kind="schedule",
            help=Words("予約の便で「8:10～8:20」のように幅があるときに書きます。", "For booked trips with a window, as 8:10–8:20.")),
        Field(id="first_time", words=Words("始発", "First"), kind="time"),
        Field(id="last_time", words=Words("最終", "Last"), kind="time", aliases=("終発",)),
        choose("wheelchair", "車いすで乗る", "Wheelchair", WHEELCHAIR_CHOICES,
            aliases=("車椅子乗降", "A_車椅子乗降", "B_車椅子乗降", "車いす乗降")),
        text("deadline", "予約の締切", "Book until", aliases=("予約締め切り時間",)),
        THING[1],
    ),
)  # fmt: skip

FIELDS = (
    also(NAME, "バス停留所", "停留所名", "バス停名", "stop_name", "乗降場所名"),
    choose("service", "乗り物の種類", "Service", SERVICES, first=True, filtered=True, aliases=("種別", "バス区分")),
    number("bench_count", "ベンチの数", "Benches", "台", (0, 30), first=True, aliases=("ベンチ", "ベンチ数"),
        help=Words("ないときは0と書きます。", "Write 0 where there is none.")),
    yes_no("roof", "屋根", "Roof", first=True, filtered=True, aliases=("上屋", "shelter")),
    choose("wheelchair", "車いすで乗る", "Wheelchair boarding", WHEELCHAIR_CHOICES, first=True, filtered=True,
        aliases=("車いす乗降可", "wheelchair_boarding"),
        help=Words("歩道の幅と段差を見て、車いすで乗りおりできるかを選びます。", "Judge by the width and kerb of the footway.")),
    choose("slope_near", "前後の坂", "Slope nearby", options(
        ("flat", "平ら", "flat", "平坦", "なし"), ("gentle", "ゆるい坂", "gentle", "ゆるい"),
        ("steep", "急な坂", "steep", "急"), ("stairs", "階段", "stairs"),
    ), first=True, aliases=("周辺の高低差",), help=Words("前後50mほどの道を見ます。", "Of the road some 50 m either way.")),
    items("lines", "路線", "Lines", LINE, first=True),
    FINDINGS,
    PHOTOS,
    also(KANA, "stop_name_kana"),
    ADDRESS,
    text("code", "標柱の番号", "Stop code", aliases=("停留所番号", "標柱番号", "stop_code", "platform_code")),
    text("operator", "運行会社", "Operator", aliases=("運行事業者", "事業者", "バス会社", "agency_name")),
    choose("booking", "予約", "Booking", NEEDED, filtered=True, aliases=("予約要否", "要予約")),
    text("deadline", "予約の締切", "Book until", aliases=("予約締め切り時間", "予約締切", "締切"),
        help=Words("「前日17:00」のように書きます。", "As in: 17:00 of the day before.")),
    also(OFFICE_PHONE, "電話番号（予約）", "予約電話", "agency_phone"),
    choose("bench_back", "ベンチの背もたれ", "Bench backrest", options(
        ("all", "あり", "yes", "有", "○"), ("part", "一部だけ", "some", "一部"), ("none", "なし", "none", "無", "×"),
    )),
    condition(),
    yes_no("light", "照明", "Light", aliases=("街灯", "照明の有無")),
    yes_no("braille_block", "点字ブロック", "Braille blocks", aliases=("点字", "tactile_paving")),
    yes_no("footway", "歩道", "Footway", aliases=("歩道有無", "歩道の有無")),
    number("footway_width_cm", "歩道の幅", "Footway width", "cm", (20, 2000), aliases=("歩道幅員",),
        help=Words("標柱やベンチをのぞいて、通れる幅をはかります。", "Clear of the post and bench.")),
    number("kerb_cm", "縁石の高さ", "Kerb height", "cm", (0, 60), decimals=1, aliases=("段差cm", "段差", "kerb"),
        help=Words("バスの扉がつく所の、車道から歩道までの高さです。", "From carriageway to footway, where the door opens.")),
    yes_no("crossing", "近くの横断歩道", "Crossing nearby", aliases=("前後50mの横断歩道",),
        help=Words("前後50mの中にあるかを見ます。", "Within 50 m either way.")),
    text("waiting_place", "待つ場所", "Waiting place", aliases=("待ち環境所見",),
        help=Words("雨や夏の日に待てる店先などを書きます。", "Where to wait in rain or summer sun.")),
    text("about", "説明（元の文）", "Notes as listed", aliases=("説明（原文）", "stop_desc", "説明")),
    also(LINK, "stop_url"),
)  # fmt: skip

TYPE = RecordType(
    id="bus_stop",
    words=Words("停留所", "bus stop"),
    sheet=Words("バス停調査票", "bus stop sheet"),
    marker=Marker(
        colour="#0A7C8C",
        shape="M16 1.5a11 11 0 0 1 2.2 21.8V31h-4.4v-7.7A11 11 0 0 1 16 1.5z",
        glyph="M12.2 7.2h7.6a1.6 1.6 0 0 1 1.6 1.6v7.4h-1.2v1.6h-2v-1.6h-4.4v1.6h-2v-1.6h-1.2V8.8a1.6 1.6 0 0 1 1.6-1.6zM12.2 9v3.2h7.6V9z",
    ),
    walking_m=300,
    walking_source=Words(
        "バス停の徒歩圏300m（都市構造の評価に関するハンドブック、直線）",
        "300 m to a bus stop (MLIT handbook, straight line)",
    ),
    order=50,
    fresh_months=12,
    fields=FIELDS,
    apart=(NOT_REPORTED,),
)
