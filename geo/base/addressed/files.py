"""Files of addresses: Geolonia's old and new ones, 位置参照情報, read into a book (住所のファイル)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.addressed.book import AddressBook, Books, DoorLines, TownPoint
from geo.base.problems import InputError
from geo.base.text import tidy, visible
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GEOLONIA: Final = "Geolonia 住所データ（CC BY 4.0）"
REFERENCE: Final = "位置参照情報（国土交通省）"
ENDINGS: Final = (".json", ".csv", ".txt")
_END: Final = "=END="
_SECTION: Final = re.compile(r"^(住居表示|地番),([^,]+)$")
_CITY_FILE: Final = re.compile(r"(?:^|[/\\])([^/\\]*?[市区町村])(?:-住居表示|-地番)?\.\w+$")
_TOWNS: Final = ("大字町丁目名", "大字・丁目名", "大字丁目名")
_KOAZA: Final = "小字・通称名"
_BLOCK: Final = "街区符号・地番"
_SHOWN: Final = 5
# Of a file that is none of these: what is taken.
_KNOWN: Final = Words(
    "Geolonia の住所データ（latest.csv の1市区町村分、市区町村の .json、-住居表示.txt、-地番.txt）か、"
    "国土交通省の位置参照情報（CSV）を渡してください",
    "give Geolonia's data of addresses (the municipality's rows of latest.csv, its .json, its"
    " -住居表示.txt or -地番.txt) or 位置参照情報 (CSV)",
)


def read_address_files(
    files: Iterable[tuple[str, bytes]], border: shapely.Geometry | None = None
) -> Books:
    """Return the books of some files; the files of one municipality are one (住所のファイルを読む).

    Parameters
    ----------
    files
        Names and bytes. A municipality's name is told by the file, else by its name.
    border
        The town in degrees: of a file of several municipalities it tells which is meant.

    Raises
    ------
    InputError
        A file that is none of addresses, cannot be read, or holds several municipalities none of
        which lies in the town.
    """
    found = [book for name, data in files for book in _read_one(name, data, border)]
    return Books(books=_join(found))


def _read_one(name: str, data: bytes, border: shapely.Geometry | None) -> list[AddressBook]:
    text = _decode(name, data)
    cities = _city_of_file(name)
    if text.lstrip()[:1] in ("[", "{"):
        return [AddressBook(towns=tuple(_of_json(name, text)), cities=cities, source=GEOLONIA)]
    if _END in text:
        doors = tuple(_each_section(text))
        return [AddressBook(towns=(), doors=doors, cities=cities, source=GEOLONIA)]
    return _of_csv(name, text, border)


def _join(books: Sequence[AddressBook]) -> tuple[AddressBook, ...]:
    """Return one book a municipality: towns of one file, doors of another."""
    by_city: defaultdict[tuple[str, ...], list[AddressBook]] = defaultdict(list)
    for one in books:
        by_city[one.cities].append(one)
    return tuple(
        AddressBook(
            towns=tuple(dict.fromkeys(town for one in held for town in one.towns))
            or tuple(_towns_of_doors(held)),
            doors=tuple(lines for one in held for lines in one.doors),
            cities=cities,
            prefecture=next((one.prefecture for one in held if one.prefecture), ""),
            source="、".join(dict.fromkeys(one.source for one in held)),
        )
        for cities, held in by_city.items()
    )


def _towns_of_doors(books: Iterable[AddressBook]) -> Iterator[TownPoint]:
    """Yield the 町丁目 of files of doors alone, at the first door of each."""
    known = set()
    for lines in (one for book in books for one in book.doors):
        row = next(csv.DictReader(lines.lines), None)
        if lines.town in known or row is None:
            continue
        try:
            at = float(row["lng"]), float(row["lat"])
        except (KeyError, TypeError, ValueError):
            continue
        known.add(lines.town)
        yield TownPoint(name=lines.town, lon=at[0], lat=at[1])


def _decode(name: str, data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refuse(name)


def _refuse(name: str) -> InputError:
    shown = visible(name)
    return InputError(
        Words(
            f"{shown} は住所のファイルとして読めません。{_KNOWN.ja}",
            f"{shown} cannot be read as a file of addresses; {_KNOWN.en}",
        )
    )


def _city_of_file(name: str) -> tuple[str, ...]:
    found = _CITY_FILE.search(name)
    return (found[1],) if found else ()


def _of_json(name: str, text: str) -> Iterator[TownPoint]:
    """Yield the 町丁目 of Geolonia's JSON, the old (lat, lng) or the new ([lng, lat])."""
    try:
        told = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        raise _refuse(name) from None
    listed = told.get("data") if isinstance(told, dict) else told
    count = 0
    for one in listed if isinstance(listed, list) else ():
        town = _json_town(one) if isinstance(one, dict) else None
        if town is not None:
            count += 1
            yield town
    if not count:
        raise _refuse(name)


