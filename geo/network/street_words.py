"""What people call the kinds of streets that OpenStreetMap tells apart (道の種類の呼び名)."""

from __future__ import annotations

from typing import Final

from geo.base.words import Words

_ROAD: Final = Words("車も通る道", "road")
_LANE: Final = Words("住宅地の道", "residential street")
_PATH: Final = Words("小道", "path")
_GONE: Final = Words("もう使われない道", "street no more in use")
STREET_WORDS: Final[dict[str, Words]] = {
    "residential": _LANE,
    "living_street": _LANE,
    "unclassified": _LANE,
    "footway": Words("歩道", "footway"),
    "pedestrian": Words("歩行者の道", "pedestrian street"),
    "steps": Words("階段", "steps"),
    "path": _PATH,
    "bridleway": _PATH,
    "corridor": _PATH,
    "cycleway": Words("自転車の道", "cycleway"),
    "track": Words("農道・林道", "track"),
    "service": Words("敷地の道", "service road"),
}

_OTHERS: Final[dict[str, Words]] = {
    **dict.fromkeys(("trunk", "primary", "secondary", "tertiary"), _ROAD),
    "motorway": Words("自動車専用道路", "motorway"),
    "construction": Words("工事中の道", "street being built"),
    "proposed": Words("計画だけの道", "street that is only planned"),
    "planned": Words("計画だけの道", "street that is only planned"),
    **dict.fromkeys(("abandoned", "disused", "razed", "demolished"), _GONE),
    **dict.fromkeys(("busway", "bus_guideway"), Words("バスだけの道", "road for buses alone")),
    "raceway": Words("競走用のコース", "race track"),
    "escape": Words("緊急退避所", "escape lane"),
    "emergency_bay": Words("非常駐車帯", "emergency bay"),
    "rest_area": Words("休憩所（高速道路）", "rest area of a motorway"),
    "services": Words("サービスエリア", "service area of a motorway"),
    "via_ferrata": Words("くさり場の登山道", "climbing path"),
    "elevator": Words("エレベーター", "lift"),
    "platform": Words("乗り場", "platform"),
    "road": Words("種別の分からない道", "street of unknown kind"),
    "": Words("種別の書かれていない道", "streets without a kind"),
}  # fmt: skip


def say_street(kind: str) -> Words:
    """Return what a kind of street is called; any other is a road (道の呼び名).

    Examples
    --------
    >>> say_street("steps").en, say_street("tertiary_link").en
    ('steps', 'road')
    """
    return STREET_WORDS.get(kind, _ROAD)


def say_kind(kind: str) -> Words:
    """Return what any kind of way is called, also one nobody walks; one without a name is quoted (種別の呼び名).

    Examples
    --------
    >>> say_kind("motorway_link").ja, say_kind("secondary").en, say_kind("cart_way").ja
    ('自動車専用道路', 'road', '種別「cart_way」の道')
    """
    kind = kind.removesuffix("_link")
    known = STREET_WORDS.get(kind) or _OTHERS.get(kind)
    return known or Words(f"種別「{kind}」の道", f"streets of the kind “{kind}”")
