"""地域資源 (local resource).

Services of residents change their hours, fees and areas; the lists of municipalities are renewed
once a year: asked again after 12 months. Some have no place of their own: no pin is needed, and coordinates are never guessed.
"""

from dataclasses import replace

from geo.base.words import Words
from surveys.declaration.common_fields import (
    ADDRESS,
    FINDINGS,
    HOURS_NOTE,
    IS_SO,
    KANA,
    LINK,
    NAME,
    OFFICE_PHONE,
    OPEN_DAYS,
    PHOTOS,
    also,
    choose,
    choose_any,
    number,
    options,
    text,
)
from surveys.declaration.fee_units import FEE_UNITS
from surveys.declaration.field import Field, yes_no
from surveys.declaration.record_type import Marker, RecordType
from surveys.declaration.service_kinds import SERVICE_KINDS

# The headings of the resource map of the eastern districts of 奈良市.
CATEGORIES = options(
    ("consult", "相談", "advice", "相談窓口"),
    ("gathering", "集い", "gathering", "tsudoi", "つどい"),
    ("cafe", "認知症カフェ", "dementia cafe", "カフェ", "オレンジカフェ"),
    ("event", "行事", "event", "イベント", "催し"),
    ("meal", "食事", "meal", "会食"),
    ("mobile_shop", "移動販売", "mobile shop", "mobileshop", "移動スーパー"),
    ("transport", "移動・送迎", "transport", "デマンド"),
    ("helper", "ヘルパー・手伝い", "helper", "ヘルパー", "有償ボランティア"),
    ("volunteer", "ボランティア", "volunteer"),
    ("other", "その他", "other"),
)
OPERATORS = options(
    ("association", "自治会・町内会", "neighbourhood association", "自治会", "町内会"),
    ("council", "社協", "social welfare council", "社会福祉協議会"),
    ("npo", "NPO", "NPO", "NPO法人"),
    ("volunteer", "ボランティア", "volunteers", "住民団体", "有志"),
    ("business", "事業者", "business", "企業", "社会福祉法人", "医療法人"),
    ("government", "行政", "government", "市", "地域包括支援センター"),
    ("person", "個人", "person"),
    ("other", "その他", "other"),
)

