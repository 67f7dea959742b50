"""What people need beside what there is, by 小坂町's eight kinds and by area (ニーズと資源).

The first table is that of 千葉市's workshop, resources beside concerns; the others count each by area.
"""

from geo.base.words import Words
from surveys.reports.parts.declare import Axis, Counted, Number, Report

_KINDS = Axis(head=Words("種類", "Kind"), by="service")
_AREAS = Axis(head=Words("地区", "Area"), by="area")
_NEEDS = Number(id="needs", head=Words("課題の数", "Concerns"), unit=Words("件", ""), source="need")
_HAVE = Number(
    id="resources", head=Words("資源の数", "Resources"), unit=Words("件", ""), source="resource"
)

REPORT = Report(
    id="needs_resources",
    words=Words("ニーズと資源", "needs and resources"),
    help=Words(
        "地域資源と地域課題を同じ8つの種類で並べる。解決・見送りの課題は入れない。",
        "Resources beside concerns in the same eight kinds; concerns that are solved or dropped are left out.",
    ),
    order=80,
    cut="whole",
    title=Words("地域資源と地域課題　{last}", "Resources and concerns on {last}"),
    by_area=True,
    parts=(
        Counted(
            id="both",
            words=Words("種類ごとの、資源と課題", "Resources and concerns by kind"),
            source="need",
            rows=_KINDS,
            numbers=(_HAVE, _NEEDS),
            names={
                "resources": Words("地域資源", "Resources"),
                "needs": Words("地域課題", "Concerns"),
            },
            every=True,
        ),
        Counted(
            id="needs",
            words=Words("地区ごとの課題", "Concerns by area"),
            source="need",
            rows=_AREAS,
            columns=_KINDS,
            numbers=(_NEEDS,),
            every=True,
            across=True,
        ),
        Counted(
            id="resources",
            words=Words("地区ごとの資源", "Resources by area"),
            source="resource",
            rows=_AREAS,
            columns=_KINDS,
            numbers=(_HAVE,),
            every=True,
            across=True,
        ),
    ),
)
