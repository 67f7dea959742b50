"""Which photos are named, and which of those are not there (写真の点検)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

_PHOTO_ID: Final = re.compile(r"[0-9a-f]{64}")


def missing_photos(wanted: Mapping[str, int], whole: Container[str]) -> list[Words]:
    """Return the photos that are referred to and not among the whole ones (ない写真).

    Parameters
    ----------
    wanted
        As `wanted_photos` gives them.
    """
    return [
        Words(
            f"地点 {number} の写真 {photo_id[:12]}… がないか、こわれています",
            f"the photo {photo_id[:12]}… of site {number} is missing or damaged",
        )
        for photo_id, number in wanted.items()
        if photo_id not in whole
    ]


def photo_ids(value: object) -> Iterator[str]:
    """Yield the photos inside a patch or a draft, however deep they lie (写真の番号)."""
    if isinstance(value, dict):
        id_ = value.get("id")
        if isinstance(id_, str) and _PHOTO_ID.fullmatch(id_) and "caption" in value:
            yield id_
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from photo_ids(one)
