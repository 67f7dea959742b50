"""What a list of places is a list of, by its name, its headings and its rows (何の一覧か).

The one place that tells: `kayoi inspect`, the page of imports and ``kayoi records import`` ask here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.text import tidy
from geo.base.words import Words
from surveys.formats.parts.cells import say_cell
from surveys.formats.parts.columns import match_headers
from surveys.formats.parts.of_type import take_type
from surveys.rules import RULES
from surveys.types import EVERY_TYPE, RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from surveys.declaration.record_type import RecordType
    from surveys.formats.raw.table import RawFile

# What a list is called by its name or its headings, in municipalities' own files.
_CALLED: Final = {
    "salon": "通いの場|サロン|いきいき体操|百歳体操|茶の間|salon",
    "park": "公園|park(?!ing)",
    "bench": "ベンチ|休憩場所|bench",
    "toilet": "トイレ|便所|toilet",
    "bus_stop": "停留所|バス停|乗降|のりば|乗車位置|bus.?stop|stops",
    "slope": "坂道|段差|slope",
    "shop": "買い物|買物|商店|スーパー|移動販売|shop",
    "resource": "地域資源|生活支援|クーリング|涼みどころ|暑熱|子ども食堂|resource",
    "concern": "地域課題|気づき|困りごと",
    "activity": "活動記録|活動日誌|業務日誌|相談記録|会議名|業務名",
}
PEOPLE: Final = Words("人口の表", "a table of people")
# Lists that are no records here, whatever else they hold.
_OTHERS: Final = (
    ("人口|[0-9]+歳?[～〜~－-][0-9]+歳|KEY_CODE", PEOPLE),
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
_NEVER: Final = "(?!)"
# A report made here, by the line under its title; a report that lists entries may come in again.
_REPORT: Final = re.compile("^庁内用.*作成|^office use only.*Made ")
_OF_A_REPORT: Final = Words("報告の表", "a report")
# What halls are called: where people may meet, though the list does not say that they do.
_HALLS: Final = (
    "集会|公民館|会館|コミュニティ|交流センター|福祉センター|老人|いこい|憩"
    "|市民センター|community|welfare|hall"
)
# By a heading of what rows are called, by the file or the rows themselves, by a known layout, by
# headings that only one type asks.
_HEADED, _NAMED, _RULED, _TOLD, _MOST_OWN = 8.0, 5.0, 4.0, 4.0, 3.0
_KNOWN: Final = 4.0
_TELLING: Final = 2  # headings of one type more than of any other
# Names that say nothing, as catalogues give them, and headings of what a row is called.
_NO_NAME: Final = re.compile(
    r"(?:old_?|da(?:ta|te)|file|list|無題|[\W_]*)+[\d() _.]*", re.IGNORECASE
)
_A_NAME: Final = re.compile(r"名(?:称)?等?$|name$", re.IGNORECASE)
# What every type asks, and so tells none from another.
_ANYBODYS: Final = frozenset(
    ("name", "kana", "note", "link", "address", "photos", "about", "office_phone")
)
# Types any place may be a record of.
_ANY_PLACE: Final = frozenset(("resource", "concern"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a list seems to be (何の一覧か).

    Attributes
    ----------
    type
        The record type of its rows; ``None`` where nothing says so.
    other
        What it is instead, where that is no record type; ``None`` where it may be one.
    hall
        Whether its rows are buildings where people may meet, though nothing says that they do.
    fits
        Ids of the types it could be a list of, the likeliest among them.
    """

    type: RecordType | None = None
    other: Words | None = None
    hall: bool = False
    fits: frozenset[str] = frozenset()

    def instead_of(self, type_: RecordType) -> Words | None:
        """Return what it seems to be instead of a list of a type, ``None`` where it may be one (ちがう種類か)."""
        if self.hall or (self.type is not None and self.type.id == type_.id):
            return None
        if self.type is not None:
            return list_of(self.type)
        return None if type_.id in self.fits | _ANY_PLACE else self.other


NO_KIND: Final = Kind()


def list_of(type_: RecordType) -> Words:
    """Return what a list of a type is called (一覧の呼び名).

    Examples
    --------
    >>> list_of(RECORD_TYPES["park"]).ja
    '「公園」の表'
    """
    return Words(f"「{type_.words.ja}」の表", f"a list of “{type_.words.en}”")


