"""Questions several record types share, and short ways to write one (共通の項目)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, TypedDict, Unpack

from geo.base.words import Words
from surveys.declaration.field import Choice, Field, Item, yes_no


class Asked(TypedDict, total=False):
    """What may be said of any question besides its id, label and answers (項目のそのほか)."""

    help: Words
    own: bool
    first: bool
    filtered: bool
    carried: bool
    office: bool
    words_in: str
    unit_in: str
    among: tuple[str, ...]
    beside: tuple[tuple[str, str], ...]
    aliases: tuple[str, ...]


def options(*rows: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return choices from rows of id, Japanese, English and aliases (選択肢の一覧).

    Examples
    --------
    >>> options(("soil", "土", "soil", "土面"))[0].aliases
    ('土面',)
    """
    return tuple(Choice(id_, Words(ja, en), tuple(more)) for id_, ja, en, *more in rows)


def choose(id_: str, ja: str, en: str, of: tuple[Choice, ...], **more: Unpack[Asked]) -> Field:
    """Return a question answered by one choice (一つ選ぶ項目)."""
    return Field(id=id_, words=Words(ja, en), kind="choice", choices=of, **more)


def choose_any(id_: str, ja: str, en: str, of: tuple[Choice, ...], **more: Unpack[Asked]) -> Field:
    """Return a question answered by any number of choices (いくつでも選ぶ項目)."""
    return Field(id=id_, words=Words(ja, en), kind="choices", choices=of, **more)


def text(id_: str, ja: str, en: str, **more: Unpack[Asked]) -> Field:
    """Return a question answered in one line (一行で書く項目)."""
    return Field(id=id_, words=Words(ja, en), kind="text", **more)


def number(
    id_: str,
    ja: str,
    en: str,
    unit: str,
    bounds: tuple[float, float],
    decimals: int = 0,
    **more: Unpack[Asked],
) -> Field:
    """Return a question answered by a number within bounds, so that a slip is noticed (数の項目)."""
    low, high = bounds
    words = Words(ja, en)
    return Field(
        id=id_, words=words, kind="number", unit=unit, low=low, high=high, decimals=decimals, **more
    )


def items(id_: str, ja: str, en: str, item: Item, **more: Unpack[Asked]) -> Field:
    """Return a question answered by a list of things (くりかえす項目)."""
    return Field(id=id_, words=Words(ja, en), kind="items", item=item, **more)


def also(field: Field, *aliases: str) -> Field:
    """Return a shared question with further names of columns (列の名前をたす)."""
    return replace(field, aliases=field.aliases + aliases)


NAME: Final = Field(
    id="name",
    words=Words("名前", "Name"),
    kind="text",
    first=True,
    aliases=("名称", "施設名", "施設名称", "設置場所", "title"),
)
KANA: Final = text("kana", "よみがな", "Reading",
    aliases=("名称_カナ", "カナ", "ふりがな", "フリガナ", "name_kana", "fullNameInKana"),
)  # fmt: skip
ADDRESS: Final = text("address", "所在地", "Address",
    aliases=(
        "住所", "所在地_連結表記", "住所（番地まで）", "所在地（番地まで）", "所在地住所", "場所",
    ),
)  # fmt: skip
BUILDING: Final = text("building", "建物名", "Building",
    aliases=("建物名等(方書)", "方書", "katagaki"),
)  # fmt: skip
PHOTOS: Final = Field(
    id="photos",
    words=Words("写真", "Photos"),
    kind="photos",
    first=True,
    help=Words("人の顔や車の番号が写らないようにとります。", "Keep faces and number plates out."),
)
FINDINGS: Final = Field(
    id="note",
    words=Words("気づいたこと", "Findings"),
    kind="note",
    first=True,
    aliases=("備考", "所見", "メモ", "特記事項", "その他", "そのほか", "note", "description"),
    help=Words(
        "見たことを書きます。個人の名前や電話番号は書きません。",
        "Write what was seen; no names or telephone numbers of persons.",
    ),
)
CONDITION_CHOICES: Final = (
    Choice("good", Words("良い", "good"), ("良", "良好", "なし", "無", "異常なし")),
    Choice("worn", Words("いたみあり", "worn"), ("要補修", "要修繕", "ある", "あり", "損傷")),
    Choice("unusable", Words("使えない", "unusable"), ("使用不可", "使用禁止")),
)


