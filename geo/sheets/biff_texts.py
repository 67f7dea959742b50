"""Texts in the records of an old workbook, a long one going on in the next (古いブックの文字)."""

from __future__ import annotations

from typing import Final

from geo.sheets.compound import BrokenError

_WIDE, _EXTENDED, _RICH = 1, 4, 8
_PAIR: Final = 2  # bytes of a wide sign


class PartedText:
    """A reader of texts in a record and those that continue it (続く記録の文字).

    Parameters
    ----------
    parts
        The bodies of the records, the first first.
    """

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts
        self.part = self.at = 0

    def ended(self) -> bool:
        """Say whether nothing is left (終わりか)."""
        self._turn()
        return self.part >= len(self.parts)

    def long_text(self) -> str:
        """Return a text that tells its length in two bytes (文字を読む)."""
        count = int.from_bytes(self._take(2), "little")
        return self._signs(count, wide=bool(self._take(1)[0] & _WIDE))

    def rich_text(self) -> str:
        """Return a text of the shared table, its fonts and readings passed over (共有の文字を読む)."""
        count = int.from_bytes(self._take(2), "little")
        flags = self._take(1)[0]
        runs = int.from_bytes(self._take(2), "little") if flags & _RICH else 0
        more = int.from_bytes(self._take(4), "little") if flags & _EXTENDED else 0
        text = self._signs(count, wide=bool(flags & _WIDE))
        self._skip(4 * runs + more)
        return text

    def _turn(self) -> bool:
        turned = False
        while self.part < len(self.parts) and self.at >= len(self.parts[self.part]):
            self.part, self.at, turned = self.part + 1, 0, True
        return turned

    def _take(self, count: int) -> bytes:
        out = b""
        while len(out) < count:
            self._turn()
            if self.part >= len(self.parts):
                raise BrokenError("text")
            piece = self.parts[self.part][self.at : self.at + count - len(out)]
            self.at += len(piece)
            out += piece
        return out

    def _skip(self, count: int) -> None:
        while count:
            self._turn()
            if self.part >= len(self.parts):
                raise BrokenError("text")
            step = min(count, len(self.parts[self.part]) - self.at)
            self.at += step
            count -= step

    def _signs(self, count: int, *, wide: bool) -> str:
        out: list[str] = []
        while count:
            if self._turn():
                # A record that goes on says anew how wide its signs are.
                wide = bool(self._take(1)[0] & _WIDE)
            if self.part >= len(self.parts):
                raise BrokenError("text")
            size = _PAIR if wide else 1
            here = self.parts[self.part][self.at :]
            signs = min(count, len(here) // size)
            if not signs:
                raise BrokenError("text")
            code = "utf-16-le" if wide else "latin-1"
            out.append(here[: signs * size].decode(code, errors="replace"))
            self.at += signs * size
            count -= signs
        return "".join(out)


def short_text(body: bytes) -> str:
    r"""Return a text that tells its length in one byte, as a sheet's name (シートの名前).

    Examples
    --------
    >>> short_text(b"\x03\x00abc"), short_text(b"\x01\x01\x00\x4e")
    ('abc', '一')
    """
    count, wide = body[0], bool(body[1] & _WIDE)
    code = "utf-16-le" if wide else "latin-1"
    return body[2 : 2 + count * (_PAIR if wide else 1)].decode(code, errors="replace")
