"""RFC 7946, rule by rule: `faults` returns what a document breaks."""

import shapely
from shapely.geometry import shape

TYPES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}


def faults(document):
    """Return one sentence for each broken rule."""
    found = []
    if document.get("type") != "FeatureCollection" or not isinstance(
        document.get("features"), list
    ):
        return ["§3.3 no FeatureCollection with features"]
    if "crs" in document:
        found.append("§4 crs is not allowed")
    ids = [feature.get("id") for feature in document["features"]]
    if len(set(map(repr, ids))) < len(ids) or not all(isinstance(i, str | int) for i in ids):
        found.append("§3.2 ids are not unique texts or numbers")
    for feature in document["features"]:
        name = feature.get("id")
        if feature.get("type") != "Feature" or not isinstance(feature.get("properties"), dict):
            found.append(f"§3.2 {name}: no Feature with properties")
        if {"coordinates", "geometries", "features"} & set(feature):
            found.append(f"§7.1 {name}: a member of another type")
        if feature.get("geometry") is not None:
            found += [f"{name}: {fault}" for fault in _geometry(feature["geometry"])]
    return found


def _geometry(geometry):
    if geometry["type"] not in TYPES or "coordinates" not in geometry:
        return ["§3.1 unknown geometry"]
    found = []
    for position in _positions(geometry["coordinates"]):
        lon, lat = position[:2]
        if len(position) > 2 or not (-180 <= lon <= 180 and -90 <= lat <= 90):
            found.append(f"§3.1.1 position {position}")
        if any(len(repr(value).partition(".")[2]) > 7 for value in position):
            found.append(f"more than seven decimals: {position}")
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    for rings in polygons.get(geometry["type"], []):
        for number, ring in enumerate(rings):
            if len(ring) < 4 or ring[0] != ring[-1]:
                found.append("§3.1.6 a ring is not closed")
            elif shapely.LinearRing(ring).is_ccw != (number == 0):
                found.append("§3.1.6 right-hand rule")
    lines = {"LineString": [geometry["coordinates"]], "MultiLineString": geometry["coordinates"]}
    found += [
        "§3.1.4 a line of one position" for line in lines.get(geometry["type"], []) if len(line) < 2
    ]
    if not found and not shape(geometry).is_valid:
        found.append("the geometry is not valid")
    return found


def _positions(coordinates):
    if coordinates and isinstance(coordinates[0], int | float):
        yield coordinates
    else:
        for part in coordinates:
            yield from _positions(part)
