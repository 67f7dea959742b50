"""Concerns reported upward, as 武蔵野市's coordinators do to the mayor (課題の報告).

How many at which level and how far they are, by area and kind, and each with where it stands.
"""

from geo.base.words import Words
from surveys.reports.parts.declare import Axis, Column, Counted, Listed, Number, Report

LEVEL = Column(head=Words("いまの層", "Level"), fields=("level",), width=9)
STANDING = (
    Column(head=Words("題名", "Title"), fields=("name",), width=24),
    Column(head=Words("地区", "Area"), fields=("area",), width=11),
    Column(head=Words("種類", "Kind"), fields=("service",), width=13),
    Column(head=Words("ようす", "State"), fields=("state",), width=10),
    Column(
        head=Words("経過（日・層・会議）", "History: days, levels, meetings"),
        fields=("way",),
        width=34,
    ),
    Column(
        head=Words("次にすること・だれが・いつまで", "Next, who, by when"),
        fields=("next_step", "actor", "due"),
        width=22,
    ),
    Column(head=Words("答え・結果", "Answer"), fields=("answer",), width=24),
)
_COUNT = (Number(id="count", head=Words("件数", "How many"), unit=Words("件", "")),)

REPORT = Report(
    id="concerns",
    words=Words("地域課題の報告", "concerns"),
    help=Words(
        "この期間までに出た課題を、層・地区・種類・ようすごとに。前に終わったものは入れない。",
        "Concerns raised until the last day, by level, area, kind and state, without those closed before the first.",
    ),
    order=90,
    cut="whole",
    title=Words("地域課題の報告　{first}～{last}", "Concerns, {first} to {last}"),
    by_area=True,
    parts=(
        Counted(
            id="levels",
            words=Words("層と、いまのようす", "By level and state"),
            source="concern",
            rows=Axis(head=Words("いまの層", "Level"), by="level"),
            columns=Axis(head=Words("ようす", "State"), by="state"),
            numbers=_COUNT,
            across=True,
            every=True,
        ),
        Counted(
            id="areas",
            words=Words("地区と種類", "By area and kind"),
            source="concern",
            rows=Axis(head=Words("地区", "Area"), by="area"),
            columns=Axis(head=Words("種類", "Kind"), by="service"),
            numbers=_COUNT,
            across=True,
            every=True,
        ),
        Listed(
            id="each",
            words=Words("一つずつ", "One by one"),
            source="concern",
            by="level",
            columns=(LEVEL, *STANDING),
        ),
    ),
)
