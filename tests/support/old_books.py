"""Small .xls workbooks, record by record, right or crafted."""

import struct

from geo.sheets.compound import SIGNATURE

SECTOR, END, FREE, FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
BOF, EOF, SHEET, SST, CONTINUE, FORMAT, XF = 0x809, 0x0A, 0x85, 0xFC, 0x3C, 0x41E, 0xE0
NUMBER, SHARED, LABEL, BOOL, FORMULA, STRING, RK, DIMENSION, MERGED = (
    0x203, 0xFD, 0x204, 0x205, 0x06, 0x207, 0x27E, 0x200, 0xE5,
)  # fmt: skip
DAY_STYLE = 1


def record(kind, body):
    return struct.pack("<HH", kind, len(body)) + body


def text(value, size="<H"):
    return struct.pack(size, len(value)) + b"\x01" + value.encode("utf-16-le")


def begin(kind=0x10):
    return record(BOF, struct.pack("<HHIII", 0x600, kind, 0, 0, 0))


def place(row, column, style=0):
    return struct.pack("<HHH", row, column, style)


def cell(row, column, value):
    """Return the record of one cell; a tuple is its kind and what follows its place."""
    if isinstance(value, tuple):
        return record(value[0], place(row, column) + value[1])
    if isinstance(value, str):
        return record(LABEL, place(row, column) + text(value))
    return record(NUMBER, place(row, column) + struct.pack("<d", value))


def day(row, column, serial):
    return record(NUMBER, place(row, column, DAY_STYLE) + struct.pack("<d", serial))


def stream(*sheets, shared=(), before=b""):
    """Return a workbook's stream of (name, state, records) each."""
    table = struct.pack("<II", len(shared), len(shared)) + b"".join(map(text, shared))
    styles = record(XF, struct.pack("<HH", 0, 0) + bytes(16)) + record(
        XF, struct.pack("<HH", 0, 164) + bytes(16)
    )
    head = begin(5) + before + record(FORMAT, struct.pack("<H", 164) + text('yyyy"年"m"月"d"日"'))
    head += styles + (record(SST, table) if shared else b"")
    bodies = [begin() + b"".join(records) + record(EOF, b"") for _, _, records in sheets]
    size = len(head) + 4
    size += sum(len(record(SHEET, bytes(6) + text(name, "<B"))) for name, _, _ in sheets)
    for (name, state, _), body in zip(sheets, bodies, strict=True):
        head += record(SHEET, struct.pack("<IBB", size, state, 0) + text(name, "<B"))
        size += len(body)
    return head + record(EOF, b"") + b"".join(bodies)


def pack(content, name="Workbook"):
    """Return a compound file with one stream, padded to be none of the small ones."""
    content = content.ljust(4096, b"\0")
    content += bytes(-len(content) % SECTOR)
    body = len(content) // SECTOR
    tables = (body + 2 + 127) // 127
    links = [*range(1, body), END, END, *[FAT] * tables]
    links += [FREE] * (tables * 128 - len(links))
    head = SIGNATURE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, body, 0, 4096, END, 0, END, 0)
    places = [body + 1 + at for at in range(tables)]
    head += struct.pack("<109I", *places, *[FREE] * (109 - tables))
    folder = entry("Root Entry", 5, END, 0) + entry(name, 2, 0, len(content))
    return head + content + folder.ljust(SECTOR, b"\0") + struct.pack(f"<{len(links)}I", *links)


def entry(name, kind, start, size):
    wide = name.encode("utf-16-le")
    out = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide) + 2, kind, 1)
    return out + struct.pack("<III", FREE, FREE, FREE) + bytes(36) + struct.pack("<IQ", start, size)
