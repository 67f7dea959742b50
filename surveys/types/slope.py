"""坂・段差 (slope or step).

The ground changes only when the road is built anew; surface and handrails wear slowly: asked again
after 36 months. A line follows the slope from bottom to top; a point is enough for a step.
"""

from geo.base.words import Words
from surveys.declaration.common_fields import (
    ADDRESS,
    FINDINGS,
    IS_SO,
    MANAGERS,
    NAME,
    PHOTOS,
    SLOPE_QUESTIONS,
    choose,
    choose_any,
    condition,
    number,
    options,
    text,
)
from surveys.declaration.record_type import NO_RULE, NOT_REPORTED, Marker, RecordType

PEOPLE = options(
    ("cane", "杖", "cane", "つえ", "高齢者", "高齢"),
    ("walker", "歩行器", "walker", "シルバーカー", "押し車"),
    ("wheelchair", "車いす", "wheelchair", "車椅子"),
    ("scooter", "電動シニアカー", "mobility scooter", "シニアカー", "電動車いす", "電動カート"),
    ("stroller", "ベビーカー", "pushchair", "ベビー"),
    ("sight", "視覚", "sight", "視覚障害", "目の不自由な人"),
    ("hearing", "聴覚", "hearing", "聴覚障害"),
    ("inner", "内部障害", "internal impairment", "内部", "inner disability"),
    ("mind", "知的・精神", "mental or intellectual", "知的", "精神", "mind"),
    ("bicycle", "自転車", "bicycle"),
    ("none", "なし", "none", "無"),
)
STATES = options(
    ("found", "見つけた", "found", "未対応"),
    ("told", "管理者に伝えた", "keeper told", "連絡済", "要望済"),
    ("planned", "直す予定", "to be mended", "予定", "対応予定"),
    ("mended", "直った", "mended", "対応済", "完了"),
    ("left", "直せない", "cannot be mended", "対応不可"),
)

FIELDS = (
    NAME,
    *SLOPE_QUESTIONS,
    FINDINGS,
    PHOTOS,
    ADDRESS,
    number("width_m", "通れる幅", "Clear width", "m", (0.2, 50), decimals=2, aliases=("幅員m", "幅員", "幅"),
        help=Words("いちばんせまい所をはかります。電柱や植木もよけた幅です。", "At the narrowest, clear of poles and plants.")),
    choose_any("hindered", "困る人", "Who is hindered", PEOPLE, filtered=True, aliases=("影響を受ける人",)),
    choose("detour", "よけて通れるか", "Way around", IS_SO, help=Words("近くに別の道があるかを見ます。", "Whether another way is near.")),
    condition(),
    choose("manager", "管理する所", "Kept by", MANAGERS, filtered=True, aliases=("管理者", "道路管理者"),
        help=Words("わからないときは「不明」にして、市の道路の課に聞きます。", "If not known, ask the road section of the town.")),
    text("idea", "直す案", "Idea for mending", aliases=("改善案", "提案")),
    choose("state", "対応のようす", "State", STATES, aliases=("対応状況",)),
)  # fmt: skip

TYPE = RecordType(
    id="slope",
    words=Words("坂・段差", "slope or step"),
    sheet=Words("坂・段差調べ", "slope sheet"),
    marker=Marker(
        colour="#E0A100",
        shape="M16 3L30 28H2z",
        glyph="M10.2 25.2v-3h3.8v-3h3.8v-3H21v9z",
        dark_glyph=True,
    ),
    walking_m=None,
    walking_source=Words("距離の目安はない", "no walking range"),
    order=60,
    shapes=("line", "point"),
    fresh_months=36,
    fields=FIELDS,
    apart=(
        NOT_REPORTED,
        NO_RULE,
    ),
)
