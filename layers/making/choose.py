"""What each given file is used for: by itself, unless a person says otherwise (何に使うか)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from geo.base.words import Words
from geo.sources.roles import ROLES
from layers.inspected.whose import SEVERAL, is_of, say_elsewhere
from layers.making.draft import NOT_USED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.municipal.listed import Listed
    from layers.inspected.seen import Seen, Use
    from layers.making.draft import Draft, Given

State = Literal["used", "spare", "elsewhere", "twice", "broken", "unknown", "register", "beside"]

_WHOLE_SHARE: Final = 0.5  # of the town: a division leaves no half of it without an area
_N03: Final = "N03_"
_ONE: Final = tuple(id_ for id_, role in ROLES.items() if role.one)
_TAKEN_ONCE: Final = (*_ONE, "people")
_NAMES: Final = (
    (re.compile("^(S_NAME|MOJI)$|町丁|小地域|大字|r2ka|A002005"), "町丁目"),
    (re.compile("^A27_|A27|小学校区|小学区"), "小学校区"),
    (re.compile("^A32_|A32|中学校区|中学区"), "中学校区"),
    (re.compile("自治会|町内会|行政区(?!域)"), "自治会"),
    (re.compile("包括|圏域"), "日常生活圏域"),
)
_TAIL: Final = re.compile(r"([_\-－ 　（(]*(\d{2,}|令和.*|平成.*|更新|版|境界|データ)[)）]*)+$")

_TWICE: Final = Words("同じファイルが、もうあります", "the same file is there already")
_BROKEN: Final = Words("読めませんでした", "cannot be read")
_UNKNOWN: Final = Words(
    "街づくりでの使いみちがわかりません。このまま置いておけます",
    "of no known use for a town; it may stay",
)
_EMPTY: Final = Words("空のファイルです。外してかまいません", "an empty file; it may be taken out")
_LEFT: Final = Words("使わないことにしました", "you chose not to use it")
_BESIDE: Final = Words("ほかのファイルといっしょに使います", "used with another file")
_LATER: Final = Words(
    "一覧に入れる表です。街ができたあと「取りこみ」で、1行ずつ見てから入れます",
    "a list for the register: brought in on the page “Bring in” once the town is made, row by row",
)
_PART: Final = Words(
    "街の一部だけの区分けなので、使っていません。使うときは使いみちを選んでください",
    "covers a part of the town only, so it is not used; choose its use if it is meant",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A file, and what becomes of it (ファイルの使いみち).

    Attributes
    ----------
    use
        What it is used for, or would be; None where nothing is known.
    state
        ``used`` in the town; ``register`` after it; else why not.
    why
        The same in words; None of one that is used and says nothing.
    pick
        The municipality chosen of a file of several.
    division
        What a division is called.
    column
        Where a division's names stand.
    """

    given: Given
    state: State
    use: Use | None = None
    why: Words | None = None
    pick: str = ""
    division: str = ""
    column: str = ""


def choose(draft: Draft, city: Listed | None) -> tuple[Chosen, ...]:
    """Return what each file of a draft is used for, in their order (使いみちを決める).

    What a person chose stands. Of what is taken once (streets, border, people) the file that came
    last is used; a division must cover half of the town at least, as its border or else the
    largest of the divisions tells it.

    Parameters
    ----------
    city
        The municipality; None where it is not known: then none is called another's.
    """
    # Of twins the one with the shorter name: 「コピー ～ a」 is the other.
    firsts: dict[str, str] = {}
    for one in sorted(draft.files, key=lambda one: len(one.name)):
        firsts.setdefault(one.sha256, one.id)
    found = [
        _twice(one) if firsts[one.sha256] != one.id and not one.seen.beside else _alone(one, city)
        for one in draft.files
    ]
    found = _leave_parts(found)
    return tuple(_leave_others(found))


def call_division(seen: Seen, column: str) -> str:
    """Return what the areas of a file may be called (地区の分け方の名前).

    Examples
    --------
    >>> from layers.inspected.seen import Seen
    >>> from geo.base.words import Words
    >>> [call_division(Seen(file=one, size=1, kind=Words("", "")), column) for one, column in
    ...  (("町丁・字等_2020.gpkg", "S_NAME"), ("A27-23_12.shp", "A27_004"), ("自主防災会区域更新.shp", "F1"))]
    ['町丁目', '小学校区', '自主防災会区域']
    """
    stem = seen.file.rpartition(".")[0] or seen.file
    for text in (column, stem):
        for pattern, name in _NAMES:
            if pattern.search(text):
                return name
    return _TAIL.sub("", stem) or stem