def find_kind(raw: RawFile, folder: str = "") -> Kind:
    """Return what the tables of a file are a list of (何の一覧か).

    The kind is that whose own questions most headings ask, whose layout is known, or whose name
    the file, a heading or most of the rows have. Days of meeting say what a list is, whatever it
    is called; a list of buildings tells of their toilets, too.

    Parameters
    ----------
    folder
        What the folder it lies in is called, for a file whose own name says nothing.
    """
    if any(_REPORT.search(one.value) for one in raw.aside):
        log = EVERY_TYPE["activity"]
        return Kind(type=log) if "on" in _keys(raw, log) else Kind(other=_OF_A_REPORT)
    called = _names(raw, folder)
    named = [one for sheet in raw.sheets for one in sheet.columns if _A_NAME.search(one)]
    heads = " ".join(one for sheet in raw.sheets for one in sheet.columns)
    names = " ".join((called, *named))
    built = any(map(RULES["public_hall"].fits, raw.sheets))
    scores = _score(raw, called, " ".join(named), built=built)
    best = max(scores, key=lambda id_: scores[id_])
    other = next((words for pattern, words in _OTHERS if _is(pattern, f"{names} {heads}")), None)
    fits = frozenset(id_ for id_, score in scores.items() if score >= _KNOWN)
    known = (
        best in fits
        and (_is(_CALLED.get(best, _NEVER), names) or other is None)
        and (best != "salon" or _is(_CALLED["salon"], names))
    )
    if not known and other is None and any(map(RULES["salon_list"].fits, raw.sheets)):
        known, best = True, "salon"
    if known:
        return Kind(type=EVERY_TYPE[best], fits=fits)
    if other is None and (built or _is(_HALLS, names)):
        return Kind(type=RECORD_TYPES["salon"], hall=True, fits=fits)
    return Kind(other=other, fits=fits)


def _is(pattern: str, names: str) -> bool:
    return re.search(pattern, names, re.IGNORECASE) is not None


def _names(raw: RawFile, folder: str) -> str:
    """Return what a list is called: its file, or the folder it lies in, and its sheets."""
    stem = raw.name.rpartition(".")[0] or raw.name
    shown = folder if _NO_NAME.fullmatch(stem) else stem
    return " ".join((shown, *(one.name for one in raw.sheets if not _NO_NAME.fullmatch(one.name))))


def _score(raw: RawFile, called: str, named: str, *, built: bool) -> dict[str, float]:
    keys = {id_: _keys(raw, type_) for id_, type_ in EVERY_TYPE.items()}
    own = {id_: _telling(found) for id_, found in keys.items()}
    shared = Counter(key for found in own.values() for key in found)
    told = "" if built else _told(own)
    rows = _called_by_rows(raw)
    out: dict[str, float] = {}
    for id_, found in keys.items():
        ruled = not built and any(
            rule.type == id_ and any(map(rule.fits, raw.sheets)) for rule in RULES.values()
        )
        pattern = _CALLED.get(id_, _NEVER) if "name" in found else _NEVER
        by_name = _NAMED if id_ in rows or _is(pattern, called) else 0.0
        out[id_] = (
            min(sum(1 / shared[key] for key in own[id_]), _MOST_OWN)
            + _RULED * ruled
            + _TOLD * (id_ == told)
            + (_HEADED if _is(pattern, named) else by_name)
        )
    return out


def _keys(raw: RawFile, type_: RecordType) -> set[str]:
    return {
        key
        for sheet in take_type(raw, type_).sheets
        for key in match_headers(type_, sheet.columns).values()
        if key and not key.startswith("@")
    }


def _telling(keys: Iterable[str]) -> set[str]:
    return {key for key in keys if key.rpartition("/")[2] not in _ANYBODYS}


def _told(own: Mapping[str, set[str]]) -> str:
    """Return the type that asks more of the headings than any other does, "" for none."""
    for id_, found in own.items():
        others = [one for other, one in own.items() if other != id_]
        if all(len(found - one) - len(one - found) >= _TELLING for one in others):
            return id_
    return ""


def _called_by_rows(raw: RawFile) -> set[str]:
    """Return the types that more than half of the rows are called after (中央公園, 駅前トイレ)."""
    names: list[str] = []
    for sheet in raw.sheets:
        at = next((n for n, one in enumerate(sheet.columns) if _A_NAME.search(one)), None)
        if at is not None:
            names += [tidy(say_cell(row.cells[at])) for row in sheet.rows]
    return {
        id_
        for id_, type_ in RECORD_TYPES.items()
        if sum(one.endswith(type_.words.ja) for one in names) * 2 > len(names)
    }
