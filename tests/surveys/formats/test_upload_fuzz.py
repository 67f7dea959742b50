"""Hostile and broken uploads: each is read or refused in words, and reaches nothing else."""

import gzip
import random
import stat
import struct
import subprocess
import sys

import pytest
from upload_files import GOOD, HEAVY, SHEET, good_gpkg, xlsx_with, zip_of
from where import ROOT, TESTS

from geo.base.problems import InputError
from surveys.formats.upload import RawFile, read_upload

MOST_MB = 600
# Nothing here may hang: all of these are read or refused in a moment.
pytestmark = pytest.mark.timeout(60)
_SEEN: list[tuple[str, str]] = []
_WATCHING = [False]
_NEAR = (sys.prefix, sys.base_prefix)


def _watch(event, args):
    if not _WATCHING[0]:
        return
    if event == "open" and isinstance(args[0], str) and not args[0].startswith(_NEAR):
        _SEEN.append((event, args[0]))
    if event in {"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"}:
        _SEEN.append((event, str(args)))
    if event == "sqlite3.connect" and args[0] != ":memory:":
        _SEEN.append((event, str(args[0])))


sys.addaudithook(_watch)


def read_watched(data, file):
    """The tables, or the refusal; fails on any other error, or reach."""
    _SEEN.clear()
    _WATCHING[0] = True
    try:
        out = read_upload(data, file=file)
    except InputError as error:
        out = error
    finally:
        _WATCHING[0] = False
    assert _SEEN == []
    return out


ENDINGS = [".geojson", ".json", ".csv", ".tsv", ".txt", ".xlsx", ".gpkg", ".xls", ".zip", ""]


def lying_bomb():
    """A sheet of 200 MB whose header says 100 bytes."""
    data = bytearray(xlsx_with("xl/worksheets/sheet1.xml", lambda _: b" " * 200_000_000))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            if struct.unpack_from("<I", data, place + at)[0] == 200_000_000:
                struct.pack_into("<I", data, place + at, 100)
    return bytes(data)


DTD = b'<!DOCTYPE s [<!ENTITY a "AAAAAAAAAA">' + b"".join(
    b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n else b"&a;") * 10) for n in range(10)
) + b"]>"  # fmt: skip
XXE = b'<!DOCTYPE s [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>'
VRT = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'  # noqa: E501


def declared(dtd):
    return lambda xml: xml.replace(b"<worksheet", dtd + b"<worksheet", 1).replace(
        b"<sheetData>", b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row>'
    )  # fmt: skip


def forged_view():
    """A view in the place of the table, that counts for ever."""
    return good_gpkg(
        "DROP TABLE bench",
        "CREATE VIEW bench AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
        " SELECT i AS fid, NULL AS geom, 'x' AS 名称 FROM n",
    )


def contents_as_view():
    return good_gpkg(
        "DROP TABLE gpkg_contents",
        "CREATE VIEW gpkg_contents AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1"
        " FROM n) SELECT i AS table_name, 'features' AS data_type FROM n",
    )


def deep_wkb(levels=200_000):
    return struct.pack("<BII", 1, 7, 1) * levels + struct.pack("<BIdd", 1, 1, 139.0, 35.0)


def gpkg_with_blob(wkb):
    return good_gpkg(("UPDATE bench SET geom = ?", [b"GP\x00\x01\x00\x00\x00\x00" + wkb]))


