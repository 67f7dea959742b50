"""A book of addresses: where a 町丁目 and its doors are, and how exactly an address is known (住所録)."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from geo.base.addressed.spelling import (
    ends_name,
    part_chome,
    part_city,
    part_numbers,
    part_prefecture,
    plain_address,
    usual_city,
)
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Level = Literal["number", "block", "town"]
LEVEL_WORDS: Final[dict[Level, Words]] = {
    "number": Words("番地・号まで", "to the number"),
    "block": Words("番（街区）まで", "to the block"),
    "town": Words("町丁目まで", "to the 町丁目 (neighbourhood)"),
}
# A house number is a door, and a block of 住居表示 is some 50 m across; a 町丁目 is neither.
DOORS: Final[frozenset[Level]] = frozenset({"number", "block"})
Numbers = tuple[int, ...]
_PARCEL: Final = ("prc_num1", "prc_num2", "prc_num3")
_HOUSE: Final = ("blk_num", "rsdt_num", "rsdt_num2")


@dataclass(frozen=True, slots=True, kw_only=True)
class TownPoint:
    """A 町丁目 with a point that stands for it, degrees EPSG:4326 (町丁目の代表点)."""

    name: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLines:
    """The doors of one 町丁目, as lines that are read when somebody asks (町丁目の番地の行).

    Attributes
    ----------
    parcels
        Whether they are 地番 (parcels of land) and not 住居表示 (house numbers).
    lines
        Of a CSV, its headings first.
    """

    town: str
    parcels: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where an address is, and how exactly (住所の場所).

    Attributes
    ----------
    town
        The 町丁目 as its source writes it.
    lon, lat
        Degrees; of a `level` "town" a point that only stands for it, never a door.
    """

    level: Level
    town: str
    lon: float
    lat: float


