"""The recipe of a town, ``town.toml``: every source, its licence, and the options (街の作り方)."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

import tomli_w

from geo.base.files import save_text
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RECIPE = "town.toml"
FORMAT = 1
OSM_CREDIT = ("OpenStreetMap", "ODbL 1.0", "© OpenStreetMap contributors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Choices that change the figures (数え方の設定).

    Attributes
    ----------
    snap_limit_m
        A place farther than this from every street is off the network.
    keep_beyond_m
        Streets are kept this far beyond the border, so that walks may cross it.
    min_island_m
        Unlinked pieces of street shorter than this in all are left out.
    use_unknown_streets
        Whether a street whose kind the source does not say may be walked.
    """

    snap_limit_m: float = 100.0
    keep_beyond_m: float = 3000.0
    min_island_m: float = 200.0
    use_unknown_streets: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One source file of the recipe (出典のファイル).

    Attributes
    ----------
    role
        One of `geo.sources.roles.ROLES`; of heights the first that knows a place counts.
    file
        Path inside the town's folder, with forward slashes.
    sha256
        Of the file when it was brought in; a changed file is noticed at the next build.
    name, date, licence, credit
        Printed wherever the data is shown; "" until somebody fills them in.
    division, column, tier
        Of a division: its name, its name column, and its label.
    pick
        Of a border or people: the municipality taken of a file that holds several, by code or
        name; "" for the only one.
    layer
        Of a map file with several layers, or a zip with several maps: which; "" for the only one.
    accept
        What somebody has said is meant, so that it is not refused: "kind" of a border or a
        division that is more than a municipality, "places" of sites outside the town.
    """

    role: str
    file: str
    sha256: str = ""
    name: str = ""
    date: str = ""
    licence: str = ""
    credit: str = ""
    division: str = ""
    column: str = ""
    tier: str = ""
    pick: str = ""
    layer: str = ""
    accept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A whole recipe (作り方)."""

    name: str
    options: Options
    sources: tuple[SourceFile, ...]

    def of(self, role: str) -> tuple[SourceFile, ...]:
        """Return the sources of a role, in order (その役の出典)."""
        return tuple(source for source in self.sources if source.role == role)


def save_recipe(recipe: Recipe, path: Path) -> None:
    """Write a recipe (作り方を書く)."""
    sources = [
        {k: v for k, v in asdict(source).items() if v or k in _ALWAYS} for source in recipe.sources
    ]
    table = {
        "format": FORMAT,
        "name": recipe.name,
        "options": asdict(recipe.options),
        "source": sources,
    }
    save_text(path, _HEAD + tomli_w.dumps(table))


def load_recipe(path: Path) -> Recipe:
    """Read a recipe (作り方を読む).

    Raises
    ------
    InputError
        When it is missing, is no TOML, is of another format, or lacks or misspells a key.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(Words(f"{path} がありません", f"there is no {path}")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(
            Words(f"{path} が読めません: {error}", f"cannot read {path}: {error}")
        ) from None
    try:
        return _recipe(table)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise InputError(
            Words(
                f"{path} の書き方がちがいます: {error}", f"{path} is not a recipe we know: {error}"
            )
        ) from None


_MOST_M, _LONGEST = 1e6, 255
_ALWAYS = ("role", "file", "sha256", "name", "date", "licence", "credit")
_HEAD = """\
# この街の作り方。出典の名前・日付・ライセンス・クレジットを書き足したら
#   kayoi build --recipe town.toml
# でもう一度作ってください。同じ中身からは、いつも同じデータができます。
# The recipe of this town; fill in names, dates, licences and credits, and build again.

"""


def _recipe(table: dict[str, Any]) -> Recipe:
    if table.get("format") != FORMAT:
        raise ValueError(f"format = {table.get('format')}")
    _check_keys(table, ("format", "name", "options", "source"), "town.toml")
    if not isinstance(table["name"], str) or not isinstance(table.get("source"), list):
        raise TypeError("name is a text, [[source]] are tables")
    sources = tuple(_source(source) for source in table["source"])
    for role in ROLES.values():
        if role.one and sum(source.role == role.id for source in sources) > 1:
            raise ValueError(f"two sources of role {role.id}")
    return Recipe(name=table["name"], options=_options(table.get("options", {})), sources=sources)


def _options(values: Any) -> Options:  # noqa: ANN401 - whatever the file holds
    known = {one.name: one.type for one in fields(Options)}
    _check_keys(values, known, "[options]")
    for name, value in values.items():
        right = isinstance(value, bool) if known[name] == "bool" else _is_metres(value)
        if not right:
            raise ValueError(f"options.{name} = {value}")
    return Options(**values)


def _source(values: Any) -> SourceFile:  # noqa: ANN401 - whatever the file holds
    _check_keys(values, [one.name for one in fields(SourceFile)], "[[source]]")
    if any(not isinstance(value, str) for value in values.values()):
        raise TypeError(f"source {values.get('file')}: every value is a text")
    source = SourceFile(**values)
    if source.role not in ROLES:
        raise ValueError(f"role = {source.role}; one of {', '.join(ROLES)}")
    if not source.file or "\0" in source.file or len(source.file) > _LONGEST:
        raise ValueError(f"file of role {source.role}")
    if source.role == "division" and not (source.division and source.column):
        raise ValueError(f"source {source.file}: a division needs division and column")
    return source


def _check_keys(values: Any, known: Iterable[str], where: str) -> None:  # noqa: ANN401 - as above
    if not isinstance(values, dict):
        raise TypeError(f"{where} is no table")
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise ValueError(f"{where}: {', '.join(unknown)}")


def _is_metres(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST_M
