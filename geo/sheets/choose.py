"""Which sheet of a workbook holds the table that is wanted (どのシートか)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key, refusal
from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.sheets.heads import find_heads, plain_head
from geo.sheets.kinds import is_sample_sheet

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from geo.sheets.cells import Book, Sheet
    from geo.sheets.heads import Heads

_SURE: Final = 2  # known headings
_HIDDEN: Final = Words("隠れたシートなので、使いませんでした", "a hidden sheet; not used")
_SAMPLE: Final = Words(
    "記入例や説明のシートなので、使いませんでした",
    "a sheet of examples, choices or explanations; not used",
)
_OTHER: Final = Words(
    "ほかのシートと見出しがちがうので、使いませんでした",
    "has other headings than the rest; not used",
)
ALL_SHEETS: Final = "all"  # every sheet of one layout
_NO_TABLE: Final = Words("使う表がないシートです", "a sheet without the table that is wanted")


class ManySheetsError(InputError):
    """Several sheets of a workbook could be meant (シートがいくつもある).

    Attributes
    ----------
    names
        Theirs, in the file's order.
    """

    def __init__(self, file: str, names: Sequence[str]) -> None:
        listed = "、".join(f"「{one}」" for one in names)
        said = refusal(
            file,
            f"表のあるシートが{len(names)}枚あります（{listed}）。使うシートだけを別のファイルに保存してください",
            f"{len(names)} sheets hold a table ({listed}); save the one to be used as a file of its own",
        )
        super().__init__(said.words)
        self.names = tuple(names)


def choose_sheet(
    book: Book, known: Collection[str], *, most: int
) -> tuple[Sheet, Heads, list[Problem]]:
    """Return the sheet to be read, its headings, and what is told of the others (シートを選ぶ).

    Raises
    ------
    InputError
        There is none, or more than one that could be meant.
    """
    if len(book.sheets) == 1 and not book.sheets[0].name:
        return book.sheets[0], find_heads(book.sheets[0], known, file=book.file, most=most), []
    good, told, faults = _look(book, known, most)
    sure = [one for one in good if one[0] >= _SURE] or good
    if len(sure) != 1:
        raise _no_choice(book.file, [sheet.name for _, sheet, _ in sure], told, faults)
    ((_, sheet, heads),) = sure
    told += [_tell(book.file, one.name, _NO_TABLE) for _, one, _ in good if one is not sheet]
    return sheet, heads, told


def alike_sheets(
    book: Book, known: Collection[str], *, most: int
) -> tuple[list[str], list[Problem]]:
    """Return the names of all sheets of one layout, and what is told of the others (同じ形のシートをすべて).

    The layout is the one that most of the sheets that could be meant have, in whatever order.

    Raises
    ------
    InputError
        No sheet holds a table, or no layout is that of more sheets than any other.
    """
    good, told, faults = _look(book, known, most)
    sure = [one for one in good if one[0] >= _SURE] or good
    layouts = Counter(map(_layout, (heads for _, _, heads in sure)))
    ((first, times), *rest) = layouts.most_common(2) or [(frozenset[str](), 0)]
    if not times or (rest and rest[0][1] == times):
        raise _no_choice(book.file, [sheet.name for _, sheet, _ in sure], told, faults)
    alike = [sheet for _, sheet, heads in sure if _layout(heads) == first]
    told += [_tell(book.file, one.name, _OTHER) for _, one, _ in good if one not in alike]
    return [one.name for one in alike], told


def _layout(heads: Heads) -> frozenset[str]:
    return frozenset(column_key(plain_head(one)) for one in heads.columns)


def _look(
    book: Book, known: Collection[str], most: int
) -> tuple[list[tuple[int, Sheet, Heads]], list[Problem], list[InputError]]:
    """Return the sheets with a table and how many of its headings are known, what is told, and faults."""
    told: list[Problem] = []
    good: list[tuple[int, Sheet, Heads]] = []
    faults: list[InputError] = []
    for sheet in book.sheets:
        reason = _HIDDEN if sheet.hidden else _SAMPLE if _is_beside(sheet.name) else None
        if reason is not None:
            told += [_tell(book.file, sheet.name, reason)] if sheet.rows else []
            continue
        try:
            heads = find_heads(sheet, known, file=book.file, most=most)
        except InputError as error:
            faults += [error] if sheet.rows else []
        else:
            keys = {column_key(plain_head(one)) for one in heads.columns}
            if heads.body < len(sheet.rows):
                good.append((len(keys & set(known)), sheet, heads))
                continue
        told += [_tell(book.file, sheet.name, _NO_TABLE)] if sheet.rows else []
    return good, told, faults


def _no_choice(
    file: str, names: Sequence[str], told: Sequence[Problem], faults: Sequence[InputError]
) -> InputError:
    """Return why no sheet is read: there are several, or none, or its own fault."""
    if names:
        return ManySheetsError(file, names)
    if len(told) == len(faults) == 1:
        return faults[0]
    ja, en = "、".join(one.say("ja") for one in told), "; ".join(one.say("en") for one in told)
    return refusal(file, f"読める表がありません。{ja}", f"holds no table that can be read. {en}")


def _is_beside(name: str) -> bool:
    return name.startswith("_") or is_sample_sheet(name)


def _tell(file: str, sheet: str, reason: Words) -> Problem:
    return Problem(file=f"{file} {sheet}", row=None, column="", value="", reason=reason)