def condition(*, first: bool = False) -> Field:
    """Return the question of a thing's state (いたみの項目)."""
    return Field(
        id="condition", words=Words("いたみ", "Condition"), kind="choice",
        choices=CONDITION_CHOICES, first=first, aliases=("状態", "劣化", "破損"),
    )  # fmt: skip


POINT: Final = Field(id="point", words=Words("場所", "Place"), kind="point")
# Every thing inside a site has its own place, photos and findings.
THING: Final = (replace(PHOTOS, first=False), replace(FINDINGS, first=False), POINT)

# The number of an office that it makes public itself; never a person's.
OFFICE_PHONE: Final = text("office_phone", "窓口の電話", "Office phone", carried=False,
    aliases=("電話番号", "電話", "連絡先", "代表電話", "telephoneNumber", "tel"),
    help=Words("公表している番号だけを書きます。個人の番号は書きません。",
        "Only a number made public; never a person's."),
)  # fmt: skip
LINK: Final = text("link", "ホームページ", "Website",
    aliases=("URL", "ホームページアドレス", "公園HPアドレス", "公式サイト", "referenceObject"),
)  # fmt: skip
OPEN_AT: Final = Field(
    id="open_at", words=Words("開く時刻", "Opens"), kind="time",
    aliases=("開始時間", "利用開始時間", "開館時間", "開店時間", "startTime"),
)  # fmt: skip
CLOSE_AT: Final = Field(
    id="close_at", words=Words("閉まる時刻", "Closes"), kind="time",
    aliases=("終了時間", "利用終了時間", "閉館時間", "閉店時間", "endTime"),
)  # fmt: skip
HOURS_NOTE: Final = text("hours_note", "時間の注意", "Hours, note",
    aliases=("利用可能日時特記事項", "利用可能時間特記事項", "営業時間", "利用時間", "availableDateNote"),
    help=Words("曜日や季節でちがうとき、その時間を書きます。", "Where the hours differ by day or season."),
)  # fmt: skip
OPEN_DAYS: Final = text("open_weekday", "開いている曜日", "Open days",
    aliases=("利用可能曜日", "営業日", "availableDate"),
    help=Words("「月火水木金」のように書きます。", "Write 月火水木金 for Monday to Friday."),
)  # fmt: skip

