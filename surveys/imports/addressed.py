"""Rows without coordinates, placed by their address as far as a door is known (住所で置く)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import shapely

from geo.base.addressed.book import DOORS, LEVEL_WORDS
from geo.base.words import Words
from surveys.record.history import PLACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.addressed.book import Books, Hit
    from surveys.declaration.record_type import RecordType
    from surveys.record.portable import Incoming

_ADDRESS: Final = "address"
_SHOWN: Final = 5
_WITH_DOORS: Final = Words("住所が町丁目までしか分からない所", "known to their 町丁目 alone")
# The address may be whole: what is missing is where its number lies.
_WITHOUT_DOORS: Final = Words(
    "この街に番地の場所のデータ（住所のファイル）がないので、町丁目までしか分からない所",
    "known to their 町丁目 alone, as the town has no data (a file of addresses) of where numbers are",
)


def place_by_address(
    type_: RecordType, rows: Sequence[Incoming], books: Books
) -> tuple[tuple[Incoming, ...], tuple[Words, ...]]:
    """Return rows with those placed whose address is known to a door, and what is told (住所で置く).

    A place that a file tells stays. An address known to the 町丁目 alone gives no place: a point
    that only stands for some hundred metres must never be walked to. Such rows are told by name,
    and their place waits for a tap on the map.

    Notes
    -----
    A place so given is inferred: it never moves a site that has one (`surveys.imports.row`).
    """
    open_ = [one for one in rows if _is_open(type_, one)]
    if not open_:
        return tuple(rows), ()
    known = books.of_list(str(one.site.answers[_ADDRESS]) for one in open_)
    hits = {id(one): known.find(str(one.site.answers[_ADDRESS])) for one in open_}
    out = tuple(_placed(one, hits.get(id(one))) for one in rows)
    said = _tell(open_, [hits[id(one)] for one in open_], books.sources, doors=books.knows_doors)
    return out, tuple(said)


def _is_open(type_: RecordType, one: Incoming) -> bool:
    place = one.site.place
    lacks = place is None or place.is_empty
    return lacks and "point" in type_.shapes and bool(one.site.answers.get(_ADDRESS))


def _placed(one: Incoming, hit: Hit | None) -> Incoming:
    if hit is None:
        return one
    level = LEVEL_WORDS[hit.level].ja
    if hit.level not in DOORS:
        return replace(one, place_note=f"住所は{level}（{hit.town}）")
    origins = {**one.site.origins, PLACE: {**one.site.origins.get(PLACE, {}), "sure": "inferred"}}
    site = replace(one.site, place=shapely.Point(hit.lon, hit.lat), origins=origins)
    return replace(
        one, site=site, given=one.given | {PLACE}, place_note=f"住所から置いた場所（{level}）"
    )


def _tell(
    rows: Sequence[Incoming], hits: Sequence[Hit | None], sources: Sequence[str], *, doors: bool
) -> list[Words]:
    levels = Counter(hit.level for hit in hits if hit is not None)
    placed = [level for level in LEVEL_WORDS if level in DOORS and levels[level]]
    said = []
    if placed:
        count = sum(levels[one] for one in placed)
        ja = "、".join(f"{LEVEL_WORDS[one].ja} {levels[one]}" for one in placed)
        en = ", ".join(f"{LEVEL_WORDS[one].en}: {levels[one]}" for one in placed)
        said.append(
            Words(
                f"住所から場所を置いた所 {count}（{ja}）。「推定」と記します",
                f"{count} placed by their address ({en}), marked as inferred",
            )
        )
    near = [(one, hit.town) for one, hit in zip(rows, hits, strict=True) if hit and hit.level == "town"]  # fmt: skip
    if near:
        named = _name([(one, town) for one, town in near])
        why = _WITHOUT_DOORS if not doors else _WITH_DOORS
        said.append(
            Words(
                f"{why.ja} {len(near)}：場所は置かず、距離の数に入れません。"
                f"取りこんだあと、「一覧」の「場所がまだの所だけ」から地図を押して決めてください（{named.ja}）",
                f"{len(near)} {why.en}: no place is given and no distance counts them;"
                f" afterwards tap the map, from “Only those without a place yet” in the list ({named.en})",
            )
        )
    lost = [(one, "") for one, hit in zip(rows, hits, strict=True) if hit is None]
    if lost:
        named = _name(lost)
        said.append(
            Words(
                f"住所から場所が分からない所 {len(lost)}（{named.ja}）",
                f"{len(lost)} whose address is not known ({named.en})",
            )
        )
    if sources and (placed or near):
        told = "、".join(sources)
        said.append(Words(f"住所の場所の出典：{told}", f"addresses are from {told}"))
    return said


def _name(rows: Sequence[tuple[Incoming, str]]) -> Words:
    shown = [(one.row, str(one.site.answers.get("name") or ""), town) for one, town in rows]
    rest = len(shown) - _SHOWN
    ja = [f"{row}行目「{name}」{town}" for row, name, town in shown[:_SHOWN]]
    en = [f"row {row} “{name}” {town}".rstrip() for row, name, town in shown[:_SHOWN]]
    return Words(
        "、".join(ja) + (f" ほか {rest}" if rest > 0 else ""),
        ", ".join(en) + (f", {rest} more" if rest > 0 else ""),
    )
