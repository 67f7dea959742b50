"""The table ``addresses.toml``, read and checked (取り寄せる先の表)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args
from urllib.parse import quote, urlsplit

from geo.base.prefectures import PREFECTURES
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.where.declared import FILE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.base.municipal.listed import Listed
    from geo.sources.where.declared import FileKind, Place

Way = Literal["file", "overpass", "tiles"]

TABLE: Final = Path(__file__).with_name("addresses.toml")
_KEYS: Final = ("place", "way", "url", "file", "hosts", "date", "other", "column", "most", "zoom")
_MANNER: Final = ("pause_s", "tries", "first_wait_s", "longest_wait_s", "timeout_s")
_MARKS: Final = frozenset({"prefecture", "city", "number", "code", "region", "unit"})
_OF_TILE: Final = frozenset({"z", "x", "y"})
_FILE: Final = re.compile(r"[A-Za-z0-9{][A-Za-z0-9._{}-]*")
_SHA256: Final = re.compile("[0-9a-f]{64}")
_KINDS: Final = {place.id: (kind, place) for kind in FILE_KINDS.values() for place in kind.places}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How servers are asked (たずね方). All times are seconds.

    Attributes
    ----------
    pause_s
        Between two requests.
    tries
        Failures in a row, without a byte more, after which a file is given up.
    first_wait_s
        After the first failure; doubled each time.
    longest_wait_s
        A server that asks for more is not asked again in this run.
    timeout_s
        Without a byte for so long the line counts as cut.
    """

    pause_s: float
    tries: int
    first_wait_s: float
    longest_wait_s: float
    timeout_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One entry of the table (取り寄せる先).

    Attributes
    ----------
    kind, place
        Of ``where.toml``: what the file is, and where a person finds it; terms and credit.
    way
        One file; OpenStreetMap around the town by Overpass; or tiles of heights.
    url, file
        With marks such as ``{code}`` (`fill`); of tiles ``{z}``, ``{x}``, ``{y}``, too.
    hosts
        The servers that may be asked, as in an address.
    date
        The data's day, YYYY-MM-DD; "" for the day it is fetched.
    other
        Whether it is fetched only when asked for.
    column
        Of areas: the column with their names.
    most
        Not fetched beyond that: km² of the town's extent, or tiles; 0 for no bound.
    sha256
        Known fingerprints by file name.
    """

    kind: FileKind
    place: Place
    way: Way
    url: str
    file: str
    hosts: tuple[str, ...]
    date: str
    other: bool
    column: str
    most: int
    zoom: int
    sha256: Mapping[str, str]

    @property
    def id(self) -> str:
        """The place's (id)."""
        return self.place.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The whole table (取り寄せる先の表).

    Attributes
    ----------
    regions
        Of Geofabrik, by prefecture.
    plain_hosts
        Host and port that may be asked without encryption: of a test's own server, else none.
    """

    manner: Manner
    addresses: tuple[Address, ...]
    regions: Mapping[str, str]
    plain_hosts: frozenset[str] = frozenset()


def read_table(text: str, *, plain_hosts: frozenset[str] = frozenset()) -> Table:
    """Read the table (表を読む).

    Raises
    ------
    ValueError
        When a key is missing or unknown, a place is none of ``where.toml``, an address is not
        https or of a server that is not in its ``hosts``, a mark is not known, a file's name
        could leave its folder, or a prefecture has no region.
    """
    told = tomllib.loads(text)
    manner, regions = told["manner"], told["regions"]
    _check_keys("manner", manner, _MANNER)
    by_prefecture = {one: region for region, ones in regions.items() for one in ones}
    if set(by_prefecture) != set(PREFECTURES):
        raise ValueError(f"regions: {', '.join(sorted(set(by_prefecture) ^ set(PREFECTURES)))}")
    return Table(
        manner=Manner(**manner), regions=by_prefecture, plain_hosts=plain_hosts,
        addresses=tuple(_address(one, plain_hosts) for one in told["address"]),
    )  # fmt: skip


def fill(text: str, city: Listed, table: Table, *, in_url: bool = False) -> str:
    """Return an address or a name with a municipality's own parts (市区町村を入れる).

    Examples
    --------
    >>> from geo.base.municipal.listed import municipality_of
    >>> fill("{number}/{code}/{unit}/{region}", municipality_of("12227"), ADDRESSES)
    '12/12227/12227/kanto'
    >>> fill("{unit}.zip", municipality_of("12100"), ADDRESSES)  # its wards have files of their own
    '12.zip'
    """
    own = {
        "prefecture": city.prefecture, "city": city.name, "number": city.number, "code": city.code,
        "unit": city.number if city.wards else city.code, "region": table.regions[city.prefecture],
    }  # fmt: skip
    for mark, value in own.items():
        text = text.replace(f"{{{mark}}}", quote(value) if in_url else value)
    return text


def wanted_of(
    city: Listed, table: Table, *, kinds: Iterable[str], by: Iterable[str] = ()
) -> tuple[Address, ...]:
    """Return the entries of the table to be asked for a municipality, its own parts filled in (取り寄せる先).

    Raises
    ------
    InputError
        When a place of `by` is not in the table.
    """
    chosen, asked = set(kinds), list(by)
    known = {one.id: one for one in table.addresses}
    for one in asked:
        if one not in known:
            listed = "、".join(known)
            raise InputError(
                Words(
                    f"取り寄せる先に「{one}」はありません。あるもの: {listed}",
                    f"there is no place {one!r} to fetch from; there are {listed}",
                )
            )
    instead = {known[one].kind.id for one in asked}
    return tuple(
        replace(
            one, url=fill(one.url, city, table, in_url=True), file=fill(one.file, city, table)
        )
        for one in table.addresses
        if one.kind.id in chosen
        and (one.id in asked if one.kind.id in instead else not one.other)
    )  # fmt: skip


def may_ask(url: str, hosts: tuple[str, ...], plain_hosts: frozenset[str]) -> bool:
    """Say whether an address may be asked: https, and a server that is known (たずねてよい所か).

    Examples
    --------
    >>> may_ask("https://a.go.jp/x", ("a.go.jp",), frozenset())
    True
    >>> [may_ask(one, ("a.go.jp",), frozenset()) for one in ("http://a.go.jp/x", "https://b.jp/")]
    [False, False]
    """
    parts = urlsplit(url)
    if parts.username or parts.password:
        return False
    if parts.scheme == "http":
        return parts.netloc in plain_hosts
    return parts.scheme == "https" and parts.netloc.lower() in hosts


def _address(told: dict[str, Any], plain_hosts: frozenset[str]) -> Address:
    _check_keys(told.get("place", "?"), {k: v for k, v in told.items() if k != "sha256"}, _KEYS)
    id_, way, url, hosts = told["place"], told["way"], told["url"], tuple(told["hosts"])
    if id_ not in _KINDS:
        raise ValueError(f"{id_} is no place of where.toml")
    if way not in get_args(Way):
        raise ValueError(f"{id_}: way {way!r} is none of {', '.join(get_args(Way))}")
    if not may_ask(url, hosts, plain_hosts):
        raise ValueError(f"{id_}: url {url!r} is not https, or its server is not among hosts")
    marks = set(re.findall(r"\{(\w*)\}", url + told["file"]))
    strange = marks - _MARKS - (_OF_TILE if way == "tiles" else frozenset())
    if strange or not _FILE.fullmatch(told["file"]):
        raise ValueError(f"{id_}: {', '.join(sorted(strange)) or told['file']} is not known here")
    prints = told.get("sha256", {})
    if wrong := [name for name, value in prints.items() if not _SHA256.fullmatch(value)]:
        raise ValueError(f"{id_}: sha256 of {wrong[0]} is not 64 digits")
    kind, place = _KINDS[id_]
    return Address(
        kind=kind, place=place, way=way, url=url, file=told["file"], hosts=hosts,
        date=told["date"], other=told["other"], column=told["column"], most=told["most"],
        zoom=told["zoom"], sha256=prints,
    )  # fmt: skip


def _check_keys(id_: str, told: Mapping[str, Any], known: tuple[str, ...]) -> None:
    if wrong := set(told) ^ set(known):
        raise ValueError(f"{id_}: {', '.join(sorted(wrong))} missing or unknown")


ADDRESSES: Final = read_table(TABLE.read_text(encoding="utf-8"))