FIELDS = (
    also(NAME, "業者名", "事業者名", "事業所名", "事業名", "サービス名", "団体名", "店舗・事業者名", "店舗名", "事業者・団体名", "サロン名"),
    choose_any("service", "サービスの種類", "Services", SERVICE_KINDS, first=True, filtered=True, aliases=("サービス種別", "支援の種類"), words_in="subtype",
        help=Words("あてはまるものをすべて選びます。", "Choose all that fit.")),
    choose("category", "種類・ジャンル", "Category", CATEGORIES, first=True, filtered=True, aliases=("分類", "カテゴリー", "カテゴリ", "区分", "ジャンル"), words_in="subtype"),
    Field(id="area", words=Words("利用できる地区", "Areas served"), kind="areas", first=True, filtered=True,
        aliases=("対応エリア", "対応地域", "使える地区", "areas", "対象地区", "サービスが利用できるエリア", "利用できるエリア", "対象エリア", "利用エリア"), help=Words("どこの人でも利用できるときは「全市」と書きます。", "Write 全市 where anyone of the town may.")),
    text("activity", "すること", "What it does", first=True, aliases=(
        "サービス内容", "内容", "活動内容", "service", "説明", "活動概要", "サービス内容・料金", "サービスの内容", "主なサービス", "事業内容",
        "サービス内容（料金・定休日・注意事項・サービスの特徴など）", "サービス内容（料金・定休日・注意事項など）")),
    replace(OFFICE_PHONE, first=True, aliases=(*OFFICE_PHONE.aliases, "電話・FAX", "TEL・FAX", "電話/FAX", "電話番号・FAX番号")),
    choose("needs_check", "確かめが必要", "Needs checking", IS_SO, first=True, filtered=True, aliases=("needsVerification", "要確認"),
        help=Words("聞いただけの話や古いちらしのときは「はい」にします。", "Yes where it is hearsay or from an old leaflet.")),
    also(FINDINGS, "その他（定休日等）", "その他（定休日など）"),
    PHOTOS,
    KANA,
    text("subtype", "くわしい種類", "Subcategory", aliases=("くわしい分類", "小分類", "種別")),
    choose("operator", "主催", "Operator", OPERATORS, aliases=("運営主体", "実施主体", "提供主体")),
    also(ADDRESS, "住所・MAP情報", "住所・電話番号", "住所・連絡先"),
    text("area_note", "地区の注意", "Areas, note", aliases=("areaNote",)),
    text("contact", "連絡する係", "Contact", carried=False, aliases=("contactPerson", "担当", "担当課", "連絡先名称"),
        help=Words("係や役職を書きます。人の名前は書きません。", "A section or post, never a person's name.")),
    text("contact_time", "連絡できる時間", "Contact hours", carried=False, aliases=("contactHours", "受付時間")),
    Field(id="schedule", words=Words("日時", "Days and times"), kind="schedule", aliases=("開催日", "開催日時", "活動日")),
    also(HOURS_NOTE, "hours", "受付時間・定休日・受付方法", "受付時間・定休日", "営業時間・定休日"),
    OPEN_DAYS,
    text("closed_day", "休みの日", "Closed days", aliases=("定休日", "休業日")),
    text("target", "対象の人", "For whom", aliases=("対象", "対象者", "対象者および対象エリア", "対象者・対象エリア")),
    choose("paid", "有償・無償", "Paid or free", options(("free", "無償", "free", "無料"), ("paid", "有償", "paid", "有料")),
        aliases=("有償・無償の別", "有料・無料", "有償無償")),
    number("fee_yen", "1回の料金", "Fee for once", "円", (0, 100_000), filtered=True, words_in="fee_note", unit_in="fee_unit", help=Words("1回分を書きます。無料は0です。決まっていなければ「料金」に書きます。",
        "For one time; 0 is free. Where it varies, write it under Fee.")),
    choose("fee_unit", "料金の単位", "Fee is for", FEE_UNITS, help=Words("1回分なら空けておきます。", "Leave empty where it is for one time.")),
    text("fee_note", "料金", "Fee", aliases=("費用", "参加費", "利用料", "利用料金", "会費")),
    text("payment", "支払い方法", "How to pay", aliases=("支払方法", "お支払い方法")),
    text("feature", "特徴・良いところ", "What is good", aliases=("特徴", "良いところ", "特徴（対応エリアなど）", "サービスの特徴")),
    yes_no("trial", "体験", "Trial", aliases=("体験利用",), help=Words("申し込む前に試せるかを書きます。", "Whether it may be tried first.")),
    text("application", "申し込み方", "How to apply", aliases=("申しこみ方", "申込方法", "申し込み方法", "利用方法", "参加申込方法", "申込", "受付方法")),
    yes_no("transport", "送迎", "Lift given", aliases=("送迎の有無",)),
    yes_no("parking", "駐車場", "Parking", aliases=("駐車場の有無",)),
    Field(id="started", words=Words("始めた年月", "Started"), kind="month", aliases=("開始年", "開始年月")),
    text("fax", "ファクス", "Fax", carried=False, aliases=("FAX", "FAX番号", "ファックス", "ファックス番号", "ファクス番号")),
    text("mail", "窓口のメール", "Office mail", carried=False, aliases=("Email", "E-mail", "メール", "メールアドレス"),
        help=Words("公表しているものだけを書きます。個人のものは書きません。", "Only one made public; never a person's.")),
    LINK,
    text("apply_link", "申し込みのページ", "Page to apply", aliases=("申しこみのページ", "申込URL")),
    text("leaflet_link", "ちらし・資料", "Leaflet", aliases=("チラシ", "チラシURL")),
)  # fmt: skip

TYPE = RecordType(
    id="resource",
    words=Words("地域資源", "local resource"),
    sheet=Words("地域資源シート", "resource sheet"),
    marker=Marker(
        colour="#59660F",
        shape="M16 2l12.5 7v14L16 30 3.5 23V9z",
        glyph="M16 8l2.35 5.2 5.65.6-4.25 3.8 1.25 5.6L16 20.3l-5 2.9 1.25-5.6L8 13.8l5.65-.6z",
    ),
    walking_m=None,
    walking_source=Words("距離の目安はない", "no walking range"),
    order=80,
    shapes=("point", "area"),
    pin_needed=False,
    fresh_months=12,
    fields=FIELDS,
)
