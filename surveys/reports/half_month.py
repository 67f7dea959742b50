"""The half month of a coordinator, in 武蔵野市's layout (活動記録フォーム).

Its ten columns and its title are those of the form the municipality printed; 16 to 31 is one sheet.
"""

from geo.base.words import Words
from surveys.reports.parts.declare import Column, Listed, Report

REPORT = Report(
    id="half_month",
    words=Words("活動記録（半月）", "half month of the log"),
    help=Words(
        "1日～15日と16日～末日を1枚ずつ。日ごとの記録を、そのまま渡す。",
        "1 to 15 and 16 to the month's end, a sheet each: the days' entries as they are.",
    ),
    order=10,
    cut="half_month",
    title=Words(
        "コーディネーター活動記録　{first}～{last}", "Coordinator's log, {first} to {last}"
    ),
    parts=(
        Listed(
            id="entries",
            words=Words("活動記録", "entries"),
            source="log",
            columns=(
                Column(head=Words("日程", "Day"), fields=("on",), width=11),
                Column(
                    head=Words("対応時間（分）", "Minutes"),
                    fields=("spent_min", "time_text"),
                    width=7,
                ),
                Column(head=Words("エリア", "Area"), fields=("area",), width=9),
                Column(head=Words("相手方", "With whom"), fields=("partner",), width=14),
                Column(
                    head=Words("事業・会議名等", "Event or meeting"), fields=("name",), width=15
                ),
                Column(
                    head=Words("経過・内容・主な事柄", "What happened"), fields=("note",), width=40
                ),
                Column(
                    head=Words("コーディネーターの働きかけ（かかわり）", "What was done"),
                    fields=("action",),
                    width=34,
                ),
                Column(
                    head=Words("コーディネーターの思い・気づき・コメント等", "Thoughts"),
                    fields=("thought",),
                    width=28,
                ),
                Column(
                    head=Words("次回のアプローチ", "Next step"), fields=("next_step",), width=18
                ),
                Column(head=Words("その他（地域課題他）", "Other"), fields=("issue",), width=18),
            ),
            without=("called_off",),
        ),
    ),
)
