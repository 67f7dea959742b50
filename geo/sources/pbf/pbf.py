"""Read the blocks of an OSM PBF file as arrays (PBFファイルを配列で読む).

The format is the OSM wiki's "PBF Format". Whatever a block holds below its table of strings is
a run of varints, so a block is decoded at one stroke; a file told in a rarer way is `Unusual`,
and osmium, which knows them all, writes it anew (`geo.sources.ways.osm_order`).
"""

from __future__ import annotations

import struct
import zlib
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from geo.sources.pbf.lists import Objects, Tags, find_messages, parse_list
from geo.sources.pbf.varints import Unusual, parse_fields, parse_varints, to_bytes, to_signed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    import numpy.typing as npt

    from geo.sources.pbf.varints import Ints

# Degrees are kept as whole ten-millionths, as osmium does; the file counts in 1e-9 degrees.
UNITS: Final = 10_000_000
_NANO: Final = 100
_FEATURES: Final = {b"OsmSchema-V0.6", b"DenseNodes"}
# The format allows no more for heads and blobs (OSM wiki).
_MOST_HEAD, _MOST_BLOB = 64 * 1024, 32 * 1024 * 1024
# Writers put 8,000 nodes in a group, some 10 bytes each; arrays take forty times the room.
_MOST_NODES: Final = 8 * 1024 * 1024
# A text has at most 255 signs (OSM API); osmium refuses one of more than 1,024 bytes.
_MOST_TEXT: Final = 1024
_MOST_SCALE: Final = 1 << 20
_TEXT, _NODES, _WAYS, _RELATIONS = 0x0A, 0x12, 0x1A, 0x22


class Block(NamedTuple):
    """What one block holds; a node's x and y are ten-millionths of a degree (1つのかたまり)."""

    strings: list[str]
    nodes: Objects
    x: npt.NDArray[np.int32]
    y: npt.NDArray[np.int32]
    ways: Objects
    relations: Objects