REFUSED = {
    "VRT named geojson": ("a.geojson", lambda: VRT, "VRT"),
    "VRT named csv": ("a.csv", lambda: VRT, "VRT"),
    "a web page": ("a.csv", lambda: b"<!DOCTYPE html><html></html>", "HTML"),
    "KML": ("a.geojson", lambda: b"<?xml version='1.0'?><kml/>", "XML"),
    "old Excel": ("a.xls", lambda: b"\xd0\xcf\x11\xe0" * 9, ".xlsx"),
    "old Excel renamed": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" * 9, ".xlsx"),
    "a shapefile": ("a.shp", lambda: b"\x00\x00\x27\x0a" * 9, "一つの zip"),
    "a zip": ("a.zip", lambda: zip_of({"a.csv": b"a,b\n"}), "zip"),
    "a zip named xlsx": ("a.xlsx", lambda: zip_of({"a.csv": b"a,b\n"}), "zip"),
    "an empty zip": ("a.xlsx", lambda: b"PK\x05\x06" + bytes(18), "zip"),
    "gzip": ("a.csv", lambda: gzip.compress(b"a,b\n"), "圧縮"),
    "PDF": ("a.csv", lambda: b"%PDF-1.7\n1 0 obj", "PDF"),
    "GIF and zip": ("a.xlsx", lambda: zip_of({"x": b"x"}, b"GIF89a" + bytes(20)), "画像"),
    "PDF and workbook": ("a.xlsx", lambda: b"%PDF-1.4\n" + GOOD["a.xlsx"], "PDF"),
    "workbook named csv": ("a.csv", lambda: GOOD["a.xlsx"], "Excel"),
    "workbook named gpkg": ("a.gpkg", lambda: GOOD["a.xlsx"], "Excel"),
    "GeoJSON named xlsx": ("a.xlsx", lambda: GOOD["a.geojson"], "GeoJSON"),
    "CSV named geojson": ("a.geojson", lambda: GOOD["a.csv"], "CSV"),
    "text then a zip": ("a.csv", lambda: b"a,b\n1,2\n" + GOOD["a.xlsx"], "文字"),
    "nothing": ("a.csv", lambda: b"", "空"),
    "only white": ("a.json", lambda: b" \n" * 1000, "空"),
    "too large": ("a.csv", lambda: b"a," * 25_000_001, "大きすぎ"),
    "zip bomb": ("a.xlsx", lambda: xlsx_with("x.xml", lambda _: bytes(300_000_000)), "大きすぎ"),
    "zip bomb under the total": (
        "a.xlsx", lambda: xlsx_with("x.xml", lambda _: bytes(90_000_000)), "大きすぎ"),
    "zip bomb that lies": ("a.xlsx", lying_bomb, "ブック"),
    "too many members": (
        "a.xlsx", lambda: zip_of({f"[Content_Types].xml{n}": b"" for n in range(3000)}),
        "大きすぎ"),
    "zip slip": ("a.xlsx", lambda: zip_of({"../../etc/x": b"x"}, GOOD["a.xlsx"]), "外を指す"),
    "zip slip, absolute": ("a.xlsx", lambda: zip_of({"/etc/x": b"x"}, GOOD["a.xlsx"]), "外を指す"),
    "zip slip, Windows": ("a.xlsx", lambda: zip_of({"C:\\x": b"x"}, GOOD["a.xlsx"]), "外を指す"),
    "symlink": (
        "a.xlsx",
        lambda: zip_of({"xl/a.xml": b"/etc/passwd"}, GOOD["a.xlsx"],
                       external_attr=(stat.S_IFLNK | 0o777) << 16), "外を指す"),
    "locked": (
        "a.xlsx", lambda: zip_of({"x": b"x"}, GOOD["a.xlsx"]).replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
        "パスワード"),
    "billion laughs": ("a.xlsx", lambda: xlsx_with(SHEET, declared(DTD)), "宣言"),
    "XXE": ("a.xlsx", lambda: xlsx_with(SHEET, declared(XXE)), "宣言"),
    "XXE in UTF-16": (
        "a.xlsx", lambda: xlsx_with(SHEET, lambda x: declared(XXE)(x).decode().encode("utf-16")),
        "宣言"),
    "4 million tags": (
        "a.xlsx", lambda: xlsx_with(SHEET, lambda x: x + b"<a/>" * 4_000_000), "大きすぎ"),
    "styles without end": (
        "a.xlsx", lambda: xlsx_with("xl/styles.xml", lambda x: x.replace(
            b"</cellXfs>", b'<xf numFmtId="0"/>' * 250_000 + b"</cellXfs>")), "大きすぎ"),
    "rules without end": (
        "a.xlsx", lambda: xlsx_with(SHEET, lambda x: x.replace(
            b"</sheetData>", b"</sheetData>" + b'<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
            * 100_000)), "大きすぎ"),
    "rows to the last column": (
        "a.xlsx", lambda: xlsx_with(SHEET, lambda x: x.replace(
            b"<sheetData>", b"<sheetData>" + random.Random(1).randbytes(200_000).hex().join(  # noqa: S311 - so that it does not shrink
                ["<!--", "-->"]).encode() + b'<row><c r="XFD1"><v>1</v></c></row>' * 90_000)), "列が多すぎ"),
    "a row far below": (
        "a.xlsx", lambda: xlsx_with(SHEET, lambda x: x.replace(
            b"<sheetData>", b'<sheetData><row r="999999999"><c r="A999999999"><v>1</v></c></row>')),
        "大きすぎ"),
    "not XML": ("a.xlsx", lambda: xlsx_with(SHEET, lambda _: b"<worksheet"), "読めません"),
    "deep XML": (
        "a.xlsx", lambda: xlsx_with("xl/styles.xml", lambda _: b"<a>" * 150_000), "読めません"),
    "a view that counts": ("a.gpkg", forged_view, "読める表"),
    "contents as a view": ("a.gpkg", contents_as_view, "GeoPackage ではありません"),
    "plain SQLite": ("a.gpkg", lambda: good_gpkg("DROP TABLE gpkg_contents"), "GeoPackage では"),
    "a virtual table": (
        "a.gpkg", lambda: good_gpkg("DROP TABLE bench",
                                    "CREATE VIRTUAL TABLE bench USING fts5(geom, 名称)"), "読める表"),
    "unknown CRS in a layer": ("a.gpkg", lambda: good_gpkg(epsg=27), "座標系"),
    "old Tokyo datum": ("a.gpkg", lambda: good_gpkg(epsg=30169), "座標系"),
    "a CRS that is no map": ("a.gpkg", lambda: good_gpkg(epsg=5714), "座標系"),
    "a CRS called by a file": (
        "a.gpkg", lambda: good_gpkg("UPDATE gpkg_spatial_ref_sys SET organization='/etc/passwd'"),
        "座標系"),
    "a huge value": ("a.gpkg", lambda: good_gpkg("UPDATE bench SET 名称=zeroblob(20000000)"), "読めません"),
    "shares pages": ("a.gpkg", lambda: good_gpkg("UPDATE gpkg_contents SET table_name=1"), "読める表"),
    "too many rows": ("a.gpkg", lambda: good_gpkg(rows=200_001), "大きすぎ"),
    "cut SQLite": ("a.gpkg", lambda: GOOD["a.gpkg"][:100], "読めません"),
    "deep JSON": ("a.json", lambda: b"[" * 200_000, "何重にも"),
    "deep JSON objects": ("a.json", lambda: b'{"a":' * 200_000, "何重にも"),
    "1e400": ("a.json", lambda: GOOD["a.geojson"].replace(b"3}", b"1e400}"), "数として"),
    "NaN": ("a.json", lambda: GOOD["a.geojson"].replace(b"3}", b"NaN}"), "数として"),
    "Infinity": ("a.json", lambda: GOOD["a.geojson"].replace(b"35.6", b"-Infinity"), "数として"),
    "100,000 digits": ("a.json", lambda: GOOD["a.geojson"].replace(b"3}", b"9" * 10**5 + b"}"), "数として"),
    "a name twice": ("a.json", lambda: GOOD["a.geojson"].replace(b'"id": 7', b'"type": 7'), "2度"),
    "a list": ("a.json", lambda: b"[1, 2]", "GeoJSON の点・線・面"),
    "other JSON": ("a.json", lambda: b'{"a": 1}', "GeoJSON の点・線・面"),
    "a path as features": (
        "a.json", lambda: b'{"type":"FeatureCollection","features":"/etc/passwd"}', "GeoJSON の"),
    "wrong CRS": (
        "a.json", lambda: GOOD["a.geojson"].replace(
            b'"features"',
            b'"crs":{"type":"name","properties":{"name":"EPSG:6677"}},"features"'), "WGS 84"),
    "a CRS by link": (
        "a.json", lambda: GOOD["a.geojson"].replace(
            b'"features"',
            b'"crs":{"type":"link","properties":{"href":"http://127.0.0.1/"}},"features"'),
        "WGS 84"),
    "JSON in Shift_JIS": ("a.json", lambda: GOOD["a.geojson"].decode().encode("cp932"), "UTF-8"),
    "unclosed quote": ("a.csv", lambda: b'a,b\n"1,2\n3,4\n', "引用符"),
    "unclosed quote, large": ("a.csv", lambda: b'a,b\n"' + b"1,2\n" * 200_000, "引用符"),
    "10^6 columns": ("a.csv", lambda: b"a," * 10**6 + b"b\n1\n", "列が多すぎ"),
    "50 MB of commas": ("a.csv", lambda: b"," * 49_999_999, "多すぎ"),
    "50 MB of empty rows": ("a.csv", lambda: b"a\n" + b"\n" * 49_999_990, "多すぎ"),
    "50 MB of empty lists": ("a.json", lambda: b"[" + b"[]," * 16_000_000 + b"[]]", "多すぎ"),
    "zero bytes": ("a.csv", lambda: b"a,b\n\x00,1\n", "文字"),
    "UTF-16 without a mark": ("a.csv", lambda: "名称,年\n西町,3\n".encode("utf-16-le"), "UTF-16"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_hostile_is_refused_in_words_that_say_why(what):
    file, build, says = REFUSED[what]
    out = read_watched(build(), file)
    assert isinstance(out, InputError), what
    assert says in out.words.ja, out.words.ja
    assert file in out.words.ja and file in out.words.en


READ = {
    "paths as values": ("a.json", lambda: GOOD["a.geojson"].replace("西町".encode(), b"/etc/passwd")),
    "triggers": ("a.gpkg", lambda: good_gpkg(
        "CREATE TRIGGER t AFTER UPDATE ON bench BEGIN SELECT load_extension('x'); END")),
    "generated columns": ("a.gpkg", lambda: good_gpkg(
        "ALTER TABLE bench ADD COLUMN big AS (hex(zeroblob(900000000)))")),
    "a deep shape": ("a.gpkg", lambda: gpkg_with_blob(deep_wkb())),
    "a shape that lies of its length": (
        "a.gpkg", lambda: gpkg_with_blob(struct.pack("<BII", 1, 2, 4_000_000_000))),
    "parts without end": ("a.gpkg", lambda: gpkg_with_blob(struct.pack("<BII", 1, 6, 2**32 - 1))),
    "a mark of a log file": (
        "a.gpkg", lambda: GOOD["a.gpkg"][:18] + b"\x02\x02" + GOOD["a.gpkg"][20:]),
    "links to other books": ("a.xlsx", lambda: xlsx_with(
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        lambda _: b'<Relationships><Relationship Target="http://127.0.0.1/"/></Relationships>')),
    "mojibake": ("a.csv", lambda: "名称,年\n西町,3\n".encode().decode("cp932", "replace").encode()),
    "formulas": ("a.csv", lambda: b"a,b\n=cmd|' /C calc'!A0,1\n"),
}  # fmt: skip


@pytest.mark.parametrize("what", READ)
def test_what_is_odd_but_harmless_is_read_and_reaches_nothing(what):
    file, build = READ[what]
    assert isinstance(read_watched(build(), file), RawFile), what


@pytest.mark.parametrize("file", GOOD)
def test_a_file_cut_or_changed_anywhere_is_read_or_refused(file):
    chance = random.Random(20)  # noqa: S311 - the same places each run
    good = GOOD[file]
    assert isinstance(read_watched(good, file), RawFile)
    for _ in range(30):
        read_watched(good[: chance.randrange(len(good))], file)
        bent = bytearray(good)
        for _ in range(4):
            bent[chance.randrange(len(bent))] = chance.randrange(256)
        read_watched(bytes(bent), file)


@pytest.mark.parametrize("ending", ENDINGS)
def test_random_bytes_under_any_name_are_read_or_refused(ending):
    chance = random.Random(7)  # noqa: S311 - as above
    starts = [b"", b"PK\x03\x04[Content_Types].xml", b"SQLite format 3\x00", b"{", b"\xff\xfe"]
    for start in starts:
        for size in (1, 100, 5000):
            read_watched(start + chance.randbytes(size), f"a{ending}")


@pytest.mark.parametrize("name", ["../../etc/passwd.csv", "/etc/passwd.csv", "a\x00.csv", ".csv"])
def test_a_file_s_name_is_never_a_path(name):
    out = read_watched(b"a,b\n1,2\n", name)
    assert isinstance(out, InputError) or "/" not in out.name


@pytest.mark.parametrize("kind", HEAVY)
def test_the_largest_file_of_each_kind_stays_within_memory(kind):
    made = (
        "import sys; from pathlib import Path\n"
        f"sys.path[:0] = [{str(TESTS / 'support')!r}, {str(ROOT)!r}]\n"
        "from surveys.formats.raw import gpkg\n"
        "from surveys.formats.upload import read_upload\n"
        "from upload_files import HEAVY\n"
        "gpkg._MAX_SECONDS = 600  # on a busy machine too it is memory that is asked for\n"
        f"out = read_upload(HEAVY[{kind!r}](), file='a.{kind.split()[-1]}')\n"
        "print(len(out.sheets[0].rows),"
        " int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", made], capture_output=True, text=True, check=True)
    rows, megabytes = done.stdout.split()
    print(f"{kind}: {rows} rows, {megabytes} MB")  # noqa: T201 - a figure
    assert int(rows) > 0
    assert int(megabytes) < MOST_MB