STEPS_AT_ENTRANCE: Final = options(
    ("none", "なし", "none", "無", "0", "0cm", "段差なし", "フラット"),
    ("under_2cm", "2cm未満", "under 2 cm", "2センチ未満"),
    ("from_2cm", "2cm以上", "2 cm or more", "2センチ以上"),
)
STEP_HELP: Final = Words(
    "いちばん通りやすい入口で、つま先が当たる高さを見ます。2cmは1円玉の直径です。",
    "At the easiest entrance; 2 cm is the width of a 1-yen coin.",
)
ENTRANCE_STEP: Final = choose("entrance_step", "入口の段差", "Entrance step", STEPS_AT_ENTRANCE,
    first=True, filtered=True, help=STEP_HELP, aliases=("段差",),
)  # fmt: skip
HANDRAILS: Final = options(
    ("none", "なし", "none", "無", "無し", "×", "no"),
    ("one_side", "片側", "one side", "片側のみ", "片方"),
    ("both_sides", "両側", "both sides", "両方"),
)
HANDRAIL: Final = choose("handrail", "手すり", "Handrail", HANDRAILS, first=True)
SURFACES: Final = options(
    ("paved", "舗装", "paved", "アスファルト", "コンクリート", "asphalt", "concrete"),
    (
        "block",
        "ブロック・タイル",
        "blocks or tiles",
        "インターロッキング",
        "タイル",
        "石だたみ",
        "paving_stones",
    ),
    ("dust", "ダスト", "stone dust", "ダスト舗装"),
    ("soil", "土", "soil", "土面", "ground"),
    ("gravel", "砂利", "gravel", "砕石"),
    ("grass", "草・芝生", "grass", "芝", "芝生", "草地"),
    ("other", "その他", "other", "そのほか"),
)  # fmt: skip
IS_SO: Final = options(
    ("yes", "はい", "yes", "あり", "有", "○", "〇", "1", "true"),
    ("no", "いいえ", "no", "なし", "無", "×", "✕", "0", "false"),
)
NEEDED: Final = options(
    ("yes", "必要", "needed", "要", "あり", "有", "○", "はい", "1"),
    ("no", "いらない", "not needed", "不要", "なし", "無", "×", "いいえ", "0"),
)
MANAGERS: Final = options(
    ("nation", "国", "nation", "国土交通省"),
    ("prefecture", "県", "prefecture", "都", "道", "府", "都道府県"),
    ("municipality", "市区町村", "municipality", "市", "区", "町", "村", "市町村"),
    ("private", "民間", "private", "個人", "企業", "私有"),
    ("association", "自治会・町内会", "neighbourhood association", "自治会", "町内会"),
    ("other", "その他", "other"),
)
# ○ △ ×, as towns write it in their lists of stops.
WHEELCHAIR_CHOICES: Final = options(
    ("yes", "できる", "possible", "○", "〇", "◯", "可", "1"),
    ("helped", "手助けでできる", "possible with help", "△", "一部可"),
    ("no", "できない", "not possible", "×", "✕", "不可", "2"),
)
GRADE_HELP: Final = Words(
    "スマートフォンの水準器を、路面に置いた板や本に当ててはかります。3度は約5％、5度は約9％です。",
    "Lay the phone's level on a board or book on the ground. 3 degrees are about 5 %, 5 about 9 %.",
)
GRADE: Final = number("grade_percent", "勾配", "Grade", "%", (0, 60), decimals=1,
    first=True, filtered=True, help=GRADE_HELP, aliases=("傾斜", "こう配", "縦断勾配", "incline"),
)  # fmt: skip

# What is asked of a bench on a street and of each bench of a park.
BENCH_QUESTIONS: Final = (
    yes_no("back", "背もたれ", "Backrest", first=True, filtered=True, aliases=("背もたれの有無", "backrest")),
    number("seat_cm", "座面の高さ", "Seat height", "cm", (10, 100),
        first=True, filtered=True, aliases=("座面高", "座面高さ"),
        help=Words("地面から、座る面の前のふちまでをはかります。", "From the ground to the front edge of the seat."),
    ),
    yes_no("armrest", "ひじかけ", "Armrest", first=True, aliases=("肘掛", "肘掛け", "ひじ掛け", "手すり")),
    condition(first=True),
    choose("shade", "日かげ", "Shade", options(
        ("all", "あり", "yes", "有", "○", "全部"), ("part", "一部", "partly", "△"), ("none", "なし", "none", "無", "×"),
    ), filtered=True, aliases=("日陰", "屋根", "covered"),
        help=Words("夏の昼に日かげになるかを見ます。木や屋根のかげもふくみます。",
            "At noon in summer; trees and roofs count.")),
    choose("material", "材質", "Material", options(
        ("wood", "木", "wood", "木製"), ("metal", "金属", "metal", "スチール", "鉄", "アルミ"),
        ("stone", "石・コンクリート", "stone or concrete", "石", "コンクリート"),
        ("plastic", "プラスチック", "plastic", "樹脂", "再生木材"), ("other", "その他", "other"),
    ), aliases=("素材",)),
    number("seat_count", "座れる人数", "Seats", "人", (1, 30), filtered=True, aliases=("人掛け", "seats")),
    number("to_toilet_m", "トイレまで", "To toilet", "m", (0, 2000), aliases=("トイレまでの距離",),
        help=Words("歩いて行く道のりを書きます。歩数に歩幅をかけて出せます。",
            "The way on foot; paces times the length of a pace.")),
)  # fmt: skip

