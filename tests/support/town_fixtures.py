"""A small town in real files, for tests that run commands."""

import csv
import json

import shapely
from shapely.geometry import mapping

# Degrees of 100 m at 35°N, near enough: tests that need exact metres use the toy town.
LON, LAT, STEP_LON, STEP_LAT = 138.6, 35.0, 0.0010957, 0.0009014
WEST, EAST = "西町一丁目", "東町一丁目"


def at(column, row):
    return round(LON + column * STEP_LON, 7), round(LAT + row * STEP_LAT, 7)


def write_streets(path, size=9):
    """A grid of size × size residential streets, a motorway over it, a park and a bench."""
    lines = ["<?xml version='1.0' encoding='UTF-8'?>", "<osm version='0.6'>"]
    for row in range(size):
        for column in range(size):
            lon, lat = at(column, row)
            lines.append(f"<node id='{1 + row * size + column}' lon='{lon}' lat='{lat}'/>")
    lon, lat = at(2.5, 2.4)
    lines.append(f"<node id='900' lon='{lon}' lat='{lat}'><tag k='amenity' v='bench'/></node>")
    ways = [[1 + r * size + c for c in range(size)] for r in range(size)]
    ways += [[1 + r * size + c for r in range(size)] for c in range(size)]
    for number, nodes in enumerate(ways):
        refs = "".join(f"<nd ref='{n}'/>" for n in nodes)
        lines.append(f"<way id='{number + 1}'>{refs}<tag k='highway' v='residential'/></way>")
    lines.append("<way id='99'><nd ref='1'/><nd ref='81'/><tag k='highway' v='motorway'/></way>")
    lines.append("</osm>")
    path.write_text("\n".join(lines), encoding="utf-8")


def write_geojson(path, shapes):
    features = [
        {"type": "Feature", "properties": properties, "geometry": mapping(shape)}
        for properties, shape in shapes
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")


def box(c0, r0, c1, r1):
    return shapely.box(*at(c0, r0), *at(c1, r1))


def write_town(folder):
    """Write all source files of the small town; return the arguments that build it."""
    folder.mkdir(parents=True, exist_ok=True)
    write_streets(folder / "streets.osm")
    write_geojson(folder / "border.geojson", [({}, box(-0.5, -0.5, 8.5, 8.5))])
    cho = [({"KEY_CODE": "99001", "S_NAME": WEST}, box(-0.5, -0.5, 4.1, 8.5))]
    cho.append(({"KEY_CODE": "99002", "S_NAME": EAST}, box(4.1, -0.5, 8.5, 8.5)))
    write_geojson(folder / "cho.geojson", cho)
    ward = [
        ({"name": "北学区"}, box(-0.5, 3.1, 8.5, 8.5)),
        ({"name": "南学区"}, box(-0.5, -0.5, 8.5, 3.1)),
    ]
    write_geojson(folder / "school.geojson", ward)
    with (folder / "people.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["S_NAME", "総人口", "65歳以上", "75歳以上"])
        rows.writerows([[WEST, 1000, 301, 149], [EAST, 777, 99, 50]])
    with (folder / "salons.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "名称", "緯度", "経度", "曜日", "備考"])
        for number, (column, row) in enumerate([(1, 1), (6, 7)]):
            lon, lat = at(column, row)
            rows.writerow([f"t{number}", f"サロン{number}", lat, lon, "第1・3水", ""])
    return [
        "--streets",
        str(folder / "streets.osm"),
        "--border",
        str(folder / "border.geojson"),
        "--division",
        f"町丁目={folder / 'cho.geojson'}:S_NAME",
        "--division",
        f"小学校区={folder / 'school.geojson'}:name:第2層",
        "--people",
        str(folder / "people.csv"),
        "--sites",
        str(folder / "salons.csv"),
        "--name",
        "試験町",
    ]
