"""PBF files that are damaged or meant to harm, and files in the rarer parts of the format."""

import struct
import tempfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pbf_files import TOWN, by_arrays, load, write

from geo.sources.pbf.pbf import load_blocks
from geo.sources.pbf.varints import Unusual


def number(value):
    """A varint."""
    return bytes([value & 127 | 128]) + number(value >> 7) if value > 127 else bytes([value])


def run(field, data):
    return number(field << 3 | 2) + number(len(data)) + data


def blob(kind, raw, raw_size=None, packed=None):
    packed = zlib.compress(raw) if packed is None else packed
    size = len(raw) if raw_size is None else raw_size
    data = number(2 << 3) + number(size) + run(3, packed)
    head = run(1, kind) + number(3 << 3) + number(len(data))
    return struct.pack(">I", len(head)) + head + data


HEADER = blob(b"OSMHeader", run(4, b"OsmSchema-V0.6") + run(4, b"DenseNodes"))
STRINGS = run(1, run(1, b"") + run(1, b"highway") + run(1, b"path"))


def way_block(way, strings=STRINGS):
    return HEADER + blob(b"OSMData", strings + run(2, run(3, way)))


WAY = number(1 << 3) + number(7) + run(2, b"\x01") + run(3, b"\x02") + run(8, b"\x02\x02")
NODE_IDS = run(1, b"\x02") + run(8, b"\x02") + run(9, b"\x02")
HOSTILE = {
    "more than a blob may hold": HEADER + blob(b"OSMData", bytes(33 * 2**20)),
    "a false size told": HEADER + blob(b"OSMData", STRINGS, raw_size=5),
    "packed data cut short": HEADER + blob(b"OSMData", STRINGS, packed=zlib.compress(STRINGS)[:-6]),
    "packed data broken": HEADER + blob(b"OSMData", STRINGS, packed=b"no zlib"),
    "a head of 4 GiB": HEADER + b"\xff\xff\xff\xff",
    "a part of a size": HEADER + b"\x00\x00",
    "a blob longer than the file": HEADER + blob(b"OSMData", STRINGS)[:-1],
    "a key outside the texts": way_block(WAY.replace(b"\x12\x01\x01", b"\x12\x01\x09")),
    "a number of eleven bytes": way_block(b"\x08" + b"\xff" * 10 + b"\x01"),
    "a size of ten bytes": way_block(b"\x12" + b"\xff" * 9 + b"\x01" + b"\x01"),
    "a field longer than its way": way_block(WAY[:-2] + b"\x05\x02\x02"),
    "keys without values": way_block(number(1 << 3) + number(7) + run(2, b"\x01")),
    "a way without id": way_block(run(2, b"\x01") + run(3, b"\x02")),
    "a way of a thousand fields": way_block(WAY + number(4 << 3) * 2 * 1000),
    "a text that is not UTF-8": way_block(WAY, run(1, run(1, b"") + run(1, b"\xff") * 2)),
    "a text with a NUL": way_block(WAY, run(1, run(1, b"") + run(1, b"a\0b") * 2)),
    "a text without end": way_block(WAY, run(1, run(1, b"x" * 20_000) * 3)),
    "a way of 3 MiB": way_block(WAY + run(4, bytes(3 * 2**20))),
    "a million ways of nothing": HEADER
    + blob(b"OSMData", STRINGS + run(2, number(3 << 3 | 2) + b"\0" + b"\x1a\0" * 10**6)),
    "a million groups of nothing": HEADER + blob(b"OSMData", STRINGS + b"\x12\0" * 10**6),
    "a way that ends within a number": way_block(WAY[:-1] + b"\xff"),
    "two tables of texts": way_block(WAY, STRINGS + STRINGS),
    "no table of texts": way_block(WAY, b""),
    "tags without end": HEADER
    + blob(b"OSMData", STRINGS + run(2, run(2, NODE_IDS + run(10, b"\x01\x02\x01\x02")))),
    "a key without value": HEADER
    + blob(b"OSMData", STRINGS + run(2, run(2, NODE_IDS + run(10, b"\x01\x00")))),
    "more ids than places": HEADER
    + blob(b"OSMData", STRINGS + run(2, run(2, run(1, b"\x02\x02") + NODE_IDS[3:]))),
    "a granularity of nothing": HEADER
    + blob(b"OSMData", STRINGS + run(2, run(2, NODE_IDS)) + number(17 << 3) + b"\x00"),
    "an offset beyond the Earth": HEADER
    + blob(b"OSMData", STRINGS + run(2, run(2, NODE_IDS)) + number(19 << 3) + number(2**62)),
    "no header": blob(b"OSMData", STRINGS),
    "a feature of another age": blob(b"OSMHeader", run(4, b"OsmSchema-V9")),
    "nothing": b"",
}  # fmt: skip


def test_a_block_made_by_hand_is_read(tmp_path):
    path = tmp_path / "t.osm.pbf"
    path.write_bytes(way_block(WAY))
    assert by_arrays(path) == [("w", 7, [1, 2], {"highway": "path"})]


def test_a_block_larger_than_what_is_read_at_once_is_read_whole(tmp_path):
    long = [
        run(3, number(1 << 3) + number(n) + run(2, b"\x01") + run(3, b"\x02") + run(8, b"\2" * n))
        for n in range(900_000, 900_004)
    ]
    path = tmp_path / "t.osm.pbf"
    path.write_bytes(HEADER + blob(b"OSMData", STRINGS + run(2, b"".join(long))))
    found = by_arrays(path)
    assert [way[1] for way in found] == [900_000, 900_001, 900_002, 900_003]
    for kind, n, refs, tags in found:
        assert (kind, tags) == ("w", {"highway": "path"})
        assert refs == list(range(1, n + 1))


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_not_plain_pbf_is_left_to_osmium(tmp_path, content):
    path = tmp_path / "t.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(Unusual):
        list(load_blocks(path))
    said = load(path)
    assert not isinstance(said, str) or path.name in said


@settings(max_examples=60)
@given(data=st.data(), packed=st.booleans())
def test_broken_bytes_are_read_or_refused_and_nothing_else(data, packed):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.osm.pbf"
        write(path, TOWN, "pbf" if packed else "pbf,pbf_compression=none")
        content = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            at = data.draw(st.integers(0, len(content) - 1))
            content[at] = data.draw(st.sampled_from([0, 1, 0x7F, 0x80, 0xFF]) | st.integers(0, 255))
        path.write_bytes(content[: data.draw(st.just(len(content)) | st.integers(0, len(content)))])
        load(path)
