"""A walk: an outing with its list of places (踏査).

A walk is kept as a site is: its list and its line have versions too, and two people who plan one
walk are told of it in the same way. It is no record type: it has no sign on the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from surveys.declaration.common_fields import FINDINGS
from surveys.declaration.field import Choice, Field, Item
from surveys.declaration.record_type import Marker, RecordType
from surveys.record.history import ACTIVE, STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from surveys.record.history import Version

# What keeps a place from being seen. That there was no time is none: such a place is still to see.
WHY_UNSEEN: Final = (
    Choice("shut", Words("閉まっていて、入れなかった", "it was shut")),
    Choice("no_way", Words("通れなかった", "the way was blocked")),
    Choice("unsafe", Words("あぶなかった", "it was not safe")),
    Choice("not_wanted", Words("ことわられた", "they asked not to")),
    Choice("other", Words("そのほか", "something else")),
)

WALK: Final = RecordType(
    id="walk",
    words=Words("踏査", "walk"),
    sheet=Words("踏査の記録", "Walk sheet"),
    marker=Marker(colour="#264A82", shape="M16 3a13 13 0 1 1 0 26a13 13 0 1 1 0-26z"),
    walking_m=None,
    walking_source=Words("距離の目安はない", "no walking range"),
    order=1000,
    shapes=("line",),
    pin_needed=False,
    fresh_months=1200,
    fields=(
        Field(id="name", words=Words("踏査の名前", "Name"), kind="text", first=True),
        Field(id="on", words=Words("日", "Date"), kind="date", first=True),
        Field(
            id="surveyors",
            words=Words("歩く人（役職）", "Surveyors (roles)"),
            kind="text",
            first=True,
            help=Words("名前ではなく役職を書きます。", "Write roles, not names."),
        ),
        Field(
            id="weather",
            words=Words("天気", "Weather"),
            kind="choice",
            first=True,
            choices=(
                Choice("sunny", Words("晴れ", "sunny")),
                Choice("cloudy", Words("くもり", "cloudy")),
                Choice("rain", Words("雨", "rain")),
                Choice("snow", Words("雪", "snow")),
            ),
        ),
        Field(id="area", words=Words("地区", "Area"), kind="text", first=True),
        Field(id="places", words=Words("行く所", "Places to visit"), kind="sites"),
        Field(
            id="unseen",
            words=Words("見られなかった所", "Places that could not be seen"),
            kind="items",
            item=Item(
                words=Words("見られなかった所", "place that could not be seen"),
                counter=Words("か所", ""),
                marker="concern",
                fields=(
                    Field(id="place", words=Words("所", "Place"), kind="sites"),
                    Field(
                        id="why", words=Words("わけ", "Reason"), kind="choice", choices=WHY_UNSEEN
                    ),
                    Field(id="note", words=Words("くわしく", "Details"), kind="text"),
                ),
            ),
        ),
        Field(
            id="ended_on",
            words=Words("見ていない所を残しておわった日", "Ended with places left on"),
            kind="date",
        ),
        FINDINGS,
    ),
)


def places_seen(places: Sequence[str], versions: Iterable[Version]) -> dict[str, str]:
    """Return what a walk came to at each of its places (見た所・見なかった所).

    Parameters
    ----------
    places
        The ids of the sites on the walk's list.
    versions
        The versions that belong to the walk.

    Returns
    -------
    dict
        By id, in the list's order and then those added on the way: ``seen``, ``absent``
        (visited, and not there), ``closed`` (found closed, removed or paused) or ``missed``.
    """
    out = dict.fromkeys(places, "missed")
    for version in sorted(versions, key=lambda one: one.seq):
        if version.type == WALK.id:
            continue  # what is said of the walk itself
        if version.kind == "absent":
            out[version.site_id] = "absent"
        elif version.kind in ("visit", "confirm", "retire"):
            status = version.patch.get(STATUS) or ACTIVE
            out[version.site_id] = "seen" if status.get("is") == ACTIVE["is"] else "closed"
    return out
