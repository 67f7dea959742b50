"""Write entries one after another, as people did over the years (書きつづる)."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from surveys.declaration.paths import assemble, known_paths
from surveys.demo.kinds import demo_type
from surveys.record.compose import KEEP, Keep, Written, compose
from surveys.record.history import NOTHING, Origin, add_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import shapely

    from surveys.declaration.paths import Answers
    from surveys.record.history import Kind, SiteState, Source, Sure, Version

COORDINATOR: Final = "生活支援コーディネーター"
WELFARE: Final = "民生委員"
COUNCIL: Final = "社協職員"
KEEPER: Final = "公園管理係"
CENTRE: Final = "地域包括支援センター職員"
CITY: Final = "高齢福祉課"
_NAMESPACE: Final = UUID("6f1d3c52-5a0b-4c1e-9d57-8a3f5f0d9e21")  # any; it keeps the ids the same
_FIRST_HOUR: Final = 1  # 10:00 in Japan, in UTC


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo to be taken: what, worn or not, and what is written under it (とる写真)."""

    scene: str
    caption: str
    worn: bool = False


@dataclass(frozen=True, slots=True)
class Without:
    """A list of things as it was but for one that is gone (ひとつ減った一覧)."""

    item: str


@dataclass(frozen=True, slots=True)
class Amend:
    """A list of things as it was, one of them answered anew (ひとつ直した一覧)."""

    item: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one person wrote on one day (ある日に書いたこと).

    Attributes
    ----------
    ago
        Days before today.
    answers
        Only the new ones; ``None`` takes one away.
    status, reason
        A new status, or "" for none.
    batch
        The id of the import it belongs to, "" for none.
    unseen
        Whether its writer had not seen what was written just before.
    """

    ago: int
    kind: Kind = "visit"
    by: str = COORDINATOR
    answers: Mapping[str, Any] = field(default_factory=dict)
    source: Source = "surveyed"
    sure: Sure = "sure"
    place: shapely.Geometry | Keep | None = KEEP
    status: str = ""
    reason: str = ""
    note: str = ""
    walk: str = ""
    batch: str = ""
    origins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unseen: bool = False


def make_id(*parts: object) -> str:
    """Return the id of a thing of the demo, the same each time (いつも同じ id)."""
    return str(uuid5(_NAMESPACE, "/".join(map(str, parts))))


class Diary:
    """Versions as they are written, and what each site comes to meanwhile (日誌)."""

    def __init__(self, today: date, camera: Callable[[str, int, bool], str]) -> None:
        """Open an empty diary; `camera` takes a scene, a seed and wear, and gives a photo's id."""
        self.today = today
        self._camera = camera
        self._versions: list[Version] = []
        self._states: dict[str, list[SiteState]] = {}
        self._records: dict[str, str] = {}
        self._last: dict[str, int] = {}

    def day(self, ago: int) -> date:
        """Return the day that many days before today (何日前)."""
        return self.today - timedelta(days=ago)

    def state(self, site_id: str) -> SiteState:
        """Return what a site has come to (いまの地点)."""
        return self._states.get(site_id, [NOTHING])[-1]

    def write(self, type_id: str, site_id: str, entry: Entry) -> None:
        """Write one entry about a site (一件書く).

        Raises
        ------
        ValueError
            When an answer is not one the type allows, or it is of a day before the site's last
            entry: the demo's pages must be mended.
        """
        type_ = demo_type(type_id)
        states = self._states.setdefault(site_id, [NOTHING])
        before = states[-2] if entry.unseen else states[-1]
        held = assemble(type_, known_paths(type_, before.answers))
        count = len(states)
        if entry.ago > self._last.get(site_id, entry.ago):
            # Sorted by days it would come before what its writer had seen.
            raise ValueError(f"{site_id}: an entry of {entry.ago} days ago is written too late")
        self._last[site_id] = entry.ago
        if entry.kind != "correct" or site_id not in self._records:
            self._records[site_id] = make_id("record", site_id, count)
        day = self.day(entry.ago).isoformat()
        told = "" if entry.kind == "import" else day
        written = Written(
            version_id=make_id("version", site_id, count), record_id=self._records[site_id],
            site_id=site_id, kind=entry.kind, made_at=f"{day}T{_FIRST_HOUR + count:02}:30:00+00:00",
            origin=Origin(source=entry.source, sure=entry.sure, by=entry.by, on=told),
            answers=held | self._answers(held, entry.answers), place=entry.place,
            status={"is": entry.status, "on": day, "reason": entry.reason} if entry.status else KEEP,
            origins=entry.origins, walk_id=make_id("walk", entry.walk) if entry.walk else None,
            batch_id=entry.batch or None, note=entry.note,
        )  # fmt: skip
        version, faults = compose(type_, before, written)
        if faults:
            raise ValueError(f"{site_id}: {faults[0][0]}: {faults[0][1].en}")
        version = replace(version, seq=len(self._versions) + 1)
        self._versions.append(version)
        states.append(add_version(states[-1], version))

    def pages(self) -> list[Version]:
        """Return all versions in the order of their days, numbered anew from 1 (並べた版)."""
        ordered = sorted(self._versions, key=lambda one: (one.made_at, one.seq))
        place = {one.seq: number for number, one in enumerate(ordered, start=1)} | {0: 0}
        return [replace(one, seq=place[one.seq], base=place[one.base]) for one in ordered]

    def _answers(self, held: Answers, new: Mapping[str, Any]) -> Answers:
        return {key: self._resolve(value, held.get(key)) for key, value in new.items()}

    def _resolve(self, value: object, held: Any) -> Any:  # noqa: ANN401 - an answer is any JSON value
        match value:
            case Shot():
                seed = zlib.crc32(f"{value.scene}/{value.caption}".encode())
                id_ = self._camera(value.scene, seed, value.worn)
                return {"id": id_, "caption": value.caption}
            case Without():
                return [one for one in held if one["_id"] != value.item]
            case Amend():
                new = self._answers({}, value.answers)
                return [one | new if one["_id"] == value.item else one for one in held]
            case list() | tuple():
                return [self._resolve(one, None) for one in value]
            case dict():
                return {key: self._resolve(one, None) for key, one in value.items()}
            case _:
                return value
