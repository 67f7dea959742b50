"""One sheet of heights: a file, or what a zip holds (標高の一枚)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.base.problems import InputError
from geo.base.words import Words

_MB: Final = 1 << 20
MOST_TEXT: Final = 128 * _MB  # of one file; a DEM10B sheet is 20 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class HeightSheet:
    """One sheet (標高の一枚).

    Attributes
    ----------
    name
        As it is told in an error, without its folder.
    content
        The file, or its bytes.
    """

    name: str
    content: Path | bytes

    def load(self, most: int = MOST_TEXT) -> bytes:
        """Return its bytes, at most so many (中身を読む)."""
        return _load(self.name, self.content, most)

    def load_beside(self, ending: str) -> bytes | None:
        """Return the file of the same name with another ending, ``None`` for none (となりのファイル)."""
        beside = self.content.with_suffix(ending) if isinstance(self.content, Path) else None
        return _load(self.name, beside, _MB) if beside and beside.is_file() else None


def refuse_large(name: str) -> InputError:
    """Return what is said of a file that is too large (大きすぎる)."""
    return InputError(
        Words(
            f"標高の {name} は大きすぎます。街のまわりだけを切り出してください",
            f"the heights {name} are too large; cut out the surroundings of the town",
        )
    )


def _load(name: str, content: Path | bytes, most: int) -> bytes:
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if size > most:
        raise refuse_large(name)
    return content if isinstance(content, bytes) else content.read_bytes()