@dataclass(frozen=True, kw_only=True, eq=False)
class AddressBook:
    """Where the addresses of one municipality are (住所録).

    Attributes
    ----------
    towns
        In any order. Of two of one name neither is taken.
    doors
        As far as a source has them.
    cities
        What the municipality is called, 千葉市中央区; an address of another is never found.
    prefecture
        "" where it is not told.
    source
        To be told where its points are used; "" for the town's own areas.
    """

    towns: tuple[TownPoint, ...]
    doors: tuple[DoorLines, ...] = ()
    cities: tuple[str, ...] = ()
    prefecture: str = ""
    source: str = ""
    _bases: dict[str, dict[int | None, TownPoint | None]] = field(default_factory=dict, repr=False)
    _lines: dict[str, list[DoorLines]] = field(default_factory=dict, repr=False)
    _read: dict[str, dict[bool, dict[Numbers, tuple[float, float]]]] = field(
        default_factory=dict, repr=False
    )

    def __post_init__(self) -> None:
        """Index the names."""
        for one in self.towns:
            base, chome = part_chome(plain_address(one.name))
            held = self._bases.setdefault(base, {})
            held[chome] = None if chome in held else one
        for lines in self.doors:
            self._lines.setdefault(_key(lines.town), []).append(lines)

    def of_list(self, addresses: Iterable[str]) -> AddressBook:
        """Return the same book; where it knows no municipality, with that of a list (一覧の市区町村で)."""
        city = "" if self.cities else usual_city(addresses)
        if not city:
            return self
        return replace(self, cities=(city,), _bases={}, _lines={}, _read={})

    def find(self, address: str) -> Hit | None:
        """Return where an address is, ``None`` where nothing says so (住所を探す).

        Examples
        --------
        >>> book = AddressBook(towns=(TownPoint(name="猫実一丁目", lon=139.9, lat=35.66),))
        >>> hit = book.find("猫実１－２－３")
        >>> hit.level, hit.town
        ('town', '猫実一丁目')
        """
        prefecture, told = part_prefecture(plain_address(address))
        if prefecture and self.prefecture not in ("", prefecture):
            return None
        inside = part_city(told, [plain_address(one) for one in self.cities])
        # 本町 may be the municipality of a list, or a 町丁目 that all of it lies in.
        found = self._find_town(inside) or self._find_town(told)
        if found is None:
            return None
        town, numbers = found
        door = self._door(town.name, numbers)
        if door is None:
            return Hit(level="town", town=town.name, lon=town.lon, lat=town.lat)
        level, (lon, lat) = door
        return Hit(level=level, town=town.name, lon=lon, lat=lat)

    def _find_town(self, told: str) -> tuple[TownPoint, Numbers] | None:
        """Return the town an address begins with, the longest name first, and the numbers after it."""
        told = told.removeprefix("字")
        for length in range(len(told), 0, -1):
            base = told[:length]
            if base not in self._bases:
                continue
            tail = told[length:].lstrip()
            part = tail.removeprefix("字")
            if part != tail and (inner := self._find_inner(base, part)):
                return inner
            if ends_name(told[length:]):
                return _of_base(self._bases[base], tail)
        return None

    def _find_inner(self, base: str, part: str) -> tuple[TownPoint, Numbers] | None:
        """Return the 小字 that follows a town's name after 字."""
        return self._find_town(base + part) if any(
            one != base and one.startswith(base) and (base + part).startswith(one)
            for one in self._bases
        ) else None  # fmt: skip

    def _door(self, town: str, numbers: Numbers) -> tuple[Level, tuple[float, float]] | None:
        if not numbers:
            return None
        houses, parcels = (self._read_doors(town).get(one, {}) for one in (False, True))
        for known in (houses, parcels):
            for length in (3, 2):
                if len(numbers) >= length and numbers[:length] in known:
                    return "number", known[numbers[:length]]
        if numbers in parcels:
            return "number", parcels[numbers]
        block = [at for key, at in houses.items() if key[0] == numbers[0]]
        if not block:
            return None
        lon, lat = (math.fsum(at[axis] for at in block) / len(block) for axis in (0, 1))
        return "block", (lon, lat)

    def _read_doors(self, town: str) -> dict[bool, dict[Numbers, tuple[float, float]]]:
        key = _key(town)
        if key not in self._read:
            known: defaultdict[bool, dict[Numbers, tuple[float, float]]] = defaultdict(dict)
            for one in self._lines.get(key, ()):
                known[one.parcels] |= dict(_each_door(one))
            self._read[key] = dict(known)
        return self._read[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Several books, asked one after the other; a door in any goes before a 町丁目 (住所録を順に)."""

    books: tuple[AddressBook, ...]

    def of_list(self, addresses: Iterable[str]) -> Books:
        """Return each book as `AddressBook.of_list` does (一覧の市区町村で)."""
        told = list(addresses)
        return Books(books=tuple(one.of_list(told) for one in self.books))

    def find(self, address: str) -> Hit | None:
        """Return where an address is, ``None`` where no book says so (住所を探す)."""
        first: Hit | None = None
        for book in self.books:
            hit = book.find(address)
            if hit is not None and hit.level in DOORS:
                return hit
            first = first or hit
        return first

    @property
    def knows_doors(self) -> bool:
        """Whether any tells more than 町丁目: where a number or a block is (番地が分かるか)."""
        return any(one.doors for one in self.books)

    @property
    def sources(self) -> tuple[str, ...]:
        """What is told of where the points are from (出典)."""
        return tuple(dict.fromkeys(one.source for one in self.books if one.source))


def _of_base(
    held: Mapping[int | None, TownPoint | None], tail: str
) -> tuple[TownPoint, Numbers] | None:
    """Return the 町丁目 of a name, told by what follows it; ``None`` where it could be two."""
    head, said, rest = tail.partition("丁目")
    if said and head.isdecimal():
        town = held.get(int(head))
        if town is None and set(held) == {None}:  # the book has no 丁目 of it: the whole
            town, rest = held[None], ""
        return None if town is None else (town, part_numbers(rest.lstrip()))
    numbers = part_numbers(tail)
    first, *more = numbers or (0,)
    of_chome, whole = held.get(first) if numbers else None, held.get(None)
    if of_chome is not None and (whole is None or len(numbers) > 2):  # noqa: PLR2004 - 丁目, 番, 号
        return of_chome, tuple(more)
    if of_chome is not None or whole is None:
        return None
    return whole, numbers


def _each_door(one: DoorLines) -> Iterable[tuple[Numbers, tuple[float, float]]]:
    heads = _PARCEL if one.parcels else _HOUSE
    for row in csv.DictReader(one.lines):
        try:
            lon, lat = float(row["lng"]), float(row["lat"])
            numbers = tuple(int(row[head]) for head in heads if row.get(head))
        except (KeyError, TypeError, ValueError):
            continue  # a number with letters, or one without a place
        if numbers and math.isfinite(lon) and math.isfinite(lat):
            yield numbers, (lon, lat)


def _key(town: str) -> str:
    base, chome = part_chome(plain_address(town))
    return base if chome is None else f"{base}{chome}丁目"
