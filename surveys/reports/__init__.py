"""Reports made from a log, one file of plain data each (報告の一覧)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.registry import find_entries, in_order

if TYPE_CHECKING:
    from surveys.reports.parts.declare import Report


REPORTS: dict[str, Report] = in_order(find_entries(__name__, "REPORT"))
