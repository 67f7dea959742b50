"""The tiles of heights round a town, fetched one by one and laid together (標高タイルの取り寄せ)."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.get.around import tiles_around
from geo.sources.get.download import download
from geo.sources.get.line import NotGot, say_page
from geo.sources.heights.text_tiles import parse_text_tile, save_tiles

if TYPE_CHECKING:
    from pathlib import Path

    import shapely

    from geo.relief.grid import Heights
    from geo.sources.get.declared import Address
    from geo.sources.get.line import Line

TILES: Final = "tiles"
"""The folder, inside that of the parts, of tiles that have come."""
_NONE: Final = "none"  # beside the tiles: of those the server has not, as at sea


def fetch_tiles(
    address: Address, part: Path, border: shapely.Geometry, line: Line, *, name: str
) -> None:
    """Fetch the tiles a border and its surroundings touch; write them as one GeoTIFF (標高タイルを取り寄せる).

    Tiles that have come lie in a folder beside `part` until all are there.

    Parameters
    ----------
    border
        EPSG:4326.

    Raises
    ------
    NotGot
        They are too many, the server has none of them, or one is no tile.
    Stopped
        Somebody said stop.
    """
    wanted = tiles_around(border, address.zoom)
    page = say_page(address)
    if len(wanted) > address.most > 0:
        raise NotGot(
            Words(
                f"標高タイルが{len(wanted):,}枚要り、{address.most}枚をこえるので、取り寄せません。"
                "基盤地図情報の標高を自分で保存してください",
                f"{len(wanted):,} tiles would be needed, more than {address.most}: save the elevation "
                "model of 基盤地図情報 instead",
            )
        )
    kept = part.with_name(TILES)
    kept.mkdir(exist_ok=True)
    tiles: dict[tuple[int, int], Heights] = {}
    for number, (x, y) in enumerate(wanted, start=1):
        tile = _tile(address, kept, (x, y), line)
        if tile is not None:
            tiles[x, y] = tile
        line.progress(name, number, len(wanted))
    if not tiles:
        shutil.rmtree(kept)
        raise NotGot(
            Words(
                f"標高タイルが一枚もありません。アドレスが変わったようです。{page.ja}",
                f"there is no tile of heights: the address seems to have changed; {page.en}",
            )
        )
    try:
        save_tiles(tiles, address.zoom, part)
    except InputError as error:
        raise NotGot(error.words) from error
    shutil.rmtree(kept)


def _tile(address: Address, kept: Path, at: tuple[int, int], line: Line) -> Heights | None:
    x, y = at
    name = f"{address.zoom}-{x}-{y}"
    path, none = kept / f"{name}.txt", kept / f"{name}.{_NONE}"
    if none.is_file():
        return None
    if not path.is_file():
        url = address.url.replace("{z}", str(address.zoom))
        url = url.replace("{x}", str(x)).replace("{y}", str(y))
        fresh = kept / f"{name}.part"
        try:
            download(url, fresh, address, line, name=name, quiet=True)
        except NotGot as error:
            if not error.gone:
                raise
            none.touch()
            return None
        fresh.replace(path)
    try:
        return parse_text_tile(name, path.read_text(encoding="ascii", errors="replace"))
    except InputError as error:
        path.unlink()
        raise NotGot(error.words) from error