def _json_town(one: dict[str, Any]) -> TownPoint | None:
    old = "town" in one
    parts = ("town", "koaza") if old else ("oaza_cho", "chome", "koaza")
    name = "".join(str(one.get(part) or "") for part in parts)
    point = one.get("point")
    at = (one.get("lng"), one.get("lat")) if old else point
    return _town(name, at[0], at[1]) if isinstance(at, list | tuple) and len(at) == 2 else None  # noqa: PLR2004 - lon, lat


def _town(name: str, lon: object, lat: object) -> TownPoint | None:
    try:
        east, north = float(str(lon)), float(str(lat))
    except ValueError:
        return None
    good = -180 <= east <= 180 and -90 <= north <= 90  # noqa: PLR2004 - degrees; NaN is not
    return TownPoint(name=tidy(name), lon=east, lat=north) if name and good else None


def _each_section(text: str) -> Iterator[DoorLines]:
    """Yield the doors of each 町丁目 of ``-住居表示.txt`` or ``-地番.txt``, unread."""
    town, parcels, lines = "", False, list[str]()
    for line in text.partition(_END)[2].splitlines():
        head = _SECTION.match(line.strip())
        if head is None:
            lines += [line] if line.strip() else []
            continue
        if lines and town:
            yield DoorLines(town=town, parcels=parcels, lines=tuple(lines))
        town, parcels, lines = head[2], head[1] == "地番", []
    if lines and town:
        yield DoorLines(town=town, parcels=parcels, lines=tuple(lines))


def _of_csv(name: str, text: str, border: shapely.Geometry | None) -> list[AddressBook]:
    reader = csv.DictReader(io.StringIO(text))
    heads = [tidy(one) for one in reader.fieldnames or ()]
    reader.fieldnames = heads
    town_of = next((one for one in _TOWNS if one in heads), None)
    if town_of is None or not {"緯度", "経度"} <= set(heads):
        raise _refuse(name)
    towns: defaultdict[tuple[str, str], dict[str, TownPoint]] = defaultdict(dict)
    blocks: defaultdict[tuple[str, str], defaultdict[str, list[str]]] = defaultdict(
        lambda: defaultdict(lambda: ["blk_num,lng,lat"])
    )
    try:
        for row in reader:
            told = (row.get(town_of) or "") + (row.get(_KOAZA) or "")
            town = _town(told, row.get("経度"), row.get("緯度"))
            if town is None:
                continue
            city = (row.get("都道府県名") or "", row.get("市区町村名") or "")
            towns[city].setdefault(town.name, town)
            if number := (row.get(_BLOCK) or "").strip():
                blocks[city][town.name].append(f"{number},{town.lon},{town.lat}")
    except csv.Error:
        raise _refuse(name) from None
    if not towns:
        raise _refuse(name)
    city = _choose(name, towns, border)
    return [
        AddressBook(
            towns=tuple(towns[city].values()),
            doors=tuple(
                DoorLines(town=town, parcels=False, lines=tuple(lines))
                for town, lines in blocks[city].items()
            ),
            cities=(city[1],) if city[1] else (),
            prefecture=city[0],
            source=REFERENCE if _BLOCK in heads else GEOLONIA if _KOAZA in heads else REFERENCE,
        )
    ]


def _choose(
    name: str,
    towns: dict[tuple[str, str], dict[str, TownPoint]],
    border: shapely.Geometry | None,
) -> tuple[str, str]:
    """Return the municipality of a file that is meant: the only one, or that of the town."""
    if len(towns) == 1:
        return next(iter(towns))
    inside = {} if border is None else {city: _inside(held, border) for city, held in towns.items()}
    best = max(inside, key=inside.__getitem__, default=None)
    if best is not None and inside[best]:
        return best
    listed = "、".join("".join(city) for city in list(towns)[:_SHOWN])
    raise InputError(
        Words(
            f"{visible(name)} には{len(towns)}市区町村あり（{visible(listed)} など）、この街のものがありません",
            f"{visible(name)} holds {len(towns)} municipalities ({visible(listed)} …), none of them in"
            " this town",
        )
    )


def _inside(held: dict[str, TownPoint], border: shapely.Geometry) -> int:
    lon, lat = ([getattr(one, axis) for one in held.values()] for axis in ("lon", "lat"))
    return int(shapely.contains_xy(border, lon, lat).sum())
