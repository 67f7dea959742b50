"""What people call the kinds of streets that OpenStreetMap tells apart (道の種類の呼び名)."""

from __future__ import annotations

from typing import Final

from geo.base.words import Words

_ROAD: Final = Words("車も通る道", "road")
_LANE: Final = Words("住宅地の道", "residential street")
_PATH: Final = Words("小道", "path")
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


def say_street(kind: str) -> Words:
    """Return what a kind of street is called; any other is a road (道の呼び名).

    Examples
    --------
    >>> say_street("steps").en, say_street("tertiary_link").en
    ('steps', 'road')
    """
    return STREET_WORDS.get(kind, _ROAD)
