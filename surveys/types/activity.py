"""活動記録 (activity): what a coordinator did on a day besides walking.

The questions are those of 武蔵野市's コーディネーター活動記録, the kinds those of 大田原市's yearly report. It
is a log: the office's own paper, which is no place and never asks to be confirmed.
"""

from dataclasses import replace

from geo.base.words import Words
from surveys.declaration.common_fields import (
    FINDINGS,
    NAME,
    PHOTOS,
    choose,
    choose_any,
    number,
    options,
    text,
)
from surveys.declaration.field import Field, yes_no
from surveys.declaration.private_reason import PRIVATE_REASON
from surveys.declaration.record_type import NO_RULE, Marker, RecordType

# 大田原市, 令和6年度 生活支援コーディネーター活動報告, 活動種別 1 to 10: what an office begins with.
KINDS = options(
    ("resource_finding", "地域資源発掘", "finding resources", "資源発掘", "地域資源の発掘"),
    ("salon_support", "通いの場 訪問・情報共有・運営支援", "salons: visits and support", "通いの場支援", "通いの場訪問", "運営支援", "サロン訪問"),
    ("salon_founding", "通いの場 設立誘導・設立支援", "salons: founding", "設立支援", "通いの場設立"),
    ("moving", "移動支援・移動販売", "getting about, mobile shops", "移動支援", "移動販売"),
    ("directory", "インフォーマル冊子関連", "directory of services", "冊子関連", "冊子"),
    ("company", "企業連携 事業・情報収集・提供", "companies", "企業連携"),
    ("care_office", "介護事業所 情報共有", "care offices", "介護事業所"),
    ("meeting", "会議・研修・調査・イベント", "meetings, training, surveys, events", "会議", "研修", "調査", "イベント"),
    ("local_body", "地域・関係機関との情報共有・支援", "local bodies", "関係機関", "地域・関係機関"),
    ("other_town", "他市との情報共有", "other municipalities", "他市"),
    # 武蔵野市 and 尼崎市 count it apart.
    ("consult", "個別の相談への対応", "advice to persons", "相談", "個別相談", "相談対応", "相談受付", "電話相談"),
    ("other", "その他", "other", "そのほか"),
)  # fmt: skip
STAGES = options(
    ("done", "した", "done", "実施", "済", "完了"),
    ("planned", "予定", "planned", "予定あり"),
    ("called_off", "中止", "called off", "取りやめ", "延期"),
)
NEXT = options(
    ("done", "した", "done", "済", "完了"),
    ("dropped", "やめた", "dropped", "中止", "取りやめ"),
)
PARTNERS = options(
    ("resident", "住民・当事者", "residents", "住民", "地域住民", "利用者"),
    ("welfare_officer", "民生委員・児童委員", "welfare volunteers", "民生委員", "児童委員", "民児協"),
    ("association", "自治会・町内会", "neighbourhood association", "自治会", "町内会", "区長会"),
    ("group", "サロン・老人クラブなど", "salons and clubs", "サロン", "老人クラブ", "通いの場"),
    ("volunteer", "ボランティア・NPO", "volunteers, non-profits", "ボランティア", "NPO"),
    ("welfare_council", "社会福祉協議会", "council of social welfare", "社協", "地域社協"),
    ("support_centre", "地域包括支援センター", "community support centre", "包括", "在宅介護支援センター", "在支"),
    ("care_office", "介護事業所・ケアマネ", "care offices", "介護事業所", "ケアマネジャー", "居宅介護支援事業所"),
    ("medical", "医療機関・薬局", "medical", "医療機関", "薬局", "病院"),
    ("town_hall", "市区町村の課", "town hall", "行政", "役所", "市役所", "町役場"),
    ("company", "企業・商店", "companies, shops", "企業", "商店", "商工会"),
    ("school", "学校・大学", "schools", "学校", "大学"),
    ("other_town", "ほかの市町村", "other municipalities", "他市", "他市町村"),
    ("other", "その他", "other", "そのほか"),
)  # fmt: skip

