"""Whatever is kept, one declaration a file (しまうものの一覧).

Backups, restores and checks follow from these; a table that no kind claims stops them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.registry import find_entries

if TYPE_CHECKING:
    from surveys.store.kept.kind import Kind

KINDS: Final[dict[str, Kind]] = find_entries(__name__, "KIND", beside=("kind",))
