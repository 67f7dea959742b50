"""Concerns that came as far as the city: what its mayor is told, and what came back from there (市への報告).

As 武蔵野市's coordinators propose what several areas have in common once a year.
"""

from geo.base.words import Words
from surveys.reports.concerns import STANDING
from surveys.reports.parts.declare import Axis, Counted, Listed, Number, Report

_CITY = {"been_at": ("city",)}

REPORT = Report(
    id="concerns_city",
    words=Words("市へ上げた課題", "concerns sent up to the city"),
    help=Words(
        "地域課題のうち、「市」の層まで上がったものだけ（答えが返り、下の層へもどったものも）を、地区・種類ごとと、一つずつ。"
        "市長や市の会議に出す紙に。",
        "Of the concerns only those that came as far as the city, also where its answer came back down, by area and"
        " kind and one by one, as a paper for the mayor or the city's meeting.",
    ),
    order=91,
    cut="whole",
    title=Words(
        "市へ上げた地域課題　{first}～{last}", "Concerns sent up to the city, {first} to {last}"
    ),
    by_area=True,
    parts=(
        Counted(
            id="areas",
            words=Words("地区と種類", "By area and kind"),
            source="concern",
            rows=Axis(head=Words("地区", "Area"), by="area"),
            columns=Axis(head=Words("種類", "Kind"), by="service"),
            numbers=(Number(id="count", head=Words("件数", "How many"), unit=Words("件", "")),),
            across=True,
            every=True,
            where=_CITY,
        ),
        Listed(
            id="each",
            words=Words("一つずつ", "One by one"),
            source="concern",
            columns=STANDING,
            where=_CITY,
        ),
    ),
)
