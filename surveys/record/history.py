"""A site's life: versions that are only ever added, and what they come to (地点の履歴).

Nothing is overwritten. Each visit, correction, import or decision is a `Version`: a patch of
values by path (`surveys.record.answers`). Folding the versions in the order they were received gives
the site as it is known now, who said each value, and where two people said different things
without having seen each other's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from geo.base.words import Words
from surveys.declaration.field import UNKNOWN
from surveys.declaration.paths import item_of, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import shapely

    from surveys.declaration.paths import Flat

Kind = Literal["visit", "correct", "confirm", "absent", "resolve", "retire", "import"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
KIND_WORDS: Final[dict[Kind, Words]] = {
    "visit": Words("見て書いた", "surveyed"),
    "correct": Words("直した", "corrected"),
    "confirm": Words("確認した、変わりなし", "confirmed, unchanged"),
    "absent": Words("行ったが、見つからない", "visited, not found"),
    "resolve": Words("ちがいを決めた", "differences settled"),
    "retire": Words("状態を変えた", "status changed"),
    "import": Words("取りこんだ", "imported"),
}
# Kinds after which a person has seen, or been told, how the site is.
SEEING: Final = frozenset({"visit", "confirm"})

Source = Literal["surveyed", "told", "imported", "osm"]
SOURCES: Final[tuple[Source, ...]] = get_args(Source)
SOURCE_WORDS: Final[dict[Source, Words]] = {
    "surveyed": Words("現地で見た", "seen on site"),
    "told": Words("聞いた・事務所で書いた", "told, or written at the office"),
    "imported": Words("ファイルから", "from a file"),
    "osm": Words("OpenStreetMap から", "from OpenStreetMap"),
}
# As files of earlier versions have it.
OLD_SOURCES: Final[dict[Source, Words]] = {
    "told": Words("運営者に聞いた", "told by the operator"),
}
Sure = Literal["sure", "likely", "inferred"]
SURES: Final[tuple[Sure, ...]] = get_args(Sure)
SURE_WORDS: Final[dict[Sure, Words]] = {
    "sure": Words("確か", "certain"),
    "likely": Words("たぶん", "likely"),
    "inferred": Words("推定", "inferred"),
}

StatusId = Literal["active", "paused", "closed", "removed", "not_found"]
STATUSES: Final[tuple[StatusId, ...]] = get_args(StatusId)
STATUS_WORDS: Final[dict[StatusId, Words]] = {
    "active": Words("いまもある", "in use"),
    "paused": Words("休止", "paused"),
    "closed": Words("閉まった", "closed"),
    "removed": Words("撤去", "removed"),
    "not_found": Words("見つからない", "not found"),
}

# Paths that every site has beside its type's own.
PLACE: Final = "@place"
STATUS: Final = "@status"
ACTIVE: Final[dict[str, str]] = {"is": "active"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who says a value, when, where from and how sure (値の由来).

    Attributes
    ----------
    by
        The role of who answered; no person's name.
    on
        The day it was seen or told, ``2026-11-21``; "" when a file does not say.
    """

    source: Source
    sure: Sure
    by: str
    on: str

    def dump(self) -> dict[str, str]:
        """Return it as plain texts (文字にする)."""
        return {"source": self.source, "sure": self.sure, "by": self.by, "on": self.on}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One thing said about a site, never changed afterwards (版).

    Attributes
    ----------
    seq
        The order it was received in; 0 before it is kept.
    id
        Chosen by whoever made it, so that sending it twice keeps it once.
    record_id
        The visit it belongs to; a correction belongs to the visit it corrects.
    base
        The `seq` of the newest version its maker had seen; 0 for none.
    patch
        Values by path, ``None`` for one taken away. ``@place`` is a shape in degrees
        (EPSG:4326) or ``None``; ``@status`` is ``{"is", "on", "reason"}``.
    origin, origins
        Who says it; by path where a value differs from the rest.
    seen_on
        The last day somebody saw the site, as a file says that brings it back; "" else.
    """

    seq: int
    id: str
    record_id: str
    site_id: str
    type: str
    kind: Kind
    made_at: str
    origin: Origin
    patch: Flat
    base: int = 0
    origins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    walk_id: str | None = None
    batch_id: str | None = None
    note: str = ""
    seen_on: str = ""

    def origin_of(self, path: str) -> Origin:
        """Return who says one value (値の由来)."""
        own = self.origins.get(path)
        return replace(self.origin, **own) if own else self.origin  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteState:
    """A site as its versions make it (いまの地点).

    Attributes
    ----------
    flat
        Values by path.
    setters
        The `seq` of the version each value comes from.
    conflicts
        Paths on which people differ: the `seq` of the version whose value stands, then of the
        others, oldest first.
    head
        The newest version's `seq`.
    seen_on, first_on
        The last and first day a person saw or asked; "" for never.
    visits
        How many visits and confirmations there were.
    """

    flat: Mapping[str, Any]
    setters: Mapping[str, int]
    conflicts: Mapping[str, tuple[int, ...]]
    head: int
    seen_on: str
    first_on: str
    visits: int

    @property
    def place(self) -> shapely.Geometry | None:
        """The shape in degrees (場所)."""
        return self.flat.get(PLACE)

    @property
    def status(self) -> Mapping[str, str]:
        """Whether it is still there, since when and why (状態)."""
        found: Mapping[str, str] = self.flat.get(STATUS) or ACTIVE
        return found

    @property
    def answers(self) -> Flat:
        """The type's own values by path (答え)."""
        return {path: value for path, value in self.flat.items() if not path.startswith("@")}


