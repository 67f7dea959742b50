"""The cells in the records of an old workbook's sheet (古いブックの欄)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from geo.sheets.biff_texts import PartedText
from geo.sheets.date_formats import is_day_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geo.sheets.cells import Cell

EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a day has no zone
EPOCH_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_WHOLE: Final = 1e15
_LEAP: Final = 60  # Excel's 29 February 1900, which never was
_LAST_DAY: Final = 2_958_466


class Fault:
    """An error of a spreadsheet in place of a value (計算の誤り)."""


class Awaited:
    """The text of a formula, which stands in the next record (次に来る文字)."""


Placed = tuple[int, int, "Cell | Fault | Awaited"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What a workbook says of all its cells (ブック全体の決めごと).

    Attributes
    ----------
    texts
        Those that cells share.
    styles, formats
        The number of each style's format; the texts of the formats that have one.
    epoch
        The day that is 0.
    """

    texts: Sequence[str]
    styles: Sequence[int]
    formats: Mapping[int, str]
    epoch: datetime

    def plain(self, value: float, style: int) -> Cell:
        """Return a number as its format means it: a day, a time, or itself (数を欄に)."""
        key = self.styles[style] if style < len(self.styles) else 0
        if is_day_format(key, self.formats.get(key, "")):
            return _day(value, self.epoch)
        whole = value.is_integer() and abs(value) < _WHOLE
        return int(value) if whole else value


def read_cells(kind: int, body: bytes, looks: Looks) -> Iterable[Placed]:
    """Return row and column from 0, and value, of each cell in a record; none in one without (欄を読む)."""
    reader = _READERS.get(kind)
    return reader(body, looks) if reader else ()


def _number(body: bytes, looks: Looks) -> Iterable[Placed]:
    row, column, style, value = struct.unpack_from("<HHHd", body)
    return [(row, column, looks.plain(value, style))]


def _rk(body: bytes, looks: Looks) -> Iterable[Placed]:
    row, column, style = struct.unpack_from("<HHH", body)
    return [(row, column, looks.plain(_short(body[6:10]), style))]


def _many_rk(body: bytes, looks: Looks) -> Iterable[Placed]:
    row, column = struct.unpack_from("<HH", body)
    out: list[Placed] = []
    for n in range((len(body) - 6) // 6):
        at = 4 + 6 * n
        style = struct.unpack_from("<H", body, at)[0]
        out.append((row, column + n, looks.plain(_short(body[at + 2 : at + 6]), style)))
    return out


def _shared(body: bytes, looks: Looks) -> Iterable[Placed]:
    row, column, _, at = struct.unpack_from("<HHHI", body)
    return [(row, column, looks.texts[at] or None)]


def _label(body: bytes, looks: Looks) -> Iterable[Placed]:
    del looks
    row, column = struct.unpack_from("<HH", body)
    return [(row, column, PartedText([body[6:]]).long_text() or None)]


def _truth(body: bytes, looks: Looks) -> Iterable[Placed]:
    del looks
    row, column = struct.unpack_from("<HH", body)
    return [(row, column, Fault() if body[7] else bool(body[6]))]


def _formula(body: bytes, looks: Looks) -> Iterable[Placed]:
    row, column, style, value = struct.unpack_from("<HHHd", body)
    if body[12:14] != b"\xff\xff":
        return [(row, column, looks.plain(value, style))]
    results: dict[int, Cell | Fault | Awaited] = {0: Awaited(), 1: bool(body[8]), 2: Fault()}
    return [(row, column, results.get(body[6]))]


_READERS: Final[dict[int, Callable[[bytes, Looks], Iterable[Placed]]]] = {
    0x203: _number, 0x27E: _rk, 0xBD: _many_rk, 0xFD: _shared, 0x204: _label, 0x205: _truth,
    0x06: _formula,
}  # fmt: skip


def _short(four: bytes) -> float:
    """Return the number that four bytes tell: whole or not, in hundredths or not."""
    bits = int.from_bytes(four, "little")
    number: float
    if bits & 2:
        number = float(int.from_bytes(four, "little", signed=True) >> 2)
    else:
        number = struct.unpack("<d", bytes(4) + (bits & 0xFFFFFFFC).to_bytes(4, "little"))[0]
    return number / 100 if bits & 1 else number


def _day(value: float, epoch: datetime) -> Cell:
    """Return Excel's number of a day as a day, a time, or both."""
    if not 0 <= value < _LAST_DAY:
        return value
    if value < 1:
        return (epoch + timedelta(seconds=round(value * 86400))).time()
    days = value + 1 if epoch is EPOCH and value < _LEAP else value
    moment = epoch + timedelta(days=int(days), seconds=round((days % 1) * 86400))
    return moment if days % 1 else moment.date()
