"""地域課題・気づき (concern).

A concern is taken up at a council, which meets some two to six times a year: asked again after
6 months. It may be about a district or a whole road: no pin is needed. How it rises to the mayor and comes back
follows 武蔵野市: the second tier's coordinators find it, their 連携会議 gathers it, the council of the first tier
tells the mayor.
"""

from dataclasses import replace

from geo.base.words import Words
from surveys.declaration.common_fields import (
    ADDRESS,
    FINDINGS,
    NAME,
    PHOTOS,
    choose,
    choose_any,
    items,
    options,
    text,
)
from surveys.declaration.field import Field, Item
from surveys.declaration.private_reason import PRIVATE_REASON
from surveys.declaration.record_type import NO_RULE, Marker, RecordType

TAGS = options(
    ("shopping", "買い物", "shopping", "買い物支援", "買物"),
    ("moving", "移動・外出", "getting about", "移動", "外出", "交通", "移動支援"),
    ("gathering", "集う場", "places to meet", "居場所", "通いの場", "サロン"),
    ("rubbish", "ごみ出し", "rubbish", "ゴミ出し"),
    ("housework", "家事・手伝い", "housework", "家事", "生活支援"),
    ("watch", "見守り", "looking in", "安否確認", "孤立"),
    ("walking", "坂・段差・道", "slopes, steps, ways", "坂", "段差", "階段", "道路"),
    ("rest", "休む所・ベンチ", "places to rest", "ベンチ", "休憩"),
    ("toilet", "トイレ", "toilets"),
    ("carer", "介護する家族", "carers", "介護者", "家族介護"),
    ("dementia", "認知症", "dementia"),
    ("health", "健康・介護予防", "health", "介護予防", "健康"),
    ("helpers", "担い手", "helpers", "担い手不足", "後継者"),
    ("disaster", "災害・防災", "disaster", "防災"),
    ("home", "空き家・住まい", "homes", "空き家", "住まい"),
    ("information", "情報が届かない", "information", "周知", "情報"),
    ("other", "その他", "other", "そのほか"),
)
SOURCES = options(
    ("council", "協議体", "council", "会議"),
    ("workshop", "ワークショップ・座談会", "workshop", "ワークショップ", "座談会", "語る会"),
    ("walk", "踏査", "walk", "まち歩き", "現地調査"),
    ("resident", "住民の声", "residents", "住民", "アンケート"),
    ("staff", "職員", "staff", "包括", "コーディネーター", "ケアマネジャー"),
    ("care_meeting", "地域ケア会議", "care meeting"),
    ("other", "その他", "other"),
)
TIERS = options(
    ("tier_1", "第1層", "tier 1", "1層", "市全体"),
    ("tier_2", "第2層", "tier 2", "2層", "日常生活圏域"),
    ("tier_3", "第3層", "tier 3", "3層", "自治会"),
)
# Where a concern may stand on its way: the tiers of the councils, and the town above them.
LEVELS = (*TIERS, *options(("city", "市", "town", "市長", "市役所", "区", "町", "村")))
HAPPENINGS = options(
    ("raised", "出た", "raised", "出された", "把握"),
    ("talked", "話し合った", "talked over", "協議", "検討"),
    ("sent_up", "上げた", "sent up", "報告", "提言", "政策提言"),
    ("sent_back", "戻した", "sent back", "差し戻し"),
    ("answered", "答えがあった", "answered", "回答"),
    ("told", "伝えた", "told back", "報告した", "周知した"),
)
# Who may see it: the words of `surveys.store.kept.kind.AUDIENCES`; the office alone unless it is said.
AUDIENCES = options(
    ("staff", "庁内だけ", "office only", "職員", "庁内"),
    ("council", "協議体まで", "councils too", "協議体"),
    ("public", "だれでも", "anybody", "公開"),
)
STATES = options(
    ("noticed", "気づき", "noticed", "未着手"),
    ("talking", "話し合い中", "being discussed", "協議中", "検討中"),
    ("working", "取り組み中", "being worked on", "取組中", "対応中"),
    ("solved", "解決", "solved", "完了", "解決済"),
    ("dropped", "見送り", "dropped", "保留"),
)
STEP = Item(
    words=Words("経過", "step"), counter=Words("件", "steps"), marker="concern",
    fields=(
        Field(id="on", words=Words("日", "Day"), kind="date", first=True),
        choose("what", "こと", "What", HAPPENINGS, first=True),
        choose("level", "層", "Level", LEVELS, first=True,
            help=Words("どの層でのことかを選びます。上げた・戻したときは、その先の層です。", "Where it was; of one sent up or back, where to.")),
        text("meeting", "会議", "Meeting", first=True,
            help=Words("「第2回 第2層協議体」のように書きます。", "As in: second meeting of the tier 2 council.")),
        Field(id="note", words=Words("話したこと・答え", "What was said or answered"), kind="note", first=True,
            help=Words("個人の名前は書きません。", "No names of persons.")),
    ),
)  # fmt: skip