def load_blocks(path: Path) -> Iterator[Block]:
    """Yield the blocks of a PBF file in order (ブロックを読む).

    Raises
    ------
    Unusual
        When the file is damaged, or uses a part of the format that is not read here.
    """
    try:
        with path.open("rb") as file:
            _check_header(file)
            while (blob := _next_blob(file, b"OSMData")) is not None:
                yield _parse_block(blob)
    except (zlib.error, struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unusual(str(error)) from error


def _next_blob(file: BinaryIO, kind: bytes) -> bytes | None:
    head = file.read(4)
    if not head:
        return None
    (size,) = struct.unpack(">I", head)
    if size > _MOST_HEAD:
        raise Unusual
    fields = dict(parse_fields(file.read(size)))
    data_size = fields.get(3)
    if fields.get(1) != kind or not isinstance(data_size, int) or data_size > _MOST_BLOB:
        raise Unusual
    data = file.read(data_size)
    blob = dict(parse_fields(data))
    raw, packed = blob.get(1), blob.get(3)
    if len(data) == data_size and isinstance(packed, bytes):
        opened = zlib.decompressobj()
        raw = opened.decompress(packed, _MOST_BLOB)
        if not opened.eof or len(raw) != blob.get(2):
            raise Unusual
    elif len(data) < data_size or not isinstance(raw, bytes):
        raise Unusual
    return raw


def _check_header(file: BinaryIO) -> None:
    header = _next_blob(file, b"OSMHeader")
    if header is None or any(
        field == 4 and value not in _FEATURES  # noqa: PLR2004 - required_features
        for field, value in parse_fields(header)
    ):
        raise Unusual


def _parse_block(blob: bytes) -> Block:
    scale = {17: 100, 19: 0, 20: 0}
    groups: list[bytes] = []
    tables: list[bytes] = []
    for field, value in parse_fields(blob):
        if isinstance(value, int):
            scale[field] = value - (1 << 64) if value >> 63 else value
        elif field in {1, 2}:
            (tables if field == 1 else groups).append(value)
    kinds = [group[0] for group in groups if group]
    if (
        len(tables) != 1
        or kinds != sorted(kinds)
        or not {_NODES, _WAYS, _RELATIONS}.issuperset(kinds)
    ):
        raise Unusual  # nodes one by one, sets of changes, ways before nodes
    strings = _parse_strings(tables[0])
    ids, x, y, node_tags = _join_nodes([_parse_nodes(g) for g in groups if g and g[0] == _NODES])
    ways, relations = (
        parse_list(b"".join(g for g in groups if g and g[0] == tag), tag)
        for tag in (_WAYS, _RELATIONS)
    )
    for tags in (node_tags, ways.tags, relations.tags):
        for told in (tags.key, tags.value):
            if told.size and (told.min() < 0 or told.max() >= len(strings)):
                raise Unusual
    none = np.empty(0, dtype=np.int64)
    return Block(
        strings=strings,
        nodes=Objects(ids, node_tags, none, none),
        x=_to_units(x, scale[17], scale[20]),
        y=_to_units(y, scale[17], scale[19]),
        ways=ways,
        relations=relations,
    )


def _parse_strings(table: bytes) -> list[str]:
    texts = []
    for start, end in pairwise(find_messages(table, _TEXT).tolist()):
        begin = start + 2 + (table[start + 1] > 127)  # noqa: PLR2004 - the size takes two bytes
        if end - begin > _MOST_TEXT or table[begin - 1] > 127:  # noqa: PLR2004 - three
            raise Unusual
        texts.append(table[begin:end].decode())
    if "\0" in "".join(texts):
        raise Unusual
    return texts


def _to_units(told: Ints, granularity: int, offset: int) -> npt.NDArray[np.int32]:
    most = np.iinfo(np.int64).max // 4
    if not 0 < granularity < _MOST_SCALE or abs(offset) > most:
        raise Unusual
    if told.size and max(-int(told.min()), int(told.max())) > most // granularity:
        raise Unusual
    nano = told * granularity + offset
    units = np.sign(nano) * (np.abs(nano) // _NANO)  # towards zero, as osmium does
    if units.size and max(-int(units.min()), int(units.max())) > np.iinfo(np.int32).max:
        raise Unusual
    return np.asarray(units, dtype=np.int32)


def _parse_nodes(group: bytes) -> tuple[Ints, Ints, Ints, Tags]:
    """Return ids, longitudes, latitudes and tags of a group of dense nodes."""
    found = list(parse_fields(group))
    if len(group) > _MOST_NODES or len(found) != 1 or not isinstance(found[0][1], bytes):
        raise Unusual
    dense = {field: value for field, value in parse_fields(found[0][1]) if isinstance(value, bytes)}
    ids, lat, lon = (
        np.cumsum(to_signed(parse_varints(to_bytes(dense.get(field, b"")))[0]))
        for field in (1, 8, 9)
    )
    shown = {field for field, _ in parse_fields(dense.get(5, b""))}
    if not ids.size == lat.size == lon.size or 6 in shown:  # noqa: PLR2004 - nodes that are gone
        raise Unusual
    told = parse_varints(to_bytes(dense.get(10, b"")))[0].astype(np.int64)
    stop = told == 0
    owner = np.cumsum(stop)[~stop]
    told = told[~stop]
    # Pairs of key and value, a zero after each node.
    if stop.size and (int(stop.sum()) != ids.size or not stop[-1] or told.size % 2):
        raise Unusual
    if (owner[::2] != owner[1::2]).any():
        raise Unusual
    return ids, lon, lat, Tags(owner[::2], told[::2], told[1::2])


def _join_nodes(parts: list[tuple[Ints, Ints, Ints, Tags]]) -> tuple[Ints, Ints, Ints, Tags]:
    if len(parts) == 1:
        return parts[0]
    none = np.empty(0, dtype=np.int64)
    first = np.cumsum([0, *(part[0].size for part in parts)])
    ids, lon, lat = (np.concatenate([none, *(part[k] for part in parts)]) for k in range(3))
    owner = [part[3].owner + at for part, at in zip(parts, first[:-1], strict=True)]
    key, value = (np.concatenate([none, *(part[3][k] for part in parts)]) for k in (1, 2))
    return ids, lon, lat, Tags(np.concatenate([none, *owner]), key, value)
