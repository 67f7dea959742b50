"""Fill an empty register with the demo's records (デモの台帳を書く)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from surveys.demo.activities import write_activities
from surveys.demo.concerns import write_concerns
from surveys.demo.diary import CITY, COORDINATOR, Diary, make_id
from surveys.demo.parks import PARK_LIST, write_parks
from surveys.demo.resources import write_resources
from surveys.demo.salons import write_salons
from surveys.demo.stops import write_benches, write_stops, write_toilets
from surveys.demo.streets import write_shops, write_slopes
from surveys.demo.walks import write_walks
from surveys.photos.draw import draw_scene
from surveys.store.drafts import Draft, keep_draft
from surveys.store.receipt import Batch

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from surveys.demo.ground import Ground
    from surveys.record.history import Version
    from surveys.store.register import Register

_DRAFTED = "団地中央公園"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """How much was written (書いた数)."""

    sites: int
    versions: int
    photos: int


def write_diary(
    ground: Ground, *, today: date, camera: Callable[[str, int, bool], str]
) -> list[Version]:
    """Return all of the demo's versions, oldest first and numbered from 1 (デモの記録を書く).

    The same ground, day and camera give the same versions.

    Parameters
    ----------
    camera
        Takes a scene of `surveys.photos.draw`, a seed and whether it is worn, and returns the
        id of the photo.
    """
    diary = Diary(today, camera)
    for write in (
        write_parks, write_salons, write_stops, write_benches, write_toilets, write_slopes,
        write_shops, write_resources, write_concerns, write_activities,
    ):  # fmt: skip
        write(diary, ground)
    write_walks(diary, ground, diary.pages())
    return diary.pages()


def fill_register(register: Register, ground: Ground, *, today: date) -> Filled:
    """Write the demo's three years into a register that holds nothing yet (台帳を書く).

    A register that holds anything, people's records above all, is left as it is.
    """
    if register.site_ids():
        return Filled(sites=0, versions=0, photos=0)
    taken: set[str] = set()

    def take(scene: str, seed: int, worn: bool) -> str:  # noqa: FBT001 - a camera's own order
        photo = register.photos.take(draw_scene(scene, seed=seed, worn=worn))
        taken.add(photo.id)
        return photo.id

    versions = write_diary(ground, today=today, camera=take)
    # A database that numbered rows before, and gave them up, does not begin at 1.
    first = register.save_all(versions[:1], _batch(versions))[0].seq
    shift = first - versions[0].seq
    rest = versions[1:]
    register.save_all([replace(one, base=one.base + shift) if one.base else one for one in rest])
    _leave_draft(register, ground, today)
    sites = len({one.site_id for one in versions})
    return Filled(sites=sites, versions=len(versions), photos=len(taken))


def _batch(versions: list[Version]) -> Batch:
    own = [one for one in versions if one.batch_id]
    return Batch(
        id=make_id("batch", PARK_LIST), file=PARK_LIST,
        sha256=hashlib.sha256(PARK_LIST.encode()).hexdigest(), type="park", by=CITY,
        made_at=own[0].made_at, counts={"new": len(own)}, undone_at=None,
    )  # fmt: skip


def _leave_draft(register: Register, ground: Ground, today: date) -> None:
    """Leave a form half written, as somebody who was called away does."""
    site = register.site(ground.named("park", _DRAFTED).id)
    if site is None:
        return
    day = (today - timedelta(days=1)).isoformat()
    more = {
        "user_morning": 6,
        "weather": "cloudy",
        "note": "四阿の屋根の下に落ち葉がたまっている。あと、",
    }
    keep_draft(register, Draft(
        id=make_id("draft", _DRAFTED), type="park", changed_at=f"{day}T06:40:00+00:00",
        site_id=site.id, base=site.state.head, answers=site.answers | more, shape=site.place,
        by=COORDINATOR, on=day,
    ))  # fmt: skip
