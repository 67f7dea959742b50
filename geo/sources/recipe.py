"""The recipe of a town, ``town.toml``: every source, its licence, and the options (街の作り方)."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import tomli_w

from geo.problems import InputError
from geo.sources.files import save_text
from geo.words import Words

if TYPE_CHECKING:
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
        ``streets``, ``border``, ``division``, ``people`` or ``sites``.
    file
        Path inside the town's folder, with forward slashes.
    sha256
        Of the file when it was brought in; a changed file is noticed at the next build.
    name, date, licence, credit
        Printed wherever the data is shown; "" until somebody fills them in.
    division, column, tier
        Of a division: its name, its name column, and its label.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A whole recipe (作り方)."""

    name: str
    options: Options
    sources: tuple[SourceFile, ...]

    def of(self, role: str) -> tuple[SourceFile, ...]:
        """Return the sources of a role, in order (その役の出典)."""
        return tuple(source for source in self.sources if source.role == role)


def save_recipe(recipe: Recipe, folder: Path) -> None:
    """Write the recipe into a town's folder (作り方を書く)."""
    sources = [
        {k: v for k, v in asdict(source).items() if v or k in _ALWAYS} for source in recipe.sources
    ]
    table = {
        "format": FORMAT,
        "name": recipe.name,
        "options": asdict(recipe.options),
        "source": sources,
    }
    save_text(folder / RECIPE, _HEAD + tomli_w.dumps(table))


def load_recipe(path: Path) -> Recipe:
    """Read a recipe (作り方を読む).

    Raises
    ------
    InputError
        When it is missing, is no TOML, is of another format, or lacks or misspells a key.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
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
            Words(f"{path} の書き方が違います: {error}", f"{path} is not a recipe we know: {error}")
        ) from None


_MOST_M = 1e6
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
    options = Options(**table.get("options", {}))
    for name, value in asdict(options).items():
        if not isinstance(value, bool) and not (
            isinstance(value, int | float) and 0 <= value <= _MOST_M
        ):
            raise ValueError(f"options.{name} = {value}")
    sources = tuple(SourceFile(**source) for source in table["source"])
    for source in sources:
        if any(not isinstance(value, str) for value in asdict(source).values()):
            raise TypeError(f"source {source.file}: every value is a text")
    return Recipe(name=str(table["name"]), options=options, sources=sources)
