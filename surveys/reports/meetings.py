"""Meetings of residents by area and how many came, as 豊岡市 counted them (会議の回数と参加者数)."""

from geo.base.words import Words
from surveys.reports.parts.declare import Axis, Counted, Line, Number, Report

REPORT = Report(
    id="meetings",
    words=Words("会議・研修会の回数と参加者数", "meetings"),
    help=Words(
        "地区ごとに、何回ひらいて何人が来たか。およその数と、人数のない回は、そう書き添える。",
        "How often and how many came, by area; numbers that are approximate, and meetings without one, are marked.",
    ),
    order=60,
    cut="whole",
    title=Words("会議・研修会の開催　{first}～{last}", "Meetings held, {first} to {last}"),
    by_area=True,
    parts=(
        Counted(
            id="areas",
            words=Words("開催回数・参加者数", "How often, how many"),
            source="log",
            rows=Axis(head=Words("地区", "Area"), by="area"),
            numbers=(
                Number(id="count", head=Words("開催回数", "Meetings"), unit=Words("回", "")),
                Number(
                    id="people",
                    head=Words("参加者数", "People"),
                    measure="people",
                    unit=Words("人", ""),
                ),
            ),
            only=Line(id="held", words=Words("数える種類", "what counts"), values=("meeting",)),
            only_by="kind",
            sentence=Words(
                "{rows}地区で {count}回、参加者 計{people}人",
                "{count} meetings in {rows} areas, {people} people",
            ),
        ),
    ),
)
