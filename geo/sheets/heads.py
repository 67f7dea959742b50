"""The headings of a table in a sheet made for people (見出しを探す)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key, find_header, name_columns
from geo.base.text import tidy
from geo.sheets.cells import say_cell
from geo.sheets.unseen import drop_unseen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from geo.sheets.cells import Row, Sheet, Span

_LOOKED: Final = 60  # rows with something in them among which headings are looked for
_DEEPEST: Final = 3  # rows of headings
_SURE: Final = 2  # known headings in one row
_TITLE_SHARE: Final = 2  # a title fills less than this part of the widest row
_AGE: Final = re.compile(r"[0-9]{1,3}[-~〜～―–][0-9]{1,3}歳?|[0-9]{1,3}歳.*")
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9,. ]*\D{0,2}|[-‐–—―−Xx*]")
_SUMS: Final = frozenset(("計", "合計", "総数", "総計", "全体"))
_SEXES: Final = frozenset(("男", "女", "男性", "女性"))
_MARKS: Final = re.compile(
    r"^(?:[※*★●◎○]+|[\[【(]?(?:必須|任意|推奨)[\])】]?)+|[※*]+[0-9]*$|[\[【(](?:必須|任意|推奨|半角|全角)[^\])】]*[\])】]$"
)
_UNIT: Final = re.compile(
    r"(.+?)[(\[](m2|m\^2|ha|km2|km|m|cm|円|千円|人|名|世帯|戸|席|基|台|か所|箇所|ヶ所|回|分|時間|%|歳)[)\]]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Where a table's headings are (見出し).

    Attributes
    ----------
    first, body
        Places in the sheet's rows: the first row of the headings, and the first below them.
    columns
        Tidied and unique, those of several rows joined.
    """

    first: int
    body: int
    columns: tuple[str, ...]


def find_heads(sheet: Sheet, known: Collection[str], *, file: str, most: int) -> Heads:
    """Return the headings of a sheet (見出しを探す).

    Parameters
    ----------
    known
        `column_key` of the headings that the asking door knows: a row with two of them is
        theirs, however many rows of titles and notes are above.
    most
        Columns.

    Raises
    ------
    InputError
        No headings, or more than `most`.
    """
    rows = sheet.rows
    texts = [[say_cell(cell) for cell in cells] for _, cells in rows[: _LOOKED * 4]]
    first, body = find_header(texts, file=file)
    if body >= len(texts):
        body = next((at for at in range(first + 1, len(rows)) if _filled(rows[at])), len(rows))
    better = _better(texts, first, known)
    if better != first:
        first = better
        body = next((at for at in range(first + 1, len(rows)) if _filled(rows[at])), len(rows))
    heads = [list(texts[first])]
    spans = [one for one in sheet.spans if rows[first][0] <= one.top <= rows[first][0] + _DEEPEST]
    while len(heads) < _DEEPEST and body < len(texts) and _goes_on(heads, texts, body, rows, spans):
        heads.append(list(texts[body]))
        body = next((at for at in range(body + 1, len(rows)) if _filled(rows[at])), len(rows))
    cells = heads[0] if len(heads) == 1 else _join(heads, spans, rows[first][0], known)
    columns = name_columns([drop_unseen(one) for one in cells], file=file, most=most)
    return Heads(first=first, body=body, columns=columns)


def plain_head(heading: str) -> str:
    """Return a heading without the marks of a form (見出しの印を取る).

    Examples
    --------
    >>> plain_head("※名称（必須）"), plain_head("【任意】備考"), plain_head("定員※1")
    ('名称', '備考', '定員')
    """
    text = tidy(heading)
    plain = _MARKS.sub("", text).strip()
    return plain if plain and plain != text else heading


def split_unit(heading: str) -> tuple[str, str]:
    """Return a heading and the unit in its brackets, "" for none (見出しと単位).

    Examples
    --------
    >>> split_unit("面積（㎡）"), split_unit("定員(人)"), split_unit("緯度（10進法）")
    (('面積', 'm2'), ('定員', '人'), ('緯度(10進法)', ''))
    """
    text = tidy(heading).replace(" ", "")
    found = _UNIT.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


def nearest_head(column: str, known: Iterable[str]) -> str:
    """Return the known heading an unused column may have been meant as, "" for none (近い見出し).

    Examples
    --------
    >>> nearest_head("施設の名称", ["名称", "施設名称", "定員"]), nearest_head("天体", ["名称"])
    ('施設名称', '')
    >>> nearest_head("prefCode", ["area_code"]), nearest_head("adress", ["address"])
    ('', 'address')
    """
    by_key = {column_key(one): one for one in known}
    key = column_key(plain_head(split_unit(column)[0]))
    if key in by_key:
        return "" if key == column_key(column) else by_key[key]
    # A kana or kanji says more than a letter: prefCode is not meant as area_code.
    found = get_close_matches(key, by_key, n=1, cutoff=0.8 if key.isascii() else 0.7)
    return by_key[found[0]] if found else ""


def _filled(row: Row) -> bool:
    return any(tidy(say_cell(cell)) for cell in row[1])