FIELDS = (
    replace(NAME, words=Words("事業・会議名等", "Event or meeting"), aliases=("事業・会議名", "会議名", "事業名", "場面", "題名", "件名", "名前", "名称"),
        help=Words("会議や教室の名前、または「相談」「訪問」のように書きます。", "The meeting's name, or what it was: a call, a visit.")),
    Field(id="on", words=Words("日程", "Day"), kind="date", first=True, filtered=True, aliases=("日付", "月日", "年月日", "実施日", "活動日"),
        words_in="on_text", beside=(("until", "until"), ("planned", "stage")),
        help=Words("日が分からないときは「不明」にして、「日程（書いたまま）」に書きます。", "Where the day is not known choose unknown, and write what is known as it is said.")),
    choose("kind", "種類", "Kind", KINDS, own=True, first=True, filtered=True, aliases=("活動種別", "種別", "区分", "活動の種類"), words_in="own_kind"),
    number("spent_min", "対応時間", "Time spent", "分", (0, 10_000), first=True, aliases=("対応時間（分）", "時間（分）", "所要時間", "所要時間（分）"), words_in="time_text"),
    Field(id="area", words=Words("エリア", "Areas"), kind="areas", first=True, aliases=("地区", "地域", "圏域", "対象地区")),
    text("partner", "相手方", "With whom", first=True, aliases=("相手", "連携先", "対象"),
        help=Words("「民生委員」「在宅介護支援センター」のように、役職と団体で書きます。人の名前は書きません。", "By role and organisation, never by a person's name.")),
    replace(FINDINGS, words=Words("経過・内容", "What happened"), aliases=("経過・内容・主な事柄", "内容", "説明内容", "主な内容", "主な事柄", "備考"),
        help=Words("あったこと、聞いたことを書きます。個人の名前や電話番号は書きません。", "What was seen and heard; no names or telephone numbers of persons.")),
    Field(id="action", words=Words("働きかけ", "What was done"), kind="note", first=True,
        aliases=("コーディネーターの働きかけ（かかわり）", "コーディネーターの働きかけ", "働きかけ（かかわり）", "かかわり", "対応"),
        help=Words("自分がしたこと、伝えたことを書きます。", "What you did and said.")),
    Field(id="thought", words=Words("思い・気づき", "Thoughts"), kind="note", first=True,
        aliases=("コーディネーターの思い・気づき・コメント等", "思い・気づき・コメント等", "思い・気づき・コメント", "気づき", "コメント", "所感", "考察"),
        help=Words("あったこととは分けて、自分の考えを書きます。", "One's own thoughts, apart from what happened.")),
    Field(id="next_step", words=Words("次回のアプローチ", "Next step"), kind="note", first=True, aliases=("次回のアプローチ（予定）", "次の一手", "今後の対応", "次回")),
    Field(id="next_on", words=Words("次回の日", "Next on"), kind="date", aliases=("次回の日程", "次回日", "次回予定日"),
        help=Words("書いておくと、「きょう」にその日から出ます。", "From that day on it stands on the page of today.")),
    choose("next_state", "次回のようす", "Next: state", NEXT, aliases=("次回の状況",), help=Words("終わったら「した」にすると、「きょう」から消えます。", "Once done or dropped it no longer stands on the page of today.")),
    Field(id="issue", words=Words("その他", "Other"), kind="note", aliases=("その他（地域課題他）", "その他（地域課題）", "地域課題", "地域課題他")),
    Field(id="until", words=Words("おわりの日", "Until"), kind="date", aliases=("終了日", "終わりの日"),
        help=Words("何日かにわたるときだけ書きます。", "Only where it lasted several days.")),
    text("on_text", "日程（書いたまま）", "Day as written", aliases=("日程（原文）",),
        help=Words("「9月16日」「5月ごろ」のように、書いてあったとおりに書きます。", "As it was written: without a year, a month only.")),
    choose("stage", "予定か", "Stage", STAGES, filtered=True, aliases=("進み具合", "実施状況")),
    text("own_kind", "種類（自分のことば）", "Kind in own words", aliases=("種類（自分の言葉）", "種類の補足", "その他の種類"),
        help=Words("上の種類に当てはまらないとき、役所で使っている呼び方を書きます。", "Where none of the kinds fits: the office's own name for it.")),
    choose_any("partner_kind", "相手方の種類", "Kind of partner", PARTNERS, filtered=True),
    number("people_count", "参加人数", "People", "人", (0, 100_000), aliases=("参加者数", "人数", "参加者"), words_in="people_text", beside=(("about", "about"), ("total", "total"))),
    yes_no("about", "およその数", "About", aliases=("約",), help=Words("「約20名」のように、はっきり数えていないときは「あり」です。", "Yes where it was not counted exactly, as in about 20.")),
    yes_no("total", "延べの数", "Counted each time", aliases=("延べ",), help=Words("同じ人を何度も数えた「延べ」のときは「あり」です。", "Yes where one person was counted each time they came.")),
    text("people_text", "人数（書いたまま）", "People as written", aliases=("参加人数（原文）",)),
    text("time_text", "時間（書いたまま）", "Time as written"),
    Field(id="related_site", words=Words("かかわる地点", "Related sites"), kind="sites", aliases=("関連地点",)),
    Field(id="related_concern", words=Words("かかわる地域課題", "Related concerns"), kind="sites", among=("concern",), aliases=("関連課題",)),
    Field(id="related_walk", words=Words("かかわる踏査", "Related walks"), kind="sites", among=("walk",), aliases=("関連踏査",)),
    PRIVATE_REASON,
    replace(PHOTOS, first=False),
)  # fmt: skip

TYPE = RecordType(
    id="activity",
    words=Words("活動記録", "activity"),
    sheet=Words("活動記録", "activity log"),
    marker=Marker(
        colour="#3F5F6B",
        shape="M8 2.5h16a3 3 0 0 1 3 3v21a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3v-21a3 3 0 0 1 3-3z",
        strokes="M10 10h12M10 16h12M10 22h7",
        stroke_width=2.4,
    ),
    walking_m=None,
    walking_source=Words("距離の目安はない", "no walking range"),
    order=95,
    shapes=("point", "area"),
    pin_needed=False,
    fresh_months=0,
    log=True,
    fields=FIELDS,
    apart=(
        ("map", Words("場所を持たない、役所の記録", "the office's own paper, which is no place")),
        (
            "list",
            Words(
                "一覧は地点の一覧。活動記録には自分の一覧がある",
                "the list is of places; the log has a list of its own",
            ),
        ),
        ("walk", Words("歩いて行く所ではない", "nobody walks to it")),
        ("freshness", Words("あったことは古くならない", "what happened does not grow old")),
        NO_RULE,
    ),
)
