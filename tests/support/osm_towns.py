"""Whole towns built from texts of our own, as a build is given them."""

from geo.base.place import choose_plane
from geo.sources.build import build_new
from geo.sources.recipe import Options, Recipe, SourceFile

LON, LAT = 136.0, 35.0
PLANE = choose_plane(LON, LAT)
EVERYONE = "緯度,経度,総人口,65歳以上"


def at(x_m, y_m):
    """Degrees (lat, lon) of a place in metres."""
    lon, lat = PLANE.to_lonlat(x_m, y_m)
    return float(lat), float(lon)


def osm(nodes, ways, more=""):
    """OSM XML; `nodes` are id: (x, y[, tags]), `ways` id: (nodes, tags[, attributes])."""
    body = ""
    for number, (x, y, *tags) in nodes.items():
        lat, lon = at(x, y)
        inside = _tags(tags[0] if tags else "")
        body += f"<node id='{number}' lat='{lat:.7f}' lon='{lon:.7f}'>{inside}</node>"
    for number, (refs, tags, *attributes) in ways.items():
        inside = "".join(f"<nd ref='{ref}'/>" for ref in refs) + _tags(tags)
        body += f"<way id='{number}' {' '.join(attributes)}>{inside}</way>"
    return f"<?xml version='1.0'?><osm version='0.6'>{more}{body}</osm>"


def _tags(text):
    pairs = (part.split("=", 1) for part in text.split())
    return "".join(f"<tag k='{key}' v='{value}'/>" for key, value in pairs)


def rows(head, places, *more):
    """A CSV of places in metres with further cells each."""
    lines = [head]
    for row in places:
        lat, lon = at(row[0], row[1])
        lines.append(",".join([f"{lat:.7f}", f"{lon:.7f}", *map(str, row[2:] or more)]))
    return "\n".join(lines) + "\n"


def build(folder, streets, homes, sites, *, name="streets.osm", options=None, **more):
    """Build a town of homes of ten at `homes`, salons at `sites`; return it and the report.

    `more` are further sources, role: (file, text, fields).
    """
    files = {
        "streets": (name, streets, {}),
        "people": ("people.csv", rows(EVERYONE, homes, 10, 10), {}),
        "sites": ("sites.csv", rows("緯度,経度,名称", sites, "サロン"), {}),
        **more,
    }
    folder.mkdir(parents=True, exist_ok=True)
    sources = []
    for role, (file, text, fields) in files.items():
        if text is not None:
            (folder / file).write_text(text, encoding="utf-8")
        sources.append(SourceFile(role=role, file=file, **fields))
    recipe = Recipe(name="試験町", options=options or Options(), sources=tuple(sources))
    return build_new(folder, recipe, lambda _: None)