def _alone(given: Given, city: Listed | None) -> Chosen:
    """Return what a file would be used for if it were the only one."""
    seen = given.seen
    if seen.beside:
        return Chosen(given=given, state="beside", why=_BESIDE)
    if not seen.uses:
        # A reader that got stuck says so as a trap; one that knows the file says what it lacks.
        broken = bool(seen.traps) and not seen.missing
        # Several readers that each lack something of their own say nothing of what it is.
        why = seen.missing[0] if len(seen.missing) == 1 else _UNKNOWN
        why = _EMPTY if not given.size else seen.traps[0] if broken else why
        return Chosen(given=given, state="broken" if broken else "unknown", why=why)
    use = _use_of(given)
    if use is None:
        return Chosen(given=given, state="spare", why=_LEFT)
    one = Chosen(given=given, state="used", use=use, pick=_pick(seen, use, city))
    if use.id == "division":
        column = given.column or _column_of(use)
        one = replace(one, column=column, division=given.division or call_division(seen, column))
    if not given.use and city is not None and (away := say_elsewhere(seen, city)) is not None:
        return replace(one, state="elsewhere", why=away)
    return one if use.id in ROLES else replace(one, state="register", why=_LATER)


def _use_of(given: Given) -> Use | None:
    """Return the use a person chose, else the likeliest; None where it is to be left out."""
    seen = given.seen
    if given.use == NOT_USED:
        return None
    chosen = next((one for one in seen.uses if one.id == given.use), None)
    if chosen is not None:
        return chosen
    uses = {one.id: one for one in seen.uses}
    if "border" in uses and "division" in uses and _is_borders(seen):
        return uses["border"]
    # A list of 通いの場 is the town's own: it comes into the register by itself.
    return uses.get("sites") or seen.uses[0]


def _is_borders(seen: Seen) -> bool:
    """Say whether polygons are municipalities and not areas of one."""
    return len(seen.cities) >= SEVERAL and any(one.name.startswith(_N03) for one in seen.columns)


def _column_of(use: Use) -> str:
    return next((one.name for one in use.columns if one.becomes is not None), "")


def _pick(seen: Seen, use: Use, city: Listed | None) -> str:
    if len(seen.cities) < SEVERAL or city is None or use.id not in ("border", "people"):
        return ""
    return next((one for one in seen.cities if is_of(one, city)), "") and city.code


def _twice(given: Given) -> Chosen:
    return Chosen(given=given, state="twice", why=_TWICE)


def _leave_parts(found: Sequence[Chosen]) -> list[Chosen]:
    """Leave out divisions of a part of the town that nobody asked for."""
    used = [one for one in found if one.state == "used" and one.use is not None]
    # A prefecture's file is larger than the town, and says nothing of its size.
    sizes = {
        role: max(
            (one.given.area_km2 for one in used
             if one.use and one.use.id == role and len(one.given.seen.cities) < SEVERAL), default=0.0
        )
        for role in ("border", "division")
    }  # fmt: skip
    town = sizes["border"] or sizes["division"]
    out = []
    for one in found:
        part = (
            one.state == "used" and one.use is not None and one.use.id == "division"
            and not one.given.use and one.given.area_km2 < _WHOLE_SHARE * town
        )  # fmt: skip
        out.append(replace(one, state="spare", why=_PART) if part else one)
    return out


def _leave_others(found: Sequence[Chosen]) -> list[Chosen]:
    """Use the last of several files for what is taken once, and of divisions of one name."""
    last: dict[str, Chosen] = {}
    for one in found:
        key = _once(one)
        # What a person chose is not put aside by what came by itself.
        if key and (one.given.use or key not in last or not last[key].given.use):
            last[key] = one
    out = []
    for one in found:
        key = _once(one)
        other = last.get(key) if key else None
        if other is None or other is one:
            out.append(one)
            continue
        out.append(
            replace(one, state="spare", why=Words(
                    f"「{other.given.called().ja}」を使うので、こちらは使っていません",
                    f"{other.given.called().en} is used instead",
                ),
            )
        )  # fmt: skip
    return out


def _once(one: Chosen) -> str:
    if one.state != "used" or one.use is None:
        return ""
    if one.use.id == "people" and _is_mesh(one):
        return ""  # squares come in several files
    if one.use.id in _TAKEN_ONCE:
        return one.use.id
    return f"division:{one.division}" if one.use.id == "division" else ""


def _is_mesh(one: Chosen) -> bool:
    return one.use is not None and "mesh" in one.use.found.en
