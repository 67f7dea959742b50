"""How somebody said a table is to be read, in a small file beside it (表の読み方の控え).

It stands in the town's folder with the table, so that the town is built again the same way.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import tomli_w

from geo.base.delimited import column_key, refusal
from geo.base.files import save_text
from geo.base.text import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_ENDING: Final = ".reading.toml"
_HEAD: Final = "# この表の読み方（kayoi build --map、--encoding）。How this table is read.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class HowRead:
    """What somebody said of a table (読み方).

    Attributes
    ----------
    columns
        By heading the one it is read as; "" leaves the column out.
    encoding
        Python's name; "" for what it seems to be.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""


def load_how(path: Path) -> HowRead:
    """Return how a table is to be read; nothing said where nothing stands beside it (読み方を読む).

    Raises
    ------
    InputError
        The file beside it is none of ours.
    """
    beside = path.with_name(path.name + _ENDING)
    if not beside.is_file():
        return HowRead()
    try:
        told = tomllib.loads(beside.read_text(encoding="utf-8-sig"))
        columns = {str(head): str(one) for head, one in told.get("columns", {}).items()}
        return HowRead(columns=columns, encoding=str(told.get("encoding", "")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, AttributeError) as error:
        raise refusal(
            beside.name, f"読めません（{error}）。直すか、消してください",
            f"cannot be read ({error}); mend or delete it",
        ) from error  # fmt: skip


def save_how(path: Path, how: HowRead) -> None:
    """Write beside a table how it is to be read (読み方を書く)."""
    told = {"encoding": how.encoding, "columns": dict(how.columns)}
    save_text(path.with_name(path.name + _ENDING), _HEAD + tomli_w.dumps(told))


def rename_columns(
    columns: Sequence[str], how: Mapping[str, str], file: str
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return a table's headings as they are to be read, and the places of those that are (見出しを読みかえる).

    Raises
    ------
    InputError
        A heading the table does not have; those it has are listed.

    Examples
    --------
    >>> rename_columns(["事業所名", "name", "階数"], {"事業所 名": "name", "階数": ""}, "a.csv")
    (('name', 'name（もとの列）'), (0, 1))
    """
    wanted = {column_key(head): new for head, new in how.items()}
    missing = [head for head in how if column_key(head) not in set(map(column_key, columns))]
    if missing:
        raise refusal(
            file,
            f"「{visible('」「'.join(missing))}」という列はありません。ある列: {visible('、'.join(columns))}",
            f"has no column {visible(', '.join(missing))}; it has: {visible(', '.join(columns))}",
        )
    taken = {column_key(new) for new in how.values() if new}
    names: list[str] = []
    places: list[int] = []
    for at, one in enumerate(columns):
        key = column_key(one)
        new = wanted.get(key, f"{one}（もとの列）" if key in taken else one)
        if new:
            names.append(new)
            places.append(at)
    return tuple(names), tuple(places)
