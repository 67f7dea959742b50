"""The one map in a zip, with the files that belong to it (zipの中の地図)."""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.delimited import refusal
from geo.base.problems import InputError
from geo.sources.maps.mapinfo import BESIDE
from geo.sources.maps.opened import MapFile, choose_layer
from geo.sources.maps.shapefile import PARTS
from geo.sources.tabular import MAX_BYTES, load_display_names, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Of one map in several formats, as 国土数値情報 gives it, the first that is there is read.
_KINDS: Final = (
    (".shp",), (".gpkg",), (".geojson", ".json", ".topojson"), (".fgb",),
    (".parquet", ".geoparquet"), (".kml",), (".tab",), (".mif",), (".gml",),
)  # fmt: skip
_BESIDE: Final = {".shp": PARTS[1:], **BESIDE}
_MOST_MEMBERS: Final = 10_000
_MOST_RATIO: Final = 1_000
_UTF8: Final = 0x800  # names are UTF-8
_ATTRIBUTES: Final = "attributes.csv"


def read_zip(path: Path, layer: str, open_map: Callable[[Path, str, str], MapFile]) -> MapFile:
    """Return the map in a zip (zipの中の地図を読む).

    What macOS lays beside the files is passed over. Of several maps one is chosen by its name,
    as a layer is.

    Parameters
    ----------
    open_map
        Opens the unpacked file; it is given what to call it, and the layer within it.

    Raises
    ------
    InputError
        No map, several of which none is chosen, broken, locked, too large.
    """
    read_bytes(path)
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            members = _list_members(archive)
            found = _find_maps(members, path.name)
            names = _name_maps(found)
            outer, _, inner = layer.partition("/") if layer not in names else (layer, "", "")
            lone = len(found) == 1 and outer not in names
            at = 0 if lone else choose_layer(names, outer, path.name)
            target = _unpack(archive, members, found[at], Path(folder), path.name)
            made = open_map(target, path.name, layer if lone else inner)
            shown = dict(load_display_names(target))
            return MapFile(frame=made.frame, told=made.told, shown=shown)
    except (
        zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
    ) as error:  # fmt: skip
        if isinstance(error, InputError):
            raise
        raise refusal(
            path.name,
            "zip として開けません。もう一度もらうか、つくり直してください",
            "cannot be opened as a zip; get it again, or make it anew",
        ) from error


def _list_members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the members by their names as people see them."""
    out: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist()[:_MOST_MEMBERS]:
        name = info.filename.replace("\\", "/")
        if not info.flag_bits & _UTF8:
            with suppress(UnicodeError):
                name = name.encode("cp437").decode("cp932")
        hidden = name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")
        if not hidden and not info.is_dir():
            out.setdefault(name, info)
    return out


def _find_maps(members: Mapping[str, zipfile.ZipInfo], file: str) -> list[str]:
    for endings in _KINDS:
        found = [name for name in members if name.casefold().endswith(endings)]
        if found:
            return found
    if any(name.casefold().endswith(".zip") for name in members):
        raise refusal(
            file,
            "zip の中に、さらに zip が入っています。中の zip を取り出して渡してください",
            "holds zips; take out the one with the map, and give that",
        )
    raise refusal(
        file,
        "地図のファイル（.shp、.gpkg、.geojson など）が入っていません。地図の入った zip を渡してください",
        "holds no map (.shp, .gpkg, .geojson and others); give a zip that does",
    )


def _name_maps(found: Sequence[str]) -> list[str]:
    """Return what each map is called: its own name, with its folder where two have one."""
    stems = [name.rpartition("/")[2].rpartition(".")[0] for name in found]
    return [
        stem if stems.count(stem) == 1 else name.rpartition(".")[0].replace("/", "_")
        for stem, name in zip(stems, found, strict=True)
    ]


def _unpack(
    archive: zipfile.ZipFile,
    members: Mapping[str, zipfile.ZipInfo],
    chosen: str,
    folder: Path,
    file: str,
) -> Path:
    """Unpack a map and what lies beside it, under names of ours: a zip's are never used as a path."""
    stem, _, ending = chosen.rpartition(".")
    ending = f".{ending.casefold()}"
    beside = _BESIDE.get(ending, ())
    for name, info in members.items():
        head, _, end = name.rpartition(".")
        end = f".{end.casefold()}"
        if (head == stem and end in beside) or name == chosen:
            _write(archive, info, folder / f"layer{end}", file)
        elif name.casefold() == f"{stem.rpartition('/')[0]}/{_ATTRIBUTES}".lstrip("/").casefold():
            _write(archive, info, folder / _ATTRIBUTES, file)
    return folder / f"layer{ending}"


def _write(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, file: str) -> None:
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > MAX_BYTES or (info.file_size > MAX_BYTES // 10 and ratio > _MOST_RATIO):
        raise refusal(file, "中のファイルが大きすぎます", "holds a file that is too large")
    with archive.open(info) as source:
        target.write_bytes(source.read(MAX_BYTES))
