"""The table ``where.toml``, read and checked (資料のありかの表)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geo.base.prefectures import PREFECTURES
from geo.base.registry import by_id
from geo.base.words import Lang, Words
from geo.sources.roles import ROLES
from geo.tables.tables import SITE_KINDS

TABLE: Final = Path(__file__).with_name("where.toml")
_PLACE: Final = ("id", "words", "page", "choose", "file", "licence", "credit", "note")
_KIND: Final = ("id", "role", "sites", "page", "words", "use", "takes", "without", "place")
_UNKNOWN: Final = (
    ("{prefecture}", Words("自分の都道府県", "your prefecture")),
    ("{city}", Words("自分の市区町村", "your city")),
    ("{number}", Words("〔都道府県番号〕", "〔都道府県番号〕")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lies:
    """Where a town lies, as far as it is known (街のある所).

    Attributes
    ----------
    prefecture, city
        Their names; "" where they are not known.
    """

    prefecture: str = ""
    city: str = ""

    def fill(self, text: str, lang: Lang) -> str:
        """Return a text of the table with the town's own names (街の名前を入れる).

        Examples
        --------
        >>> Lies(prefecture="千葉県", city="浦安市").fill("{prefecture} → {city}（{number}）", "ja")
        '千葉県 → 浦安市（12）'
        >>> Lies().fill("{prefecture} → {city}", "en")
        'your prefecture → your city'
        """
        number = f"{PREFECTURES.index(self.prefecture) + 1:02}" if self.prefecture else ""
        for (mark, words), own in zip(_UNKNOWN, (self.prefecture, self.city, number), strict=True):
            text = text.replace(mark, own or words.say(lang))
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place where files of a kind are to be had (手に入る所).

    Attributes
    ----------
    page
        The address to open, https.
    choose
        What to choose there, step by step.
    file
        What the file is called; a part that differs stands in ``〔…〕``.
    licence, credit
        Its terms, and the line to print as it stands; "" where each file has its own.
    note
        What was not checked, and the like.
    """

    id: str
    words: Words
    page: str
    choose: tuple[Words, ...]
    file: str
    licence: Words
    credit: str
    note: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """A kind of file a town is made of (街のもとになる資料の種類).

    Attributes
    ----------
    role
        One of `geo.sources.roles.ROLES`; "" where it is nothing a town is built of.
    sites
        The kinds of places it brings into list and map.
    page
        The id of the page that takes it; "" where the build does.
    use, takes, without
        What it is for, what is read of it, and what holds without it.
    """

    id: str
    role: str
    sites: tuple[str, ...]
    page: str
    words: Words
    use: Words
    takes: Words
    without: Words
    places: tuple[Place, ...]


def read_kinds(text: str) -> dict[str, FileKind]:
    """Read the table (表を読む).

    Raises
    ------
    ValueError
        When a key is missing or unknown, a text lacks a language, an address is not https, a
        role or a kind of place is none of ours, or two entries have one id.
    """
    kinds = by_id(_kind(one) for one in tomllib.loads(text)["kind"])
    by_id(place for kind in kinds.values() for place in kind.places)
    return kinds


def _kind(told: dict[str, Any]) -> FileKind:
    _check_keys(told, _KIND)
    if told["role"] and told["role"] not in ROLES:
        raise ValueError(f"{told['id']}: role {told['role']!r} is none of {', '.join(ROLES)}")
    if strange := set(told["sites"]) - set(SITE_KINDS):
        raise ValueError(f"{told['id']}: sites {', '.join(sorted(strange))}")
    return FileKind(
        id=told["id"], role=told["role"], sites=tuple(told["sites"]), page=told["page"],
        **{name: _words(told, name) for name in ("words", "use", "takes", "without")},
        places=tuple(_place(one) for one in told["place"]),
    )  # fmt: skip


def _place(told: dict[str, Any]) -> Place:
    _check_keys(told, _PLACE)
    if not told["page"].startswith("https://"):
        raise ValueError(f"{told['id']}: page {told['page']!r} does not begin with https://")
    return Place(
        id=told["id"], page=told["page"], file=told["file"], credit=told["credit"],
        **{name: _words(told, name) for name in ("words", "licence", "note")},
        choose=tuple(_words({"id": told["id"], "choose": one}, "choose") for one in told["choose"]),
    )  # fmt: skip


def _words(told: dict[str, Any], name: str) -> Words:
    value = told[name]
    if set(value) != {"ja", "en"} or not all(str(one).strip() for one in value.values()):
        raise ValueError(f"{told['id']}: {name} is to be said in both languages, ja and en")
    return Words(value["ja"], value["en"])


def _check_keys(told: dict[str, Any], known: tuple[str, ...]) -> None:
    if wrong := set(told) ^ set(known):
        raise ValueError(f"{told.get('id', '?')}: {', '.join(sorted(wrong))} missing or unknown")


FILE_KINDS: Final[dict[str, FileKind]] = read_kinds(TABLE.read_text(encoding="utf-8"))