NOTHING: Final = SiteState(
    flat=MappingProxyType({}), setters=MappingProxyType({}), conflicts=MappingProxyType({}),
    head=0, seen_on="", first_on="", visits=0,
)  # fmt: skip


def fold(versions: Iterable[Version]) -> SiteState:
    """Return what versions come to, in the order of their `seq` (版をたたむ)."""
    state = NOTHING
    for version in sorted(versions, key=lambda one: one.seq):
        state = add_version(state, version)
    return state


def add_version(state: SiteState, version: Version) -> SiteState:
    """Return the state after one more version (版を重ねる).

    A value that somebody else changed after `version.base` is not overwritten when the two
    differ: it stands, and the path is put among the conflicts. A version whose maker had seen
    all sides settles the path, whichever value it says; one whose maker had seen some of them
    takes their place, and the rest stay told.
    """
    flat, setters = dict(state.flat), dict(state.setters)
    conflicts = dict(state.conflicts)
    for path, value in sorted(version.patch.items()):
        item = item_of(path)
        if value is not None and item and item not in setters and item not in version.patch:
            # The import that listed the bench was undone; what a person said of it stays.
            flat[item], setters[item] = _last_order(flat, item) + 1, version.seq
        gone = item not in flat and state.setters.get(item, 0) > version.base
        if value is not None and gone and version.patch.get(item, 0) is not None:
            # Somebody took the bench away while another wrote about it: both are told.
            conflicts[item] = _with_side(conflicts.get(item, (setters[item],)), version.seq)
        against = _none_against_one(state, version, path)
        if against is not None:
            field_id, side = against
            if field_id not in conflicts:
                stood = setters.get(field_id, 0)
                also = stood > version.base and stood != side
                conflicts[field_id] = (side, stood) if also else (side,)
                setters[field_id] = side
            conflicts[field_id] = _with_side(conflicts[field_id], version.seq)
            continue
        unseen = setters.get(path, 0) > version.base or _written_inside(
            setters, path, value, version.base
        )
        if unseen and not same(flat.get(path), value):
            conflicts[path] = _with_side(conflicts.get(path, (setters.get(path, 0),)), version.seq)
            continue
        others = [side for side in conflicts.pop(path, ())[1:] if side > version.base]
        if others:
            conflicts[path] = (version.seq, *others)
        setters[path] = version.seq
        if value is None:
            flat.pop(path, None)
        else:
            flat[path] = value
    seen = version.kind in SEEING or bool(version.seen_on)
    day = version.origin.on if version.kind in SEEING else version.seen_on
    days = [day] if day else []
    return SiteState(
        flat=flat, setters=setters, conflicts=conflicts, head=version.seq,
        seen_on=max([state.seen_on, *days]),
        first_on=min([day for day in (state.first_on, *days) if day], default=""),
        visits=state.visits + (1 if seen else 0),
    )  # fmt: skip


def _with_side(sides: tuple[int, ...], seq: int) -> tuple[int, ...]:
    """Return the sides of a conflict with one more, told once."""
    return sides if seq in sides else (*sides, seq)


def _written_inside(setters: Mapping[str, int], path: str, value: object, base: int) -> bool:
    """Say whether something inside an item that is taken away was answered unseen."""
    return value is None and any(
        item_of(other) == path and seq > base for other, seq in setters.items()
    )


def _last_order(flat: Mapping[str, Any], item: str) -> int:
    """Return the last place in the order among the things of an item's field."""
    head = item.rpartition("/")[0] + "/"
    return max(
        (value for path, value in flat.items() if path.startswith(head) and not item_of(path)),
        default=0,
    )


def _none_against_one(state: SiteState, version: Version, path: str) -> tuple[str, int] | None:
    """Return the field and the version met where one says there is none and another lists one.

    The two stand at different paths; whoever was first stands, and the field is told.
    """
    flat, setters, value = state.flat, state.setters, version.patch[path]
    field_id, inside, _ = path.partition("/")
    if value is None:
        return None
    if inside:
        item = item_of(path) or path
        listed = version.patch.get(item) is not None and item not in flat
        unseen = setters.get(field_id, 0) > version.base
        return (
            (field_id, setters[field_id])
            if listed and unseen and is_none(flat.get(field_id))
            else None
        )
    if not is_none(value):
        return None
    head = field_id + "/"
    last = max(
        (setters[one] for one in flat if one.startswith(head) and not item_of(one)), default=0
    )
    return (field_id, last) if last > version.base else None


def is_none(value: object) -> bool:
    """Say whether a value stands for no things at all: なし, or 不明 (物がないという値か)."""
    return value in ([], UNKNOWN)
