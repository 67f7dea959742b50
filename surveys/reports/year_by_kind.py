"""A year's entries by kind, in 大田原市's layout (年間活動報告).

Number, kind, how many, and what was done above all; the kinds are the log's own.
"""

from geo.base.words import Words
from surveys.reports.parts.declare import Axis, Counted, Number, Report

REPORT = Report(
    id="year_by_kind",
    words=Words("年間の活動件数（種類ごと）", "year by kind"),
    help=Words(
        "年度（4月～3月）の件数を、活動の種類ごとに数える。主な内容は、報告に書く。",
        "How many of each kind in a fiscal year, April to March; what was done above all is written beside.",
    ),
    order=30,
    cut="year",
    title=Words("{year} 生活支援コーディネーター活動報告", "Coordinator's work in {year}"),
    parts=(
        Counted(
            id="kinds",
            words=Words("活動の内容", "What was done"),
            source="log",
            # 大田原's ten are printed also where nothing was done.
            rows=Axis(head=Words("活動種別", "Kind"), by="kind", spare=("consult", "other")),
            numbers=(Number(id="count", head=Words("活動件数", "How many"), unit=Words("件", "")),),
            note=Words("主な内容", "Above all"),
            numbered=True,
        ),
    ),
)