def _hits(cells: Sequence[str], known: Collection[str]) -> int:
    keys = {column_key(plain_head(drop_unseen(one))) for one in cells if one}
    return sum(key in known or _AGE.fullmatch(key) is not None for key in keys if key)


def _is_value(cell: str) -> bool:
    text = tidy(cell)
    return _NUMBER.fullmatch(text) is not None and _AGE.fullmatch(text) is None


def _better(texts: Sequence[Sequence[str]], first: int, known: Collection[str]) -> int:
    """Return the row that is the headings where the first that could be is a title or a note."""
    own = _hits(texts[first], known)
    if own >= _SURE:
        return first
    rows = [at for at in range(first + 1, len(texts)) if any(map(tidy, texts[at]))][:_LOOKED]
    worded = [at for at in rows if not any(map(_is_value, texts[at]))]
    best = max(worded, key=lambda at: (_hits(texts[at], known), -at), default=first)
    if worded and _hits(texts[best], known) >= max(_SURE, own + 1):
        # Above the row with most known headings may stand the one that groups them.
        above = best - 1
        grouped = above >= first and sum(map(bool, map(tidy, texts[above]))) >= _SURE
        return above if grouped and _over(texts[above], texts[best]) else best
    if own:
        return first
    width = max(sum(map(bool, map(tidy, one))) for one in texts[first:][:_LOOKED])
    few = sum(map(bool, map(tidy, texts[first])))
    wide = (at for at in rows if sum(map(bool, map(tidy, texts[at]))) * 5 >= width * 3)
    return next(wide, first) if few * _TITLE_SHARE < width else first


def _over(above: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether a row groups the one below: a text over several, and gaps below filled above."""
    pairs = [(tidy(a), tidy(b)) for a, b in _pairs(above, below)]
    spans = any(
        a and b and not pairs[at + 1][0] and pairs[at + 1][1]
        for at, (a, b) in enumerate(pairs[:-1])
    )
    stands = any(a and not b for a, b in pairs)
    return spans and stands and not any(_NUMBER.fullmatch(one) for one, _ in pairs if one)


def _pairs(above: Sequence[str], below: Sequence[str]) -> list[tuple[str, str]]:
    width = max(len(above), len(below))
    return [
        (above[at] if at < len(above) else "", below[at] if at < len(below) else "")
        for at in range(width)
    ]


def _goes_on(
    heads: Sequence[Sequence[str]],
    texts: Sequence[Sequence[str]],
    body: int,
    rows: Sequence[Row],
    spans: Sequence[Span],
) -> bool:
    """Say whether the row at `body` is headings, too."""
    top, here = rows[body - 1][0], rows[body][0]
    below = [tidy(one) for one in texts[body]]
    if any(map(_is_value, below)):
        return False
    if any(one.top <= top and one.bottom >= here and one.top != one.bottom for one in spans):
        return True
    if not _over(heads[-1], below):
        return False
    lead = next((at for at, one in enumerate(heads[-1]) if tidy(one)), 0)
    if lead >= len(below) or not below[lead]:
        return True
    # Numbers begin under texts: then those were headings.
    after = [tidy(one) for one in texts[body + 1]] if body + 1 < len(texts) else []
    return any(
        one and at < len(after) and _NUMBER.fullmatch(after[at]) and not tidy(heads[-1][at])
        for at, one in enumerate(below)
        if at < len(heads[-1])
    )


def _join(
    heads: Sequence[Sequence[str]], spans: Sequence[Span], first: int, known: Collection[str]
) -> list[str]:
    width = max(map(len, heads))
    grid = [[tidy(one) for one in row] + [""] * (width - len(row)) for row in heads]
    for span in spans:
        at = span.top - first
        if 0 <= at < len(grid) and span.left < width:
            for column in range(span.left, min(span.right + 1, width)):
                grid[at][column] = grid[at][column] or grid[at][span.left]
    for at, row in enumerate(grid[:-1]):
        for column in range(1, width):
            below = grid[at + 1]
            goes_on = not spans and not row[column] and below[column] and below[column - 1]
            row[column] = row[column - 1] if goes_on else row[column]
    parts = [list(dict.fromkeys(filter(None, one))) for one in zip(*grid, strict=True)]
    inner = Counter(column_key(one[-1]) for one in parts if one)
    return [_one_name(one, known, inner) for one in parts]


def _one_name(parts: list[str], known: Collection[str], inner: Counter[str]) -> str:
    """Return one column's name of its headings, from the group's down."""
    if len(parts) < 2:  # noqa: PLR2004 - a group and its own
        return "".join(parts)
    top, own = "".join(parts[:-1]), parts[-1]
    if own in _SUMS:
        return top
    key = column_key(own)
    alone = key in known and inner[key] == 1 and column_key(top + own) not in known
    if alone or (top in _SUMS and _AGE.fullmatch(own)):
        return own
    if own in _SEXES or top in _SEXES:
        return f"{top}の{own}" if own in _SEXES else f"{own}の{top}"
    return f"{top}（{own}）"