FIELDS = (
    replace(NAME, words=Words("題名", "Title"), aliases=("名前", *NAME.aliases, "課題", "課題名", "件名", "地域課題"),
        help=Words("「坂の上から店まで行けない」のように短く書きます。", "Short, as in: the shop cannot be reached from the hilltop.")),
    choose_any("tag", "ことがら", "Subjects", TAGS, first=True, filtered=True, aliases=("タグ", "分類", "区分")),
    replace(FINDINGS, words=Words("見聞きしたこと", "What was seen"), aliases=(*FINDINGS.aliases, "内容", "状況", "経過")),
    choose("source", "どこで出たか", "Raised at", SOURCES, first=True, filtered=True, aliases=("把握の場", "情報源", "場面")),
    choose("urgency", "急ぐか", "Urgency", options(
        ("now", "すぐに", "now", "高", "緊急", "急"),
        ("this_year", "今年度に", "this year", "中"),
        ("later", "急がない", "later", "低"),
    ), first=True, filtered=True, aliases=("緊急度", "優先度")),
    choose("state", "いまのようす", "State", STATES, first=True, filtered=True, aliases=("進み具合", "対応状況")),
    PHOTOS,
    choose("tier", "話し合う層", "Tier", TIERS, filtered=True, aliases=("層", "レベル"),
        help=Words("どの層の協議体で話し合うかを選びます。「上がった経過と答え」に層があれば、そのいちばん新しい層が使われます。",
            "At which tier's council it is discussed; where its way up names a level, the last of those is used.")),
    Field(id="thought", words=Words("思い・考え", "Thoughts"), kind="note", aliases=("思い・気づき", "コメント", "考察"),
        help=Words("見聞きしたこととは分けて、自分の考えを書きます。", "One's own thoughts, apart from what was seen.")),
    text("next_step", "次にすること", "Next step", aliases=("次回のアプローチ", "次の一手", "今後の対応")),
    text("actor", "だれがするか", "Who acts", carried=False, aliases=("担当", "担当課", "主体"),
        help=Words("課や会の名前を書きます。人の名前は書きません。", "A section or group, never a person.")),
    Field(id="due", words=Words("いつまでに", "Due"), kind="date", filtered=True, aliases=("期限", "期日")),
    Field(id="found_on", words=Words("出た日", "Raised on"), kind="date", filtered=True, aliases=("日程", "把握日", "発生日")),
    text("result", "結果", "Result", aliases=("成果", "対応結果")),
    items("way", "上がった経過と答え", "Way up and back", STEP, aliases=("経過と答え",)),
    choose("audience", "公開範囲", "Who may see it", AUDIENCES, first=True, carried=False,
        help=Words("「協議体まで」か「だれでも」にすると、会議の画面に題名・層・答えが出ます。選ばなければ庁内だけです。",
            "With “councils too” or “anybody” its title, level and answer are shown at meetings. Office only unless chosen.")),
    Field(id="area", words=Words("かかわる地区", "Areas"), kind="areas", aliases=("地区", "エリア", "対象地区")),
    ADDRESS,
    Field(id="related_site", words=Words("かかわる地点", "Related sites"), kind="sites", aliases=("関連地点",)),
    PRIVATE_REASON,
)  # fmt: skip

TYPE = RecordType(
    id="concern",
    words=Words("地域課題・気づき", "concern"),
    sheet=Words("気づきメモ", "concern note"),
    marker=Marker(
        colour="#B8431A",
        shape="M16 1.5L30.5 16 16 30.5 1.5 16z",
        glyph="M14.5 8h3l-.5 9.6h-2zM16 19.6a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8z",
    ),
    walking_m=None,
    walking_source=Words("距離の目安はない", "no walking range"),
    order=90,
    shapes=("point", "area", "line"),
    pin_needed=False,
    fresh_months=6,
    fields=FIELDS,
    apart=(NO_RULE,),
)
