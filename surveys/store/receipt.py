"""What the register answers, and how an import is remembered (受取と取りこみの記録)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the register answers when something is kept (受取).

    Attributes
    ----------
    head
        The site's newest version, this one or a later.
    conflicts
        Paths on which this version meets another it had not seen.
    again
        Whether the same version had been kept before.
    """

    version_id: str
    site_id: str
    seq: int
    head: int
    number: int
    conflicts: tuple[str, ...]
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One import as it is remembered (取りこみ)."""

    id: str
    file: str
    sha256: str
    type: str
    by: str
    made_at: str
    counts: dict[str, int]
    undone_at: str | None
