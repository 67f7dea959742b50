"""What a list writes where people meet: a name, an address, whose it is, one or several (会場の書き方)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from geo.base.text import tidy

# The first that fits: 老人福祉センター is not a 福祉センター for all.
KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("elder_hall", "老人いこいの家|老人憩の?家|老人福祉センター"),
    ("community_centre", "コミュニティセンター|コミセン|公民館|交流センター"),
    ("association_hall", "自治会館|町内会館|町会会館|区民会館"),
    ("meeting_hall", "集会所|集会場|集会室|公会堂"),
    ("welfare", "福祉会館|福祉センター|デイサービス"),
    ("home", "(?:宅|様方)$"),
)
_BRACKET: Final = re.compile(r"(?P<name>[^()]+?) ?\((?P<inside>[^()]+)\)$")
_WHOM: Final = re.compile(
    "全域|広域|全市|全町|全村|市内|町内の?(?:人|方|み)|住民|地区の?(?:人|方|み)|限定"
)
_TOLD: Final = re.compile(
    r"(?:[0-9０-９一二三四五六七八九十]+(?:丁目|番地?|番|号|-[0-9]+)|大字|字).*$|[町村区条]$"
)
_ADDRESS: Final = re.compile(
    r"[^ ]*?(?:丁目|番地?|大字|字|[町村区条郷])[^ ]*?[0-9]+(?:番地?|号|の[0-9]+|-[0-9]+)*$"
    r"|[^ ]*[0-9]+-[0-9]+(?:-[0-9]+)?$|[^ ]*[0-9]+番地?(?:[0-9]+号?)?$"
)
# What a building's name ends in: only such names are parted from one another.
_ENDS: Final = re.compile(
    "(?:会館|集会所|集会室|集会場|公民館|センター|コミセン|ホール|公園|団地|神社|寺|教会|宅|家|館|荘|園|校|会堂|プラザ|カフェ|店|庁舎)(?:[0-9]+階)?$"
)
_PARTS: Final = re.compile(r" ?(?:[、,/・]|と|及び|および|\n|→|⇔|または|又は) ?")
_TURN: Final = re.compile(r"[(\[]?(?:交互|交代|巡回|持ち回り|輪番|順番)(?:で|に)?(?:開催)?[)\]]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A venue as it is written (会場).

    Attributes
    ----------
    name, address
        "" where the text tells none.
    area
        Names of the areas whose people may come.
    kind
        An id of the venue's kinds, "" for none told.
    """

    name: str
    address: str = ""
    area: tuple[str, ...] = ()
    kind: str = ""


def read_place(text: str) -> Place:
    """Return what a cell tells of a venue (会場を読む).

    Examples
    --------
    >>> read_place("コミセン（市街広域）").area, read_place("山田宅（旭町1丁目）").address
    (('市街広域',), '旭町1丁目')
    >>> read_place("西町1-2-3").name, read_place("西町1-2-3 西町会館")
    ('', Place(name='西町会館', address='西町1-2-3', area=(), kind=''))
    """
    plain = tidy(text)
    found = _BRACKET.fullmatch(plain)
    if found and _WHOM.search(found["inside"]):
        area = tuple(one for one in re.split("[、,・]", found["inside"]) if one.strip())
        return Place(name=found["name"], area=area, kind=kind_of(found["name"]))
    if found and _TOLD.search(found["inside"]):
        return Place(name=found["name"], address=found["inside"], kind=kind_of(found["name"]))
    if _ADDRESS.fullmatch(plain):
        return Place(name="", address=plain)
    head, _, tail = plain.partition(" ")
    if tail and _ADDRESS.fullmatch(head):
        return Place(name=tail, address=head, kind=kind_of(tail))
    return Place(name=text.strip(), kind=kind_of(plain))


def kind_of(name: str) -> str:
    """Return what kind of venue a name tells, "" for none (会場の種類)."""
    return next((id_ for id_, words in KINDS if re.search(words, name)), "")


def split_places(text: str) -> list[str]:
    """Return the venues a cell names, one where it cannot be told that they are several (会場を分ける).

    Examples
    --------
    >>> split_places("東会館・西公民館（交互）"), split_places("本町・仲町会館")
    (['東会館', '西公民館'], ['本町・仲町会館'])
    """
    plain = _TURN.sub("", text.replace("（", "(").replace("）", ")")).strip()
    parts = [one for one in map(tidy, _PARTS.split(plain)) if one]
    several = len(parts) > 1 and all(map(_ENDS.search, parts)) and len(set(parts)) == len(parts)
    return parts if several else [text]


def in_turn(text: str) -> bool:
    """Say whether a cell tells that venues take turns (持ち回りか)."""
    return _TURN.search(text) is not None


def join_lines(text: str) -> str:
    r"""Return a cell's lines as one, without a blank where a word was broken (折り返しをつなぐ).

    Examples
    --------
    >>> join_lines("８丁目町\n内会館"), join_lines("Loko\nCafe")
    ('８丁目町内会館', 'Loko Cafe')
    """
    lines = [one.strip() for one in text.split("\n") if one.strip()]
    out = lines[0] if lines else ""
    for line in lines[1:]:
        out += line if not (out[-1].isascii() and line[0].isascii()) else f" {line}"
    return out
