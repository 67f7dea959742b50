"""Read OpenStreetMap files: XML and PBF, plain or packed (OSMファイルを読む)."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import osmium
import shapely

from geo.base.problems import InputError, Problem
from geo.base.words import Words
from geo.network.extract import Extract
from geo.sources.declare import StreetFormat, StreetsWanted
from geo.sources.loose_ends import tell_gaps
from geo.sources.pbf.pbf import UNITS
from geo.sources.pbf.town import load_town_file
from geo.sources.pbf.varints import Unusual
from geo.sources.ways.edit_marks import Marks, find_marks
from geo.sources.ways.features import Feature, sort_features
from geo.sources.ways.osm_order import save_in_order, save_plain
from geo.sources.ways.osm_tags import FEATURE_KEYS, walk_flags, walk_storey, walk_verdict

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.sources.declare import LonLatBox
    from geo.sources.pbf.parts import UnitBox
    from geo.sources.pbf.town import TownFile


def load_osm(path: Path, keep_lonlat: LonLatBox | None = None, *, features: bool = True) -> Extract:
    """Return streets, sites, dwellings and base map of an OSM file (OSMファイルを読む).

    Parameters
    ----------
    path
        ``.osm``, ``.osm.gz``, ``.osm.bz2`` or ``.osm.pbf``.
    keep_lonlat
        West, south, east, north in degrees: what is wholly outside is not read.
    features
        Whether to read sites, dwellings and base map, too; without, those tables are empty.

    Returns
    -------
        Ways ascending by id, islands and all. A way is cut where its node is not in the file
        (``left_out["missing_nodes"]`` counts such ways). Degrees are osmium's, to 1e-7. The
        same data as XML and as PBF give the same extract. What an editor has marked as deleted
        is not there.

    Raises
    ------
    InputError
        When the file cannot be read, says that it is not whole, or holds no street.

    Notes
    -----
    Cost of a PBF of 143,000 nodes and 15,000 ways: 0.5 s, streets alone 0.1 s; of a made city
    of 539,000 and 193,000: 2 s and 0.3 s. Anything but PBF in the usual order is written anew
    first. Plazas drawn as multipolygons are walked along their outlines, with the relation's
    id made negative.
    """
    _refuse_absent(path)
    units = None
    if keep_lonlat is not None:
        west, south, east, north = (round(value * UNITS) for value in keep_lonlat)
        units = west, south, east, north
    marks = Marks() if path.suffix == ".pbf" else find_marks(path)
    _refuse_partial(path, marks)
    try:
        found = _load_any(path, units, marks, features=features)
    except (RuntimeError, ValueError, OSError) as error:
        raise _damaged(path, error) from error
    _refuse_streetless(path, found, keep_lonlat)
    shapes = np.concatenate([np.empty(0, dtype=object), *found.shapes])
    inside = _meets(shapes, keep_lonlat)
    kept = [feature for feature, keep in zip(found.features, inside, strict=True) if keep]
    tables = sort_features(kept, shapes[inside])
    told = _tell_missing(path, found)
    return Extract(
        streets=found.book.finish(),
        sites=tables.sites,
        buildings=tables.buildings,
        base=tables.base,
        left_out=found.book.left_out,
        left_out_m=found.book.left_out_m,
        kinds_left_out=found.book.kinds_left_out,
        notices=(*_tell_edits(path, marks), *(one for one in told if isinstance(one, Words))),
        problems=tuple(one for one in told if isinstance(one, Problem)),
    )


def _load_any(path: Path, keep: UnitBox | None, marks: Marks, *, features: bool) -> TownFile:
    """Read a file, or if need be a copy of it, first in plain form, then in order.

    Overpass may write ways before nodes or ids in any order.
    """
    if path.suffix == ".pbf":
        with suppress(Unusual):
            return _load(path, keep, features=features)
    with tempfile.TemporaryDirectory() as folder:
        plain = save_plain(path, Path(folder), marks.deleted)
        with suppress(Unusual):
            return _load(plain, keep, features=features)
        return _load(save_in_order(plain, Path(folder)), keep, features=features)


def _load(path: Path, keep: UnitBox | None, *, features: bool) -> TownFile:
    found = load_town_file(path, keep, features=features)
    if features or found.plazas:
        _note_areas(found, path, keep, features=features)
    return found


def _note_areas(found: TownFile, path: Path, keep: UnitBox | None, *, features: bool) -> None:
    """Take in polygons, from closed ways and from multipolygons."""
    key = osmium.filter.KeyFilter(*(FEATURE_KEYS if features else ("highway",)))
    reader = osmium.FileProcessor(str(path)).with_areas(key)
    reader = reader.with_filter(osmium.filter.EntityFilter(osmium.osm.AREA)).with_filter(key)
    factory = osmium.geom.WKBFactory()
    shapes = []
    area: Any  # osmium's union of types does not narrow
    for area in reader:
        tags, from_way = dict(area.tags), area.from_way()
        if features and area.num_rings()[0]:  # of ways without nodes, none
            found.features.append(Feature("w" if from_way else "r", area.orig_id(), tags))
            shapes.append(factory.create_multipolygon(area))
        if not from_way and "highway" in tags:
            _note_plaza(found, area, tags, keep)
    found.shapes.append(shapely.from_wkb(np.array(shapes, dtype=object)))


def _note_plaza(found: TownFile, area: Any, tags: dict[str, str], keep: UnitBox | None) -> None:  # noqa: ANN401 - osmium has no types
    """Take in the outlines of one multipolygon as streets."""
    verdict = walk_verdict(tags)
    for outer in area.outer_rings():
        for ring in (outer, *area.inner_rings(outer)):
            xs, ys = [n.x for n in ring], [n.y for n in ring]
            if keep and (
                max(xs) < keep[0] or max(ys) < keep[1] or min(xs) > keep[2] or min(ys) > keep[3]
            ):
                continue
            lon, lat = [x / UNITS for x in xs], [y / UNITS for y in ys]
            if verdict != "walk":
                found.book.leave_out(verdict, lon, lat, highway=tags["highway"])
                continue
            found.book.add(
                way_id=-area.orig_id(), highway=tags["highway"], flags=walk_flags(tags),
                storey=walk_storey(tags),
                node_id=[n.ref for n in ring], lon=lon, lat=lat,
            )  # fmt: skip


def _meets(shapes: npt.NDArray[np.object_], keep: LonLatBox | None) -> npt.NDArray[np.bool_]:
    if keep is None:
        return np.ones(shapes.size, dtype=bool)
    west, south, east, north = keep
    box = shapely.bounds(shapes).reshape(-1, 4).T
    return np.asarray((box[2] >= west) & (box[0] <= east) & (box[3] >= south) & (box[1] <= north))


def _refuse_absent(path: Path) -> None:
    if not path.is_file():
        raise InputError(
            Words(
                f"道の地図ファイル {path} が見つかりません。場所と名前を確かめてください。",
                f"no street file at {path}; check folder and name",
            )
        )


def _refuse_partial(path: Path, marks: Marks) -> None:
    if marks.changes:
        raise InputError(
            Words(
                f"{path.name} は変更の記録（osmChange）で、地図そのものではありません。"
                "道を含むOSMのファイルを指定してください。",
                f"{path.name} holds changes to a map (osmChange) and no map; give an OSM file "
                "that has streets",
            )
        )
    if marks.remark:
        raise InputError(
            Words(
                f"{path.name} は途中までのデータです（{marks.remark}）。取得が途中で止まっています。"
                "もう一度取得してください。",
                f"{path.name} is not whole ({marks.remark}): the server stopped half way; fetch it "
                "again",
            )
        )


def _tell_edits(path: Path, marks: Marks) -> tuple[Words, ...]:
    if not marks.deleted and not marks.modified:
        return ()
    return (
        Words(
            f"{path.name} は編集途中のファイルです。消した印のある {len(marks.deleted):,}件は使わず、"
            f"直した印のある {marks.modified:,}件は直したとおりに使いました",
            f"{path.name} is being edited: {len(marks.deleted):,} objects marked as deleted are not "
            f"used, {marks.modified:,} marked as changed are used as they stand",
        ),
    )


def _tell_missing(path: Path, found: TownFile) -> list[Problem | Words]:
    """Return the ways that lack nodes: in the middle one by one, at an end as a number."""
    gaps = found.book.gaps_m
    told = tell_gaps(
        path.name,
        gaps,
        numbered=True,
        what=Words("途中の点がファイルにない道です", "points of this street are not in the file"),
    )
    if short := found.book.left_out.get("missing_nodes", 0) - len(gaps):
        told.append(
            Words(
                f"端の点がファイルにないので、手前までにした道: {short:,}本"
                "（切り出した範囲のふちでは、ふつうのことです）",
                f"streets whose last points are not in the file end before them: {short:,} "
                "(at the edge of an extract that is usual)",
            )
        )
    return told


def _damaged(path: Path, error: Exception) -> InputError:
    return InputError(
        Words(
            f"{path.name} をOSMの地図データとして読めません（{error}）。"
            "ファイルが途中で切れているか、別の形式です。もう一度取得してください。",
            f"{path.name} cannot be read as OSM data ({error}); it is cut short or of another "
            "format: fetch it again",
        )
    )


def _refuse_streetless(path: Path, found: TownFile, keep: LonLatBox | None) -> None:
    if found.book:
        return
    if not found.ways:
        ja = "道（way）が1本も入っていません。地点だけを切り出したファイルのようです。"
        en = "holds no way at all, only points"
    elif keep is not None:
        ja = "町の範囲に歩ける道が1本もありません。別の地域のファイルではありませんか。"
        en = "holds no walkable street inside the town; is it of another region?"
    else:
        ja = "歩ける道（highway）が1本も入っていません。"
        en = "holds no walkable street (highway)"
    raise InputError(
        Words(
            f"{path.name} には{ja}道を含むOSMのファイルを指定してください。",
            f"{path.name} {en}; give an OSM file that has streets",
        )
    )


def _load_wanted(path: Path, wanted: StreetsWanted) -> Extract:
    return load_osm(path, wanted.keep_lonlat)


SOURCE: Final = StreetFormat(
    id="osm", words=Words("OpenStreetMap のファイル", "OpenStreetMap file"),
    endings=(".osm", ".osm.gz", ".osm.bz2", ".osm.pbf", ".pbf"), load=_load_wanted,
    origin=Words(
        "OpenStreetMap の切り出し。ODbL 1.0、© OpenStreetMap contributors",
        "an extract of OpenStreetMap; ODbL 1.0, © OpenStreetMap contributors",
    ),
)  # fmt: skip