# What is asked of a slope on a street and of each slope of a park.
SLOPE_KINDS: Final = options(
    ("slope", "坂", "slope", "坂道", "急坂", "勾配"),
    ("step", "段差", "step", "縁石"),
    ("stairs", "階段", "stairs", "石段", "steps"),
    ("ramp", "スロープ", "ramp"),
    ("rough", "路面のいたみ", "rough surface", "路面", "凹凸", "穴"),
    ("narrow", "狭い道", "narrow way", "幅員", "狭あい"),
)
SLOPE_QUESTIONS: Final = (
    choose("kind", "種類", "Kind", SLOPE_KINDS, first=True, filtered=True, aliases=("種別", "指摘区分")),
    GRADE,
    number("height_cm", "高さ", "Rise", "cm", (0, 5000), first=True, filtered=True, aliases=("段差cm", "高低差"),
        help=Words("のぼり口からのぼり切るまでの高さです。段差は1段の高さを書きます。",
            "From bottom to top; of a single step, its height.")),
    number("step_count", "段数", "Steps", "段", (0, 1000), first=True, aliases=("階段段数",)),
    number("length_m", "長さ", "Length", "m", (0, 3000), decimals=1, aliases=("延長",),
        help=Words("坂や階段が続く道のりを書きます。", "How far the slope or stairs go on.")),
    HANDRAIL,
    choose("surface", "路面", "Surface", SURFACES, aliases=("舗装の種類",)),
)  # fmt: skip

# What is asked of a toilet beside the road and of each toilet of a park.
TOILET_KINDS: Final = options(
    ("flush", "水洗", "flush", "水洗式"), ("pit", "くみ取り", "pit", "汲み取り", "くみ取り式"),
    ("portable", "仮設", "portable", "仮設トイレ"), ("bio", "バイオ式", "composting", "バイオトイレ"),
    ("none", "なし", "none", "無", "撤去"),
)  # fmt: skip
TOILET_PARTING: Final = options(
    ("separate", "男女別", "men and women apart", "男女別トイレあり"),
    ("shared", "男女共用", "shared", "男女共同", "男女共同トイレあり"),
    ("one_only", "片方だけ", "one sex only", "男性用のみ", "女性用のみ"),
)
CLEANLINESS: Final = options(
    ("clean", "きれい", "clean", "良"), ("fair", "ふつう", "fair", "普通"),
    ("dirty", "よごれている", "dirty", "汚い", "不良"),
)  # fmt: skip
TOILET_QUESTIONS: Final = (
    choose("parting", "男女の別", "Men and women", TOILET_PARTING, first=True, aliases=("男女別の有無",)),
    yes_no("wheelchair", "車いす用", "Wheelchair", first=True, filtered=True,
        aliases=("車椅子使用者用トイレ有無", "車いす対応", "wheelchairRestroom"),
        help=Words("車いすのまま入れて、向きをかえられる広さかを見ます。", "Room to enter and turn a wheelchair.")),
    yes_no("handrail", "手すり", "Handrail", first=True, aliases=("手すりの有無",)),
    choose("clean", "きれいさ", "Cleanliness", CLEANLINESS, first=True, aliases=("清潔さ", "清掃状態")),
    yes_no("ostomate", "オストメイト", "Ostomate", filtered=True,
        aliases=("オストメイト設置トイレ有無", "オストメイト対応", "ostomateRestroom"),
        help=Words("人工肛門・人工ぼうこうの人が使う流し台があるかを見ます。", "A sink for people with a stoma.")),
    choose("kind", "種類", "Kind", TOILET_KINDS, aliases=("種別", "水洗の有無")),
)  # fmt: skip
