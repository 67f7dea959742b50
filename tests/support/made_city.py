"""A made city of 357 districts, built from its files: 192 are over half 55 and older; 29 and 6 cut through them."""

import csv

from town_fixtures import box, write_geojson

ACROSS, UP, OVER = 21, 17, 192
# 29 districts' halls by whole columns of twos and threes, the six former towns by groups of these.
DISTRICTS = ACROSS * UP


def people_of(number):
    """All, 55, 65 and 75 and over of one district: the first 192 over half, some at exactly half."""
    everyone = 60 + number % 40 * 2
    old = everyone // 2 + (1 if number < OVER else 0)
    return everyone, old, old - 10, old - 20


def build_made_city(out):
    """Build the city's folder."""
    from geo.cli import main

    folder = out.with_name(f"{out.name}-files")
    folder.mkdir(parents=True, exist_ok=True)
    at = [(number % ACROSS * 3, number // ACROSS * 3) for number in range(DISTRICTS)]
    write_geojson(folder / "border.geojson", [({}, box(0, 0, ACROSS * 3, UP * 3))])
    write_geojson(
        folder / "ku.geojson",
        [({"name": f"第{n + 1:03}区"}, box(c, r, c + 3, r + 3)) for n, (c, r) in enumerate(at)],
    )
    # 29 and 6 do not divide the rows: their borders cut through districts.
    for name, count in (("kan", 29), ("machi", 6)):
        step = UP * 3 / count
        write_geojson(
            folder / f"{name}.geojson",
            [({"name": f"{name}{n + 1:02}"}, box(0, n * step, ACROSS * 3, (n + 1) * step))
             for n in range(count)],
        )  # fmt: skip
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["地域名", "総人口", "55歳以上", "65歳以上", "75歳以上"])
        writer.writerows([f"第{n + 1:03}区", *people_of(n)] for n in range(DISTRICTS))
    with (folder / "sites.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["名称", "緯度", "経度"])
        for column, row in ((1.5, 1.5), (31.6, 25.7)):
            lon, lat = box(column, row, column, row).centroid.coords[0]
            writer.writerow([f"サロン{column}", lat, lon])
    given = ["--border", "border.geojson", "--division", "行政区=ku.geojson:name",
             "--division", "公民館区=kan.geojson:name", "--division", "旧市町=machi.geojson:name",
             "--people", "people.csv", "--sites", "sites.csv"]  # fmt: skip
    given = [
        f"{folder}/{one}" if one.endswith((".csv", "border.geojson")) else one for one in given
    ]
    given = [one.replace("=", f"={folder}/", 1) if one.endswith(":name") else one for one in given]
    assert main(["build", "--out", str(out), *given]) == 0
