"""Small made files of 浦安市, laid out as the offices hand them out: border, areas, ages, streets, heights."""

import io
import zipfile

import geopandas as gpd
import numpy as np
from shapely.geometry import box

WEST, SOUTH, EAST, NORTH = 139.895, 35.650, 139.915, 35.660
MIDDLE = 139.905
AREAS = {"122270010": "猫実一丁目", "122270020": "猫実二丁目"}
NEIGHBOUR = (139.915, 35.650, 139.935, 35.660)
_AGES = ["総数、年齢「不詳」含む", *(f"総数{low}～{low + 4}歳" for low in range(0, 75, 5)),
         "総数15歳未満", "総数15～64歳", "総数65歳以上", "総数75歳以上"]  # fmt: skip


def n03_zip(folder, *, code="12227", name="浦安市"):
    """国土数値情報 N03 of a prefecture: two municipalities, as shapefile and as GeoJSON, with notes."""
    rows = [("千葉県", None, name, None, code), ("千葉県", None, "市川市", None, "12203")]
    frame = gpd.GeoDataFrame(
        rows, columns=["N03_001", "N03_003", "N03_004", "N03_005", "N03_007"],
        geometry=[box(WEST, SOUTH, EAST, NORTH), box(*NEIGHBOUR)], crs="EPSG:6668",
    )  # fmt: skip
    return _zip(folder, frame, "N03-20260101_12", also=("KS-META-N03.xml",))


def areas_zip(folder, *, code="12227"):
    """e-Stat's borders of small areas: a shapefile, its dbf in cp932 and no .cpg."""
    east = [(WEST, SOUTH, MIDDLE, NORTH), (MIDDLE, SOUTH, EAST, NORTH)]
    frame = gpd.GeoDataFrame(
        {"KEY_CODE": list(AREAS), "PREF_NAME": "千葉県", "CITY_NAME": "浦安市",
         "S_NAME": list(AREAS.values()), "HCODE": 8101, "JINKO": [100, 200]},
        geometry=[box(*one) for one in east], crs="EPSG:6668",
    )  # fmt: skip
    return _zip(folder, frame, f"r2ka{code}", encoding="cp932")


def ages_zip():
    """e-Stat's T001082 of a prefecture: two heads, cp932, a row a small area."""
    items = [f"T001082{n:03d}" for n in range(1, 21)]
    head = ["KEY_CODE", "HYOSYO", "CITYNAME", "NAME", "HTKSYORI", "HTKSAKI", "GASSAN"]
    young = [5] * 14
    lines = [[*head, *items], [""] * len(head) + _AGES]
    for code, name in {**AREAS, "122030010": "市川一丁目"}.items():
        old, oldest = 20, 12
        numbers = [*young, old, sum(young[:3]), sum(young[3:13]), young[13] + old + oldest, oldest]
        city = "浦安市" if code.startswith("12227") else "市川市"
        lines.append([code, 4, city, name, 0, "", "", sum(young) + old + oldest, *numbers])
    text = "\n".join(",".join(map(str, line)) for line in lines) + "\n"
    return pack({"tblT001082C12.txt": text.encode("cp932")})


def streets_osm(*, remark=""):
    """Overpass's answer: a grid of nine by nine streets, a park and a bench."""
    lons, lats = np.linspace(WEST, EAST, 9), np.linspace(SOUTH, NORTH, 9)
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", "<osm version='0.6' generator='Overpass API'>",
             "<note>The data included in this document is from www.openstreetmap.org.</note>"]  # fmt: skip
    lines += [f"<node id='{1 + r * 9 + c}' lon='{lons[c]:.7f}' lat='{lats[r]:.7f}'/>"
              for r in range(9) for c in range(9)]  # fmt: skip
    lines.append("<node id='900' lon='139.9031' lat='35.6551'><tag k='amenity' v='bench'/></node>")
    ways = [[1 + r * 9 + c for c in range(9)] for r in range(9)]
    ways += [[1 + r * 9 + c for r in range(9)] for c in range(9)]
    for number, nodes in enumerate(ways, start=1):
        refs = "".join(f"<nd ref='{one}'/>" for one in nodes)
        lines.append(f"<way id='{number}'>{refs}<tag k='highway' v='residential'/></way>")
    if remark:
        lines.append(f"<remark>{remark}</remark>")
    return "\n".join([*lines, "</osm>"]).encode()


def text_tile(*, height_m=3.25, nothing=True):
    """国土地理院's 標高タイル in text: 256 × 256 numbers; the first line is sea."""
    line = ",".join([f"{height_m}"] * 256)
    sea = ",".join(["e"] * 256)
    return "\n".join([sea if nothing else line, *[line] * 255]).encode()


def pack(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def _zip(folder, frame, stem, *, encoding="utf-8", also=()):
    made = folder / f"made-{stem}"
    made.mkdir(parents=True)
    frame.to_file(made / f"{stem}.shp", encoding=encoding)
    (made / f"{stem}.cpg").unlink(missing_ok=True)
    if also:
        frame.to_file(made / f"{stem}.geojson")
    members = {one.name: one.read_bytes() for one in sorted(made.iterdir())}
    return pack(members | dict.fromkeys(also, b"<?xml version='1.0'?><a/>"))
