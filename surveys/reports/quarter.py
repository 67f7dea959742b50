"""The quarter's report of a coordinator, in 尼崎市's layout (四半期の報告).

Eight counts by month with their sum, the groups of each area out of the register, and four heads with
three texts each: what is being done, what came of it, what stands in the way.
"""

from geo.base.words import Words
from surveys.reports.parts.declare import Asked, Axis, Counted, Line, Number, Report, Told

_TIMES = Words("回", "times")
_CASES = Words("件", "cases")

REPORT = Report(
    id="quarter",
    words=Words("四半期の報告", "quarter"),
    help=Words(
        "月ごとの8つの件数と計、圏域ごとの実施団体数、取組状況・成果・課題の文（前の期から引きつぐ）。",
        "Eight counts by month, groups by area, and texts that are carried over from the quarter before.",
    ),
    order=50,
    cut="quarter",
    title=Words(
        "生活支援サービス体制整備 活動報告書　{first}～{last}",
        "Report of the quarter, {first} to {last}",
    ),
    by_area=True,
    parts=(
        Counted(
            id="work",
            words=Words("1 活動実績件数等に関すること", "1 What was done"),
            source="log",
            rows=Axis(head=Words("月", "Month"), by="month"),
            columns=Axis(
                head=Words("活動", "Work"),
                by="kind",
                mapped=True,
                lines=(
                    Line(
                        id="visits",
                        words=Words("地域活動（行事等）の訪問回数", "visits to what residents do"),
                        values=("salon_support", "salon_founding"),
                        unit=_TIMES,
                    ),
                    Line(
                        id="advice",
                        words=Words("相談受付件数", "cases of advice"),
                        values=("consult",),
                        unit=_CASES,
                    ),
                    Line(
                        id="joined",
                        words=Words("地域の会議・研修の参加回数", "meetings and training joined"),
                        values=("meeting",),
                        unit=_TIMES,
                    ),
                    Line(
                        id="held",
                        words=Words("講座・研修等の実施回数", "courses and training held"),
                        unit=_TIMES,
                    ),
                    Line(
                        id="found",
                        words=Words(
                            "見守りを通して把握した課題（地域課題の件数）",
                            "concerns found (those written of the month)",
                        ),
                        unit=_CASES,
                        source="concern",
                        where={},
                    ),
                    Line(
                        id="tied",
                        words=Words(
                            "個別課題解決のネットワーク化のための調整回数",
                            "ties made to solve single cases",
                        ),
                        values=("care_office",),
                        unit=_TIMES,
                    ),
                    Line(
                        id="solved",
                        words=Words(
                            "地域課題解決に向けた会議参画数", "meetings on the area's concerns"
                        ),
                        unit=_TIMES,
                    ),
                    Line(
                        id="networked",
                        words=Words(
                            "ネットワーク会議への参画回数・専門機関との協力回数",
                            "meetings of networks, work with professionals",
                        ),
                        values=("local_body", "other_town"),
                        unit=_TIMES,
                    ),
                ),
            ),
        ),
        Counted(
            id="groups",
            words=Words(
                "2 資源把握・地区分析等に関すること（各活動の実施団体数）",
                "2 Groups by area and content",
            ),
            source="group",
            rows=Axis(head=Words("圏域", "Area"), by="area"),
            columns=Axis(head=Words("内容", "Content"), by="content"),
            numbers=(
                Number(id="count", head=Words("団体数", "Groups"), unit=Words("団体", "groups")),
            ),
            across=True,
            every=True,
        ),
        Told(
            id="told",
            words=Words("3 取組状況・成果・課題等に関すること", "3 What came of it"),
            heads=(
                Asked(id="a", words=Words("（Ａ）資源開発", "(A) Resources")),
                Asked(id="b", words=Words("（Ｂ）ネットワーク構築", "(B) Networks")),
                Asked(
                    id="c",
                    words=Words("（Ｃ）ニーズと取組のマッチング", "(C) Needs and what meets them"),
                ),
                Asked(id="d", words=Words("（Ｄ）協議体の設置・運営", "(D) The councils")),
            ),
            texts=(
                Asked(id="doing", words=Words("取組状況", "What is being done")),
                Asked(id="result", words=Words("成果・実績", "What came of it")),
                Asked(id="issue", words=Words("推進上の課題", "What stands in the way")),
            ),
        ),
    ),
)
