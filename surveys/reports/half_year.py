"""Visits, advice and meetings of half a year, in 武蔵野市's three lines (半年の活動件数)."""

from geo.base.words import Words
from surveys.reports.parts.declare import Axis, Counted, Line, Number, Report

REPORT = Report(
    id="half_year",
    words=Words("半年の活動件数", "half year"),
    help=Words(
        "訪問・相談・会議の件数を、4月～9月と10月～3月で数える。どの種類を数えるかは、決められる。",
        "Visits, advice and meetings by half fiscal year; which kinds count is the office's to say.",
    ),
    order=40,
    cut="half_year",
    title=Words(
        "生活支援コーディネーターの活動状況　{first}～{last}",
        "The coordinator's work, {first} to {last}",
    ),
    parts=(
        Counted(
            id="three",
            words=Words("活動状況", "What was done"),
            source="log",
            rows=Axis(
                head=Words("活動", "Work"),
                by="kind",
                mapped=True,
                lines=(
                    Line(
                        id="visits",
                        words=Words(
                            "住民主体のサロン、趣味活動、体操教室等への訪問",
                            "visits to salons, clubs and classes of residents",
                        ),
                        values=("salon_support", "salon_founding"),
                    ),
                    Line(
                        id="advice",
                        words=Words("個別の相談への対応", "advice to persons"),
                        values=("consult",),
                    ),
                    Line(
                        id="meetings",
                        words=Words(
                            "地域ケア会議等地域住民および関係機関との会議への参加",
                            "meetings with residents and bodies, care meetings among them",
                        ),
                        values=("meeting",),
                    ),
                ),
            ),
            numbers=(Number(id="count", head=Words("件数", "How many"), unit=Words("件", "")),),
            note=Words("補足", "Beside"),
            numbered=True,
            total=False,
        ),
    ),
)
