"""トイレ (toilet).

StreetComplete asks of a toilet again after 6 years, for whether it stands; hours, fittings and
cleanliness change sooner, and it decides whether a walk is dared: asked again after 24 months.
"""

from geo.base.words import Words
from surveys.declaration.common_fields import (
    ADDRESS,
    BUILDING,
    CLOSE_AT,
    ENTRANCE_STEP,
    FINDINGS,
    HOURS_NOTE,
    IS_SO,
    KANA,
    MANAGERS,
    NAME,
    OFFICE_PHONE,
    OPEN_AT,
    PHOTOS,
    TOILET_QUESTIONS,
    also,
    choose,
    condition,
    number,
    text,
)
from surveys.declaration.field import yes_no
from surveys.declaration.record_type import NOT_REPORTED, Marker, RecordType

# The columns of 公衆トイレ (自治体標準オープンデータセット), of its former layout, and of Takamatsu.
FIELDS = (
    NAME,
    *TOILET_QUESTIONS,
    ENTRANCE_STEP,
    FINDINGS,
    PHOTOS,
    KANA,
    ADDRESS,
    BUILDING,
    text("spot", "建物の中の位置", "Where inside", aliases=("設置位置", "installationPosition"),
        help=Words("「1階の入口の右」のように書きます。", "As in: ground floor, right of the door.")),
    OPEN_AT,
    CLOSE_AT,
    HOURS_NOTE,
    choose("all_day", "24時間使える", "Open all day", IS_SO, filtered=True),
    number("men_count", "男性用の合計", "Men, all", "基", (0, 100), aliases=("男性トイレ総数", "totalMensRestroom")),
    number("men_urinal_count", "男性用の小便器", "Men, urinals", "基", (0, 100), aliases=("男性トイレ数（小便器）", "smallMensRestroom")),
    number("men_squat_count", "男性用の和式", "Men, squat", "基", (0, 100), aliases=("男性トイレ数（和式）", "japaneseMensRestroom")),
    number("men_western_count", "男性用の洋式", "Men, western", "基", (0, 100), aliases=("男性トイレ数（洋式）", "westernMensRestroom")),
    number("women_count", "女性用の合計", "Women, all", "基", (0, 100), aliases=("女性トイレ総数", "totalWomanRestroom")),
    number("women_squat_count", "女性用の和式", "Women, squat", "基", (0, 100), aliases=("女性トイレ数（和式）", "japaneseWomanRestroom")),
    number("women_western_count", "女性用の洋式", "Women, western", "基", (0, 100), aliases=("女性トイレ数（洋式）", "westernWomanRestroom")),
    number("shared_count", "男女共用の合計", "Shared, all", "基", (0, 100), aliases=("男女共用トイレ総数", "sharedRestroom")),
    number("shared_squat_count", "男女共用の和式", "Shared, squat", "基", (0, 100), aliases=("男女共用トイレ数（和式）", "japaneseSharedRestroom")),
    number("shared_western_count", "男女共用の洋式", "Shared, western", "基", (0, 100), aliases=("男女共用トイレ数（洋式）", "westernSharedRestroom")),
    number("accessible_count", "多機能トイレの数", "Accessible, all", "基", (0, 100),
        aliases=("バリアフリートイレ数", "多機能トイレ数", "multifunctionalRestroom"),
        help=Words("だれでもトイレ・多目的トイレの数です。", "Toilets for everyone.")),
    yes_no("baby", "赤ちゃん用の設備", "For babies", aliases=("乳幼児用設備設置トイレ有無", "anInfantRestroom", "おむつ替え台")),
    yes_no("light", "照明", "Light"),
    yes_no("call_button", "呼び出しボタン", "Call button", aliases=("非常ボタン", "緊急ボタン")),
    condition(),
    choose("manager", "管理する所", "Kept by", MANAGERS, aliases=("管理者", "設置者")),
    also(OFFICE_PHONE, "管理者電話番号"),
    text("english_name", "英語名", "English name", aliases=("名称_英語", "fullNameInRomaji")),
)  # fmt: skip

TYPE = RecordType(
    id="toilet",
    words=Words("トイレ", "toilet"),
    sheet=Words("トイレ調べ", "toilet sheet"),
    marker=Marker(
        colour="#8A5FBF",
        shape="M4 4h24v24H4z",
        glyph="M10.8 7.6a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM8 12.6h5.6v6h-1.1v6H9.1v-6H8zM21.2 7.6a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM19.8 12.6h2.8l2.4 7h-2v5h-3.6v-5h-2z",
    ),
    walking_m=500,
    walking_source=Words(
        "だれでもトイレの利用距離500m（世田谷区の計画目標）",
        "500 m to a toilet for everyone (target of Setagaya)",
    ),
    order=40,
    fresh_months=24,
    fields=FIELDS,
    apart=(NOT_REPORTED,),
)
