"""A list of places as records of the register: which kind, and what each column becomes (台帳に)."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from layers.inspected.seen import Column, Use, say_told
from surveys.formats.parts.columns import match_headers
from surveys.formats.parts.interpret import interpret
from surveys.formats.parts.known_heads import known_heads
from surveys.formats.parts.list_heads import base_key
from surveys.formats.parts.of_type import take_type
from surveys.formats.upload import read_upload
from surveys.imports.layout import offered_keys
from surveys.rules import RULES
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from surveys.declaration.record_type import RecordType
    from surveys.formats.parts.reading import Reading
    from surveys.formats.raw.table import RawFile

# What a list is called by its name or its headings, in municipalities' own files.
_CALLED: Final = {
    "salon": "通いの場|サロン|いきいき体操|百歳体操|茶の間|salon",
    "park": "公園|park",
    "bench": "ベンチ|休憩場所|bench",
    "toilet": "トイレ|便所|toilet",
    "bus_stop": "停留所|バス停|乗降|のりば|乗車位置|bus.?stop|stops",
    "slope": "坂道|段差|slope",
    "shop": "買い物|買物|商店|スーパー|移動販売|shop",
    "resource": "地域資源|生活支援|クーリング|涼みどころ|暑熱|子ども食堂|resource",
    "concern": "地域課題|気づき|困りごと",
}
# Lists that are of no use here, whatever else they hold.
_OTHERS: Final = (
    (r"AED(?![a-z])|除細動|小児対応設備", Words("AEDの一覧", "a list of AEDs")),
    ("避難|災害種別|hinan|evacuation", Words("避難所の一覧", "a list of shelters")),
    ("学校(?!区)|school(?!_area)", Words("学校の一覧", "a list of schools")),
    (
        "保育|子育て|幼稚園|preschool|kindergarten|nursery|child|acceptedAge",
        Words("子育て施設の一覧", "a list of facilities for children"),
    ),
    ("無線LAN|wireless|wi-?fi|SSID", Words("公衆無線LANの一覧", "a list of wireless LANs")),
    ("投票所|polling", Words("投票所の一覧", "a list of polling places")),
    (
        "病院|診療|医療機関|hospital|clinic|medicalSubjects",
        Words("医療機関の一覧", "a list of hospitals"),
    ),
    (
        "介護サービス|事業所番号|nursing|group_home",
        Words("介護の施設の一覧", "a list of care facilities"),
    ),
    (
        "ごみ集積|ゴミ集積|消防水利|駐輪場|駐車場一覧|文化財|観光",
        Words("ほかの施設の一覧", "a list of other facilities"),
    ),
)
# What halls are called: where people may meet, though the list does not say that they do.
_HALLS: Final = (
    "集会|公民館|会館|コミュニティ|交流センター|福祉センター|老人|いこい|憩"
    "|市民センター|community|welfare|hall"
)
_A_HALL: Final = Words(
    "施設の一覧です。そこに通いの場があるかは、このファイルからは分かりません",
    "a list of buildings; it does not say whether a salon meets there",
)
_A_VENUE: Final = Words("通いの場の会場になりそうな施設", "buildings where a salon could meet")
_NAMED, _RULED, _MOST_OWN = 8.0, 4.0, 3.0
# Names that say nothing, as catalogues give them, and headings of what a row is called.
_NO_NAME: Final = re.compile(
    r"(?:old_?|da(?:ta|te)|file|list|無題|[\W_]*)+[\d() _.]*", re.IGNORECASE
)
_A_NAME: Final = re.compile(r"名(?:称)?$|name$", re.IGNORECASE)
_ANYBODYS: Final = frozenset({"name", "kana", "note", "link", "address"})


def as_records(path: Path) -> Use | Words:
    """Return which records a file of places would make, or why none (台帳に取りこむ).

    The kind is that whose own questions most headings ask, whose layout is known, or whose name
    the file has; a list of something else is called so.
    """
    try:
        raw = read_upload(path.read_bytes(), file=path.name, known=_every_head())
    except InputError as error:
        return error.words
    names = _names(path, raw)
    scores = _score(raw, names)
    best = max(scores, key=lambda id_: scores[id_])
    heads = " ".join(one for sheet in raw.sheets for one in sheet.columns)
    other = next((words for pattern, words in _OTHERS if _is(pattern, f"{names} {heads}")), None)
    called = scores[best] >= _NAMED
    known = (
        scores[best] >= _RULED
        and (called or other is None)
        and (best != "salon" or is_called_salon(names))
    )
    # Days of meeting say what a list is, whatever it is called.
    meets = other is None and not known and any(map(RULES["salon_list"].fits, raw.sheets))
    known, best = (True, "salon") if meets else (known, best)
    built = any(map(RULES["public_hall"].fits, raw.sheets)) or _is(_HALLS, names)
    hall = not known and other is None and built
    if not known and not hall:
        return Words(
            f"{other.ja}のようで、この道具の調査票のどれでもありません" if other
            else "何の一覧か、見出しからわかりません（種類を選べば取りこめます: "
            f"kayoi records import --type {'・'.join(RECORD_TYPES)}）",
            f"seems to be {other.en}, none of the record types here" if other
            else "its headings do not say what it is a list of (it comes in once a type is chosen: "
            f"kayoi records import --type {', '.join(RECORD_TYPES)})",
        )  # fmt: skip
    type_ = RECORD_TYPES["salon" if hall else best]
    return _use(path, type_, interpret(take_type(raw, type_), type_), (_A_HALL,) if hall else ())


@cache
def _every_head() -> frozenset[str]:
    return frozenset(head for type_ in RECORD_TYPES.values() for head in known_heads(type_))


def is_called_salon(names: str) -> bool:
    """Say whether a list is called one of salons (通いの場の一覧か).

    Examples
    --------
    >>> is_called_salon("通いの場一覧"), is_called_salon("公民館一覧")
    (True, False)
    """
    return _is(_CALLED["salon"], names)


def _is(pattern: str, names: str) -> bool:
    return re.search(pattern, names, re.IGNORECASE) is not None


def _names(path: Path, raw: RawFile) -> str:
    """Return what a list is called: its file, sheets, and the headings of its names."""
    stem = path.stem if not _NO_NAME.fullmatch(path.stem) else path.resolve().parent.name
    heads = [one for sheet in raw.sheets for one in sheet.columns if _A_NAME.search(one)]
    return " ".join((stem, *(one.name for one in raw.sheets), *heads))


def _score(raw: RawFile, names: str) -> dict[str, float]:
    keys = {
        id_: {
            key
            for sheet in take_type(raw, type_).sheets
            for key in match_headers(type_, sheet.columns).values()
            if key and not key.startswith("@")
        }
        for id_, type_ in RECORD_TYPES.items()
    }
    # A list of buildings tells of their toilets, too.
    built = any(map(RULES["public_hall"].fits, raw.sheets))
    shared = Counter(key for found in keys.values() for key in found)
    out: dict[str, float] = {}
    for id_, found in keys.items():
        own = sum(1 / shared[key] for key in found - _ANYBODYS)
        ruled = not built and any(
            rule.type == id_ and any(map(rule.fits, raw.sheets)) for rule in RULES.values()
        )
        called = _is(_CALLED.get(id_, "$^"), names) and "name" in found
        out[id_] = min(own, _MOST_OWN) + _RULED * ruled + _NAMED * called
    return out


def _use(path: Path, type_: RecordType, reading: Reading, doubts: tuple[Words, ...]) -> Use:
    heads = offered_keys(type_)
    matched = {head: key for sheet in reading.matched.values() for head, key in sheet.items()}
    names = [*matched, *(one for sheet in reading.ignored.values() for one in sheet)]
    placed = sum(one.site.place is not None for one in reading.rows)
    unused = [one for sheet in reading.ignored.values() for one in sheet]
    told = [
        Words(f"使わない列: {'、'.join(unused)}", f"columns not used: {', '.join(unused)}")
    ] if unused else []  # fmt: skip
    return Use(
        id=type_.id, words=_A_VENUE if doubts else type_.words,
        found=Words(
            f"{len(reading.rows):,}件（うち場所のあるもの {placed:,}件）",
            f"{len(reading.rows):,} records ({placed:,} with a place)",
        ),
        sure=not doubts, how=f"kayoi records import --type {type_.id} {path.name}",
        told=(*doubts, *say_told([*told, *reading.problems])),
        columns=tuple(
            Column(name=one, becomes=heads.get(base_key(matched.get(one, "")))) for one in names
        ),
    )  # fmt: skip
