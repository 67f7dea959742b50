"""Drafts of records somebody has begun (書きかけの記録)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts.record.draft import is_untouched
from surveys.store.drafts import list_drafts
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.parts.frame.office import Office
    from surveys.declaration.record_type import RecordType
    from surveys.store.drafts import Draft


def list_begun(office: Office, types: Mapping[str, RecordType] = RECORD_TYPES) -> list[Draft]:
    """Return the drafts that say something, the last changed first: of sites, or of logs (書きかけの一覧)."""
    return [
        one
        for one in list_drafts(office.register)
        if one.type in types and (one.answers or one.shape) and not is_untouched(office, one)
    ]
