"""How ``kayoi build`` is told to read tables, and what it asks before a town is made (表の読み方の指定)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.delimited import column_key
from geo.base.guesses import ENCODINGS, parse_encoding
from geo.base.near import find_near
from geo.base.problems import InputError
from geo.base.text import visible
from geo.base.words import Words
from geo.sources.how_read import HowRead, save_how
from geo.sources.people import HEADINGS as PEOPLE_HEADINGS
from geo.sources.sites import HEADINGS, NAME_ENDS, NO_NAME
from geo.sources.tabular import TABLE_ENDINGS, load_table, read_bytes

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from geo.base.arguments import Add
    from geo.sources.recipe import Recipe
    from geo.town import Town

_ROLES: Final = ("sites", "people")
_SHOWN: Final = 20


def add_reading(add: Add) -> None:
    """Declare how tables are to be read (引数)."""
    add(
        "--map",
        "--sites や --people の表の列を、ほかの見出しとして読む（'事業所名=名称'。使わない列は '階数='）。何度でも",
        "read a column of a table of --sites or --people under another heading ('office=name';"
        " 'floors=' leaves it out); may be repeated",
        action="append", default=[], metavar="HEADING=HEADING",
    )  # fmt: skip
    add(
        "--encoding",
        f"--sites や --people の表の、UTF-8 でないものの文字コード: {'、'.join(ENCODINGS.values())}",
        f"encoding of those tables of --sites and --people that are not UTF-8: {', '.join(ENCODINGS.values())}",
        default="", metavar="NAME",
    )  # fmt: skip
    add(
        "--accept",
        "聞かれることをこれでよいとする: kind（市区町村より広い境や地区）、names（名前のない通いの場）、"
        "places（街の外の通いの場）",
        "take as meant what is asked about: kind (a border or areas of more than a municipality), "
        "names (salons without a name), places (salons outside the town)",
        default="", metavar="kind,names,places",
    )  # fmt: skip


def parse_columns(texts: list[str]) -> dict[str, str]:
    """Return what ``事業所名=名称`` says (列の指定を読む).

    Raises
    ------
    InputError
        No ``=`` in it.

    Examples
    --------
    >>> parse_columns(["事業所名=名称", "階数="])
    {'事業所名': '名称', '階数': ''}
    """
    out: dict[str, str] = {}
    for text in texts:
        head, equals, new = (one.strip() for one in text.rpartition("="))
        if not equals or not head:
            raise InputError(
                Words(
                    f"--map「{visible(text)}」が読めません。'事業所名=名称' のように書いてください",
                    f"cannot read --map {visible(text)!r}; write 'HEADING=HEADING'",
                )
            )
        out[head] = new
    return out


def keep_reading(args: argparse.Namespace, folder: Path, recipe: Recipe) -> None:
    """Write beside each table of the town how it is to be read, where somebody said so (読み方を控える).

    Raises
    ------
    InputError
        A heading that none of the tables has or is read by, told with the nearest; or an encoding
        that is not read.
    """
    columns, encoding = parse_columns(args.map), parse_encoding(args.encoding)
    if not columns and not encoding:
        return
    _check_known(columns)
    met: set[str] = set()
    there: list[str] = []
    for source in (one for role in _ROLES for one in recipe.of(role)):
        path = folder / source.file
        if path.suffix.casefold() not in (*TABLE_ENDINGS, ".zip"):
            continue
        told = "" if _is_plain(path) else encoding
        save_how(path, HowRead(encoding=told))
        known = (*columns, *(HEADINGS if source.role == "sites" else PEOPLE_HEADINGS))
        listed = list(map(str, load_table(path, known=known).frame.columns))
        heads = set(map(column_key, listed))
        there += listed
        own = {head: new for head, new in columns.items() if column_key(head) in heads}
        met |= own.keys()
        save_how(path, HowRead(columns=own, encoding=told))
    if missing := [head for head in columns if head not in met]:
        near = [one for head in missing for one in find_near(head, there)]
        said = _say_near(near)
        raise InputError(
            Words(
                f"--map の「{visible('」「'.join(missing))}」という列は、どの表にもありません{said.ja}",
                f"no table has the column {visible(', '.join(missing))} of --map{said.en}",
            )
        )


def _check_known(columns: Mapping[str, str]) -> None:
    """Refuse a heading that no table is read by; ages and years are told by their numbers."""
    known = {column_key(one) for one in (*HEADINGS, *PEOPLE_HEADINGS)}
    for new in columns.values():
        key = column_key(new)
        if not new or key in known or any(map(str.isdigit, key)) or key.endswith(NAME_ENDS):
            continue
        said = _say_near(find_near(new, (*HEADINGS, *PEOPLE_HEADINGS)))
        raise InputError(
            Words(
                f"--map の「{visible(new)}」は、表の見出しとして読めません{said.ja}",
                f"--map: {visible(new)!r} is no heading that is read{said.en}",
            )
        )


def _say_near(near: Iterable[str]) -> Words:
    told = list(dict.fromkeys(near))
    if not told:
        return Words("", "")
    return Words(
        f"。近いもの: {visible('、'.join(told))}", f"; the nearest: {visible(', '.join(told))}"
    )


def _is_plain(path: Path) -> bool:
    """Say whether a text says itself that it is UTF-8 or UTF-16: then no other encoding is meant."""
    data = read_bytes(path)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def check_names(town: Town) -> None:
    """Refuse a town some of whose 通いの場 have no name (名前のない通いの場を断る).

    Raises
    ------
    InputError
        How many, and where the first of them are.
    """
    nameless = town.salons[town.salons["name"] == NO_NAME]
    if nameless.empty:
        return
    lon, lat = town.plane.to_lonlat(nameless["x_m"].to_numpy(), nameless["y_m"].to_numpy())
    shown = [f"{y:.5f}, {x:.5f}" for x, y in zip(lon, lat, strict=True)][:_SHOWN]
    more = "…" if len(nameless) > _SHOWN else ""
    listed = f"{' / '.join(shown)}{more}"
    raise InputError(
        Words(
            f"名前のない通いの場が{len(nameless)}か所あります（{listed}）。名前の列の見出しを --map で教えるか、"
            "これでよければ --accept names を付けてください",
            f"{len(nameless)} salons have no name ({listed}); tell the column of names by --map, or add"
            " --accept names if it is meant",
        )
    )
