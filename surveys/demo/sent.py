"""What two tablets sent of an evening's walk, and what one of them still holds (端末から届いた記録)."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import shapely

from surveys.demo.diary import WELFARE, make_id
from surveys.demo.walks import DUSK
from surveys.photos.draw import draw_scene
from surveys.store.devices import Contact, Track, keep_holds, keep_track
from surveys.store.field_receipts import make_receipt
from surveys.store.received import SendAnswer, receive_record
from surveys.store.received_photos import receive_photo
from surveys.sync.received import parse_sent

if TYPE_CHECKING:
    from datetime import date

    from surveys.demo.ground import Ground
    from surveys.demo.walks import Outing
    from surveys.store.register import Register

_FIRST: Final = "tablet A"
_SECOND: Final = "tablet B"
# One wrote millimetres: the office decides what becomes of it.
_WRITTEN: Final[tuple[tuple[str, str, dict[str, Any], str], ...]] = (
    ("park", "東町公園", {"note": "出口の灯が一つ、まだ切れている。ほかは明るい。"}, ""),
    ("bus_stop", "川向", {"light": "no", "note": "日が落ちると時刻表が読めない。"}, "shelter"),
    ("shop", "まちかどストア東通店", {"rest_seat": "yes", "note": "夜八時まで、入口のいすを出している。"}, ""),
    ("salon", "川向サロン", {"step_cm": 1500, "note": "玄関の段は、夕方は見えにくい。"}, ""),
)  # fmt: skip
_CAPTION: Final = "夕方の停留所。灯がない"
_STEP_M: Final = 18.0
_METRES_A_DEGREE: Final = 111_000
_EACH_S: Final = 20


def send_evening(register: Register, ground: Ground, *, today: date) -> tuple[int, int]:
    """Send what the tablets have, as the field app does; return how many records and photos are kept (届ける)."""
    outing = DUSK
    day = today - timedelta(days=outing.ago)
    contact = Contact(
        device_id=_hex(_FIRST), account_id=None, now=f"{day}T09:05:00.000Z"
    )  # fmt: skip
    ids, photos, kept = [], [], 0
    for number, (kind, name, said, scene) in enumerate(_WRITTEN, start=1):
        patch, shots = dict(said), []
        if scene:
            data = draw_scene(scene, seed=number, worn=True)
            shots = [hashlib.sha256(data).hexdigest()]
            receive_photo(register, shots[0], data, contact)
            patch["photos"] = [{"id": shots[0], "caption": _CAPTION}]
        site_id = ground.named(kind, name).id
        body = _body(register, site_id, kind, name, number, day)
        body |= {"patch": patch, "photos": shots}
        answer = receive_record(register, parse_sent(json.dumps(body, ensure_ascii=False)), contact)
        kept += isinstance(answer, SendAnswer) and answer.state == "kept"
        ids.append(body["id"])
        photos += shots
    points = _walked(ground, outing, day)
    keep_track(register, Track(
        id=_hex("track"), device_id=contact.device_id, account_id=None, walk_id=make_id("walk", outing.key),
        day=day.isoformat(), received_at=contact.now, points=points,
    ))  # fmt: skip
    make_receipt(register, contact, day.isoformat(), ids, photos)
    keep_holds(register, contact, _holds(outing, contact.now, records=0))
    later = Contact(device_id=_hex(_SECOND), account_id=None, now=f"{day}T09:20:00.000Z")
    keep_holds(register, later, _holds(outing, later.now, records=2))
    return kept, len(photos)


def _body(
    register: Register, site_id: str, kind: str, name: str, number: int, day: date
) -> dict[str, Any]:
    site = register.site(site_id)
    moment = f"{day}T08:{10 * number:02}:00.000Z"
    return {
        "format": 1, "id": _hex("sent", name), "label": f"A-{number}", "record_id": _hex("sent", name),
        "site_id": site_id, "type": kind, "kind": "visit", "title": name,
        "walk_id": make_id("walk", DUSK.key), "made_at": moment, "device_at": moment, "clock_off_s": 0,
        "on": day.isoformat(), "by": WELFARE, "source": "surveyed", "sure": "sure",
        "base": site.state.head if site else 0, "after": None, "position": None, "note": "",
        "types_version": "1",
    }  # fmt: skip


def _walked(ground: Ground, outing: Outing, day: date) -> list[list[Any]]:
    """Return the line walked from place to place, a point every few metres, with their moments."""
    spots = [ground.named(kind, name).at for kind, name in outing.seen]
    line = shapely.LineString(spots)
    count = max(2, round(line.length * _METRES_A_DEGREE / _STEP_M))
    points: list[list[Any]] = []
    for step in range(count + 1):
        at = line.interpolate(step / count, normalized=True)
        minutes, seconds = divmod(step * _EACH_S, 60)
        hour, minutes = divmod(minutes, 60)
        moment = f"{day}T{8 + hour:02}:{minutes:02}:{seconds:02}.000Z"
        points.append([round(at.x, 7), round(at.y, 7), 6.0, moment])
    return points


def _holds(outing: Outing, now: str, *, records: int) -> dict[str, Any]:
    return {
        "walk_id": make_id("walk", outing.key), "walk_title": outing.name, "sites": len(outing.seen),
        "drafts": 0, "records": records, "photos": records, "erased_at": "", "clock": now,
        "clock_off_s": 0.0,
    }  # fmt: skip


def _hex(*parts: str) -> str:
    return make_id(*parts).replace("-", "")
