"""Drafts of records somebody has begun (書きかけの記録)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts.record.draft import is_untouched
from surveys.store.drafts import list_drafts
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from pages.parts.frame.office import Office
    from surveys.store.drafts import Draft


def list_begun(office: Office) -> list[Draft]:
    """Return the drafts of sites that say something, the last changed first (書きかけの記録の一覧)."""
    return [
        one
        for one in list_drafts(office.register)
        if one.type in RECORD_TYPES and (one.answers or one.shape) and not is_untouched(office, one)
    ]
