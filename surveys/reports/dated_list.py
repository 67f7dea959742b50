"""What was done, day by day, in 池田町's layout (日程ごとの一覧).

Its four columns are those of the list the municipality printed; days and numbers stand as they were said.
"""

from geo.base.words import Words
from surveys.reports.parts.declare import Column, Listed, Report

REPORT = Report(
    id="dated_list",
    words=Words("日程ごとの一覧", "dated list"),
    help=Words(
        "会議や説明会を日の順に。約20名、25日までのように、書いたままの日と人数で出す。",
        "Meetings and talks in the order of their days, with days and numbers as they were said.",
    ),
    order=20,
    cut="whole",
    title=Words("活動の一覧　{first}～{last}", "What was done, {first} to {last}"),
    parts=(
        Listed(
            id="entries",
            words=Words("活動記録", "entries"),
            source="log",
            columns=(
                Column(head=Words("日程", "Day"), fields=("on",), width=20),
                Column(head=Words("場面", "Event or meeting"), fields=("name",), width=40),
                Column(head=Words("説明内容", "What it was about"), fields=("note",), width=60),
                Column(head=Words("参加人数", "People"), fields=("people_count",), width=12),
            ),
            without=("called_off",),
            with_year=True,
        ),
    ),
)
