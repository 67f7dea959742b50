"""Build a town from its recipe (街をつくる)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import shapely

from geo.base.dates import find_day
from geo.base.files import hash_file, save_bytes
from geo.base.place import Plane, choose_plane
from geo.base.problems import InputError, Problem, dump_problems
from geo.base.sound import sound_numbers
from geo.base.words import Words
from geo.network.lay import build_network
from geo.network.straight import no_streets, snapper_of
from geo.sources.addresses import address_books
from geo.sources.editions import begin_next, drop_next, finish_next, take_next
from geo.sources.ground import counted_areas, lay_areas, lay_border, read_ground
from geo.sources.place_heights import place_heights
from geo.sources.place_people import place_people
from geo.sources.place_sites import SiteList, place_sites
from geo.sources.place_streets import (
    NO_HEIGHTS_LAID,
    STREETLESS,
    note_uncovered,
    nothing_mapped,
    tell_kinds,
    tell_network,
    tell_no_streets,
    tell_streets,
)
from geo.sources.recipe import RECIPE, load_recipe, save_recipe
from geo.sources.streets.streets import load_streets
from geo.sources.town_folder import save_town
from geo.town import Credit, Town, snap_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import geopandas as gpd

    from geo.network.extract import Extract
    from geo.network.network import WalkNetwork
    from geo.sources.recipe import Recipe, SourceFile


NO_GROUND: Final = Words(
    "街の範囲が分かりません。道のデータ（--streets か --place）、市の境（--border）、地区の分け方（--division）の"
    "どれか1つは渡してください。道がなくても、境か地区があれば街はつくれます（距離はすべて直線になります）",
    "where the town lies is not known; give streets (--streets or --place), a border (--border) or a "
    "division (--division), one of them. Without streets a town can be made of a border or of areas: "
    "every distance is then a straight line",
)


@dataclass(slots=True, kw_only=True)
class Report:
    """What a build noticed (つくったときに気づいたこと).

    Attributes
    ----------
    problems
        Faults of rows, all of them.
    notices
        What was mended or assumed, in words.
    facts
        Counts, kept with the town.
    """

    problems: list[Problem] = field(default_factory=list)
    notices: list[Words] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def take(self, found: list[Problem | Words]) -> None:
        """Add problems and notices (加える)."""
        self.problems += [one for one in found if isinstance(one, Problem)]
        self.notices += [one for one in found if isinstance(one, Words)]


def build_new(
    folder: Path,
    recipe: Recipe,
    say: Callable[[Words], None],
    *,
    take: bool = True,
    keep: bool = True,
    notes: Sequence[Words] = (),
) -> tuple[Town, Report]:
    """Build a town from a new recipe, kept only when the town is whole (新しくつくる).

    When the build fails, a town that was there before stays as it was, recipe and all.

    Parameters
    ----------
    take
        Whether it takes its place at once; else it waits for `geo.sources.editions.take_next`.
    keep
        Whether the town that was there is kept among the editions.
    notes
        What is to stand among the town's notices beside those of its files.
    """
    draft = folder / f".{RECIPE}.new"
    save_recipe(recipe, draft)
    try:
        made = _build(folder, draft, say, moved=draft, notes=notes)
    finally:
        draft.unlink(missing_ok=True)
    if take:
        take_next(folder, keep=keep)
    return made


def build_town(
    folder: Path, recipe_file: Path, say: Callable[[Words], None]
) -> tuple[Town, Report]:
    """Build the data of a town's folder from a recipe (街をつくる).

    The data is written beside the old and takes its place when it is whole; the old is kept among
    the editions (`geo.sources.editions`). The same recipe and files give the same bytes.

    Parameters
    ----------
    folder
        The town's folder; source paths in the recipe are inside it.
    say
        Called with one line for each step begun.

    Raises
    ------
    InputError
        When a source is missing or cannot be used.
    """
    made = _build(folder, recipe_file, say, moved=None)
    take_next(folder)
    return made


@sound_numbers(Words("街をつくる計算", "building the town"))
def _build(
    folder: Path,
    recipe_file: Path,
    say: Callable[[Words], None],
    *,
    moved: Path | None,
    notes: Sequence[Words] = (),
) -> tuple[Town, Report]:
    """Build into the folder of the next edition; one that fails leaves nothing there."""
    recipe = load_recipe(recipe_file)
    report = Report(notices=[*notes])
    _check_files(folder, recipe, report)
    town, base = _make(folder, recipe, report, say)
    report.facts["notices"] = [[words.ja, words.en] for words in report.notices]
    report.facts["problem_rows"] = len(report.problems)
    say(Words("書きこんでいます", "writing"))
    new = begin_next(folder)
    try:
        save_town(new, town, base)
        save_bytes(new / "problems.csv", dump_problems(report.problems).encode("utf-8-sig"))
        # The recipe that stands later need not be the one this edition was made by.
        save_recipe(recipe, new / RECIPE)
        finish_next(folder, moved)
    except BaseException:
        drop_next(folder)
        raise
    return town, report


def _make(
    folder: Path, recipe: Recipe, report: Report, say: Callable[[Words], None]
) -> tuple[Town, gpd.GeoDataFrame]:
    say(Words("地区を読んでいます", "reading boundaries"))
    bounds = read_ground(folder, recipe)
    report.take(bounds.notices)
    report.facts.update(bounds.facts)
    border_lonlat, areas_lonlat = bounds.border, bounds.divisions
    extract = _extract(folder, recipe, border_lonlat, say)
    report.take([*extract.notices, *extract.problems])
    report.take(list(tell_kinds(_street_file(recipe), extract)))
    limit = recipe.options.snap_limit_m
    given = border_lonlat is not None
    if border_lonlat is None:
        border_lonlat = shapely.box(*_bounds(extract))
        report.notices.append(
            Words(
                f"市の境がないので、道のある範囲と、そのまわり{limit:.0f}mを街としました",
                f"no border was given: the extent of the streets and {limit:.0f} m around it are "
                "the town",
            )
        )
    middle = border_lonlat.centroid
    plane = choose_plane(middle.x, middle.y)
    border = lay_border(border_lonlat, plane)
    if not given:  # as far as a home may be from a street
        border = border.buffer(limit, join_style="mitre")
    areas = lay_areas(areas_lonlat, recipe, border, plane)
    keep = border.buffer(recipe.options.keep_beyond_m)
    network = _network(recipe, extract, plane, keep, report)
    if recipe.of("heights") and network.edge_count:
        say(Words("道の高さを測っています", "measuring the streets' heights"))
    heights = place_heights(recipe.of("heights"), folder, network=network, plane=plane)
    report.take(list(heights.notices))
    report.facts.update(heights.facts)
    say(Words("人口を割りふっています", "placing people"))
    placed = place_people(
        bounds.people_files(folder, recipe),
        counted_areas(areas),
        {source.division: source.column for source in recipe.of("division")},
        border=border,
        plane=plane,
        network=network,
        buildings=extract.buildings,
    )
    report.take(placed.found)
    report.facts.update(placed.facts)
    say(Words("地点を読んでいます", "reading sites"))
    sites, found = place_sites(
        [
            SiteList(
                path=folder / one.file,
                name=one.name,
                on=find_day(one.date),
                layer=one.layer,
                anywhere=one.accept == "places",
            )
            for one in recipe.of("sites")
        ],
        extract.sites,
        books=address_books(folder, recipe, areas, recipe.name, plane, border),
        plane=plane,
        border=border,
        keep_beyond_m=recipe.options.keep_beyond_m,
    )
    report.take(found)
    snapper = snapper_of(network)
    snaps = snap_cells(snapper, placed.cells, limit_m=limit)
    if network.edge_count:
        covered, notices = note_uncovered(
            network,
            border,
            areas,
            placed.cells,
            snaps,
            own=placed.division,
            limit_m=limit,
            given=given,
        )
        report.facts["streets"] |= covered
        report.take(list(notices))
    town = Town(
        name=recipe.name,
        plane=plane,
        network=network,
        border=border,
        areas=areas,
        cells=placed.cells,
        sites=sites,
        credits=tuple(_credit(source) for source in recipe.sources),
        people_division=placed.division,
        snap_limit_m=limit,
        facts=report.facts,
        snapper=snapper,
        cell_snaps=snaps,
        relief=heights.relief,
    )
    return town, extract.base


def _check_files(folder: Path, recipe: Recipe, report: Report) -> None:
    for source in recipe.sources:
        path = folder / source.file
        if not path.resolve().is_relative_to(folder.resolve()):
            raise InputError(
                Words(
                    f"出典 {source.file} が街のフォルダの外です",
                    f"source {source.file} is outside the town's folder",
                )
            )
        if not path.is_file():
            raise InputError(
                Words(f"出典のファイル {path} がありません", f"the source file {path} is missing")
            )
        if source.sha256 and hash_file(path) != source.sha256:
            report.notices.append(
                Words(
                    f"{source.file} の中身が、前につくったときから変わっています",
                    f"{source.file} has changed since the town was first built",
                )
            )


def _street_file(recipe: Recipe) -> str:
    streets = recipe.of("streets")
    return streets[0].file.rsplit("/", 1)[-1] if streets else ""


def _network(
    recipe: Recipe, extract: Extract, plane: Plane, keep: shapely.Geometry, report: Report
) -> WalkNetwork:
    """Return the town's streets; a town built without any has an empty network."""
    if not recipe.of("streets"):
        report.facts["streets"] = tell_no_streets()
        report.notices += [STREETLESS, *([NO_HEIGHTS_LAID] if recipe.of("heights") else [])]
        return no_streets()
    network, streets = build_network(
        extract.streets, plane, keep=keep, min_island_m=recipe.options.min_island_m
    )
    report.facts["streets"] = tell_streets(extract, network, streets)
    report.take(tell_network(_street_file(recipe), extract, network, streets, plane))
    return network


def _extract(
    folder: Path, recipe: Recipe, border: shapely.Geometry | None, say: Callable[[Words], None]
) -> Extract:
    streets = recipe.of("streets")
    if not streets and border is None:
        raise InputError(NO_GROUND)
    if not streets:
        return nothing_mapped()
    say(Words("道を読んでいます", "reading streets"))
    keep = None
    if border is not None:
        west, south, east, north = border.bounds
        margin = recipe.options.keep_beyond_m / 90_000.0  # a degree of longitude at 36°N is 90 km
        keep = (west - margin, south - margin, east + margin, north + margin)
    return load_streets(
        folder / streets[0].file, keep_lonlat=keep, use_unknown=recipe.options.use_unknown_streets
    )


def _bounds(extract: Extract) -> tuple[float, float, float, float]:
    lon, lat = extract.streets.lon, extract.streets.lat
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _credit(source: SourceFile) -> Credit:
    return Credit(
        role=source.role,
        name=source.name or source.file.rsplit("/", 1)[-1],
        date=source.date,
        licence=source.licence,
        credit=source.credit,
    )
