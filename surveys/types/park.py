"""公園 (park).

Benches and toilets wear within a year of weather and use, and the yearly check of play equipment
is a natural round: asked again after 12 months.
"""

from geo.base.words import Words
from surveys.declaration.common_fields import (
    ADDRESS,
    BENCH_QUESTIONS,
    CLOSE_AT,
    ENTRANCE_STEP,
    FINDINGS,
    GRADE,
    GRADE_HELP,
    HOURS_NOTE,
    KANA,
    LINK,
    NAME,
    OFFICE_PHONE,
    OPEN_AT,
    PHOTOS,
    SLOPE_QUESTIONS,
    SURFACES,
    THING,
    TOILET_QUESTIONS,
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

# The codes of 国土数値情報 P13 (都市公園), which lists bring instead of words.
KINDS = options(
    ("neighbourhood_block", "街区公園", "block park", "1", "児童公園"),
    ("neighbourhood", "近隣公園", "neighbourhood park", "2"),
    ("district", "地区公園", "district park", "3", "カントリーパーク"),
    ("comprehensive", "総合公園", "comprehensive park", "4"),
    ("sports", "運動公園", "sports park", "5"),
    ("wide_area", "広域公園", "wide-area park", "6"),
    ("recreation_city", "レクリエーション都市", "recreation city", "7"),
    ("national", "国営公園", "national government park", "8"),
    ("special", "特殊公園", "special park", "9", "風致公園", "動植物公園", "歴史公園", "墓園"),
    ("buffer_green", "緩衝緑地", "buffer green", "10"),
    ("urban_green", "都市緑地", "urban green", "11", "緑地"),
    ("greenway", "緑道", "greenway", "12"),
    ("urban_forest", "都市林", "urban forest", "13"),
    ("plaza", "広場公園", "plaza park", "14", "広場"),
    ("rural", "農村公園", "rural park"),
    ("other", "その他", "other"),
)
EQUIPMENT_KINDS = options(
    ("stretch", "背のばし", "back stretch", "背伸ばし", "背伸ばしベンチ"),
    ("hang", "ぶら下がり", "hanging bar", "ぶら下がり遊具"),
    ("step_platform", "ふみ台", "step platform", "踏み台", "ステップ"),
    ("balance", "平均台", "balance beam"),
    ("foot_massage", "足つぼ", "foot massage path", "足つぼ歩道"),
    ("sit_up", "腹筋台", "sit-up bench", "腹筋ベンチ"),
    ("twist", "腰ひねり", "twister", "ツイスト"),
    ("pedal", "ペダルこぎ", "pedals", "ペダル"),
    ("arm_turn", "腕まわし", "arm wheel", "腕回し"),
    ("other", "その他", "other", "健康遊具"),
)
BENCH = Item(
    words=Words("ベンチ", "bench"), counter=Words("台", "benches"), marker="bench",
    fields=(*BENCH_QUESTIONS, *THING),
)  # fmt: skip
TOILET = Item(
    words=Words("トイレ", "toilet"), counter=Words("か所", "toilets"), marker="toilet",
    fields=(
        *TOILET_QUESTIONS,
        number("western_count", "洋式の数", "Western toilets", "基", (0, 50)),
        number("japanese_count", "和式の数", "Squat toilets", "基", (0, 50)),
        OPEN_AT, CLOSE_AT, HOURS_NOTE, condition(), *THING,
    ),
)  # fmt: skip
SLOPE = Item(
    words=Words("坂・段差・階段", "slope, step or stairs"), counter=Words("か所", "places"), marker="slope",
    fields=(*SLOPE_QUESTIONS, condition(), *THING),
)  # fmt: skip
EQUIPMENT = Item(
    words=Words("健康遊具", "exercise equipment"), counter=Words("基", "pieces"), marker="park",
    fields=(
        choose("kind", "種類", "Kind", EQUIPMENT_KINDS, first=True),
        number("count", "数", "Number", "基", (1, 50), first=True),
        yes_no("board", "使い方の案内", "Instructions"),
        condition(first=True), *THING,
    ),
)  # fmt: skip
ENTRANCE = Item(
    words=Words("出入口", "entrance"), counter=Words("か所", "entrances"), marker="park",
    fields=(
        number("width_cm", "通れる幅", "Clear width", "cm", (20, 3000), first=True, aliases=("有効幅員",),
            help=Words("車止めをのぞいて、いちばんせまい所をはかります。", "At the narrowest, leaving bollards aside.")),
        number("bollard_gap_cm", "車止めの間", "Bollard gap", "cm", (10, 1000), aliases=("車止め間隔",),
            help=Words("車止めと車止めの間のうち、いちばん広い所をはかります。車止めがなければ空けておきます。",
                "The widest gap between bollards; leave empty where there are none.")),
        number("step_cm", "段差の高さ", "Step", "cm", (0, 100), decimals=1, first=True, aliases=("段差cm",),
            help=Words("平らなら0と書きます。歩道と公園の境の縁石もはかります。",
                "Write 0 where level; measure the kerb between footway and park too.")),
        GRADE,
        yes_no("braille_block", "点字ブロック", "Braille blocks"),
        condition(), *THING,
    ),
)  # fmt: skip

FIELDS = (
    also(NAME, "公園名", "公園名称", "P13_003"),
    choose("toilet", "トイレ", "Toilet", options(
        ("usable", "使える", "usable", "使用可"),
        ("hard", "使いにくい", "hard to use", "△"),
        ("there", "ある（見ていない）", "there, not looked at", "ある", "あり", "有", "有り", "○", "1"),
        ("none", "ない", "none", "なし", "無", "×", "0"),
    ), first=True, filtered=True, aliases=("便所", "トイレ有無", "トイレの有無"),
        help=Words("見て使えたら「使える」、段差・和式だけ・よごれ・かぎなどで使いにくければ「使いにくい」を選びます。一覧に「有」とあるだけなら「ある（見ていない）」です。",
            "Usable where somebody looked; hard to use for steps, squat toilets only, dirt or a lock; there where a list only says so.")),
    ENTRANCE_STEP,
    items("benches", "ベンチ", "Benches", BENCH, first=True, aliases=("ベンチ数", "ベンチ基数", "ベンチの数")),
    yes_no("shelter", "四阿・日よけ", "Shelter", first=True, filtered=True,
        aliases=("四阿", "四阿・シェルター", "四阿(シェルター)", "あずまや", "東屋", "休憩施設")),
    yes_no("water", "水飲み", "Drinking water", first=True, aliases=("水飲み場", "水飲場")),
    FINDINGS,
    yes_no("bench", "ベンチの有無", "Any bench", help=Words(
        "数えられないときだけ答えます。数えたら、ベンチに1台ずつ書きます。",
        "Only where they were not counted; counted benches are written one by one.")),
    PHOTOS,
    KANA,
    choose("park_kind", "公園の種別", "Park kind", KINDS, filtered=True, aliases=("種別", "公園種別", "P13_004")),
    ADDRESS,
    number("area_m2", "面積", "Area", "㎡", (1, 100_000_000), decimals=2, filtered=True,
        aliases=("面積（㎡）", "公園面積", "供用済面積", "P13_008", "広さ（㎡）")),
    text("extent", "広さ", "Extent", aliases=("広さのようす",),
        help=Words("「テニスコート2面分」のように、面積でなくても書けます。", "Need not be an area: two tennis courts.")),
    text("around", "周辺状況", "Surroundings", aliases=("周辺の状況", "まわりのようす", "周囲の状況", "周辺環境"),
        help=Words("店や病院、坂や車の多い道など、まわりのようすを書きます。", "Shops, clinics, slopes or busy roads around it.")),
    text("good", "良いところ", "What is good", help=Words("ここならではのことを書きます。", "What is special here.")),
    Field(id="opened", words=Words("できた年月", "Opened"), kind="month", filtered=True, aliases=("供用開始年", "供用年", "開設年", "P13_007")),
    text("association", "自治会・愛護会", "Association", aliases=("愛護会", "公園愛護会", "管理団体"),
        help=Words("手入れをしている団体の名前を書きます。人の名前は書きません。", "The group that tends it; no persons.")),
    items("toilets", "トイレ（くわしく）", "Toilets in detail", TOILET),
    items("slopes", "坂・段差・階段", "Slopes, steps, stairs", SLOPE),
    items("equipment", "健康遊具", "Exercise equipment", EQUIPMENT),
    items("entrances", "出入口", "Entrances", ENTRANCE),
    choose("path_surface", "園路の路面", "Path surface", SURFACES, aliases=("路面",),
        help=Words("いちばん長く歩く道の路面を選びます。", "Of the path walked longest.")),
    number("path_width_cm", "園路の幅", "Path width", "cm", (20, 3000), aliases=("園路幅員",),
        help=Words("いちばんせまい所をはかります。", "At the narrowest.")),
    number("path_grade_percent", "園路の急な勾配", "Steepest path", "%", (0, 60), decimals=1, aliases=("最急勾配",), help=GRADE_HELP),
    number("height_m", "高低差", "Height difference", "m", (0, 300), decimals=1,
        help=Words("いちばん使う入口から、休む所までの高さの差です。", "From the entrance most used to the place to rest.")),
    yes_no("light", "照明", "Night light", aliases=("街灯", "外灯", "園内灯")),
    yes_no("aed", "AED", "AED"),
    choose("parking", "駐車場", "Parking", options(
        ("free", "あり（無料）", "yes, free", "無料", "無料駐車場あり", "無料駐車場", "４～５台の無料駐車スペースあり"),
        ("paid", "あり（有料）", "yes, paid", "有料", "有料駐車場あり", "有料駐車場"),
        ("none", "なし", "none", "無", "×"),
    ), aliases=("駐車場詳細", "駐車場の有無")),
    number("parking_count", "駐車できる台数", "Parking spaces", "台", (0, 10_000), aliases=("駐車台数",)),
    yes_no("parking_wheelchair", "車いす用駐車場", "Wheelchair parking", aliases=("身障者用駐車場",)),
    yes_no("notice_board", "掲示板", "Notice board"),
    number("to_bus_stop_m", "停留所まで", "To bus stop", "m", (0, 10_000), aliases=("最寄バス停",),
        help=Words("いちばん近い停留所までの道のりです。", "The way on foot to the nearest stop.")),
    choose("weather", "見た日の天気", "Weather", options(
        ("fine", "晴れ", "fine", "晴"), ("cloudy", "くもり", "cloudy", "曇り", "曇"),
        ("rain", "雨", "rain"), ("snow", "雪", "snow"),
    ), aliases=("天候", "天気"), help=Words("人の数は天気でかわるので、いっしょに書きます。", "It changes how many people come.")),
    number("user_morning", "朝の利用", "Morning users", "人", (0, 2000), help=Words("10時より前に見た人数です。", "People seen before ten.")),
    number("user_midday", "昼の利用", "Midday users", "人", (0, 2000), help=Words("10時から15時に見た人数です。", "People seen from ten to three.")),
    number("user_evening", "夕方の利用", "Evening users", "人", (0, 2000), help=Words("15時より後に見た人数です。", "People seen after three.")),
    yes_no("exercise", "体操の集まり", "Exercise meetings", filtered=True, aliases=("体操等の定期利用", "定期利用"),
        help=Words("ラジオ体操やグラウンドゴルフなど、決まった日の集まりがあるかを書きます。",
            "Whether people meet on set days, as for radio exercises.")),
    Field(id="exercise_schedule", words=Words("体操の日時", "Exercise times"), kind="schedule"),
    choose("safety", "安全点検", "Safety check", options(
        ("a", "A 健全", "A sound", "A", "健全"),
        ("b", "B 軽いいたみ", "B slight wear", "B"),
        ("c", "C いたみが進む", "C growing wear", "C"),
        ("d", "D 危険", "D dangerous", "D"),
    ), aliases=("安全点検の結果", "健全度", "判定"),
        help=Words("管理者の点検の結果を書き写します。点検していなければ空けておきます。",
            "Copy the keeper's result; leave empty where there is none.")),
    text("facility_text", "施設（元の文）", "Facilities as listed", aliases=("施設（原文）", "施設等", "施設", "building"),
        help=Words("市の一覧に書いてあるままを残します。", "As the town's list has it.")),
    text("play_text", "遊具（元の文）", "Play equipment as listed", aliases=("遊具（原文）", "設置遊具", "遊具")),
    text("toilet_text", "トイレ（元の文）", "Toilets as listed", aliases=("トイレ（原文）", "トイレ詳細")),
    text("about", "紹介文", "Introduction", aliases=("公園紹介文", "紹介", "説明", "概要")),
    OFFICE_PHONE,
    LINK,
)  # fmt: skip

TYPE = RecordType(
    id="park",
    words=Words("公園", "park"),
    sheet=Words("公園カルテ", "park sheet"),
    marker=Marker(
        colour="#2B7A4B",
        shape="M8.5 3.5h15a5 5 0 0 1 5 5v15a5 5 0 0 1-5 5h-15a5 5 0 0 1-5-5v-15a5 5 0 0 1 5-5z",
        glyph="M16 6.5a4.7 4.7 0 0 1 4.6 3.8 3.9 3.9 0 0 1-.5 7.7h-2.8V25.5h-2.6V18h-2.8a3.9 3.9 0 0 1-.5-7.7A4.7 4.7 0 0 1 16 6.5z",
    ),
    walking_m=250,
    walking_source=Words(
        "街区公園の誘致距離として使われてきた直線250m",
        "250 m straight, long used for neighbourhood parks",
    ),
    order=20,
    fresh_months=12,
    shapes=("point", "area"),
    fields=FIELDS,
    apart=(NOT_REPORTED,),
)
