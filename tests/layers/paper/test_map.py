"""The map of printed sheets: one SVG that needs nothing else."""

import re
import xml.etree.ElementTree as ET

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.base.place import LONLAT, Plane
from layers.paper.ground import load_ground
from layers.paper.map import Line, draw_static_map, scale_length_m
from layers.paper.paper import lay_paper, number, window_around
from layers.paper.signs import Sign

SVG = "{http://www.w3.org/2000/svg}"
PLANE = Plane(lon=138.6, lat=35.0)
HOSTILE = "</text><script>alert(1)</script>{{7*7}}${x}`\"'&\x00\ufffe\ud800"
SEA = (90_000, 90_000, 90_200, 90_200)


def base_rows():
    """A grid of streets 100 m apart with one of everything else, metres."""
    lines = [shapely.LineString([(0, y), (1000, y)]) for y in range(0, 1001, 100)]
    lines += [shapely.LineString([(x, 0), (x, 1000)]) for x in range(0, 1001, 100)]
    rows = [("road", "", 4, line) for line in lines]
    rows += [
        ("road", "本通り", 1, shapely.LineString([(-50, 450), (1050, 470)])),
        ("path", "", 5, shapely.LineString([(0, 0), (1000, 1000)])),
        ("steps", "", 5, shapely.LineString([(210, 210), (230, 260)])),
        ("rail", "鉄道", 0, shapely.LineString([(0, 950), (1000, 930)])),
        ("river", "", 0, shapely.LineString([(950, 0), (940, 1000)])),
        ("green", HOSTILE[:20], 0, shapely.box(310, 310, 390, 390)),
        ("water", "池", 0, shapely.Point(350, 350).buffer(20)),
        ("place", "西町", 0, shapely.Point(250, 650)),
        ("place", "<b>{{7*7}}", 0, shapely.Point(650, 250)),
    ]
    at = np.arange(20, 1000, 20)
    rows += [("building", "", 0, shapely.box(x, 120, x + 10, 130)) for x in at]
    return rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    kind, name, rank, shapes = zip(*base_rows(), strict=True)
    base = gpd.GeoDataFrame(
        {"k": kind, "name": name, "rank": rank}, geometry=list(shapes), crs=PLANE.crs
    )
    made = tmp_path_factory.mktemp("town")
    (made / "data").mkdir()
    base.to_crs(LONLAT).to_parquet(made / "data" / "base.parquet")
    return made


def draw(folder, window=(0, 0, 460, 415), size=(92.0, 83.0), **more):
    width, height = size
    asked = {"signs": [], "lang": "ja", **more}
    return draw_static_map(
        folder, plane=PLANE, window_m=window, width_mm=width, height_mm=height, **asked
    )


def full(folder, **more):
    """A map with everything on it."""
    walk = np.array([[50.0, 50], [250, 60], [260, 300]])
    styles = ("walk", "slope", "slope_steep", "steps", "track")
    lines = [Line(points_m=walk + 9 * i, style=style) for i, style in enumerate(styles)]
    signs = [
        Sign(x_m=230.0, y_m=200.0, kind="park", number=None, selected=True, label="公園"),
        Sign(x_m=231.0, y_m=200.0, kind="bench", number="12", hollow=True, label=HOSTILE),
        Sign(x_m=50.0, y_m=50.0, kind="bus_stop", number=HOSTILE[:9], label="駅前"),
    ]
    areas = [shapely.box(20, 20, 400, 380)]
    return draw(folder, signs=signs, lines=lines, areas=areas, **more)


def placed_at(svg):
    """Where the signs' own groups stand, millimetres."""
    groups = [g for g in ET.fromstring(svg).iter(f"{SVG}g") if "data-x" in g.attrib]  # noqa: S314
    return [(float(g.get("data-x")), float(g.get("data-y"))) for g in groups]


def texts(svg):
    return [t.text for t in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_map_is_one_piece_of_xml_that_needs_nothing_else(folder, lang):
    svg = full(folder, lang=lang)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    assert root.tag == f"{SVG}svg"
    assert (root.get("width"), root.get("viewBox")) == ("92mm", "0 0 92 83")
    assert "http" not in svg.replace("xmlns='http://www.w3.org/2000/svg'", "")
    references = {e.get("href") for e in root.iter() if e.get("href")}
    ids = {e.get("id") for e in root.iter() if e.get("id")}
    assert references == {f"#{one}" for one in ids}
    assert not {e.tag for e in root.iter()} & {f"{SVG}script", f"{SVG}image", f"{SVG}style"}
    assert not any(key.lower().startswith("on") for e in root.iter() for key in e.attrib)


def test_hostile_names_come_out_as_text(folder):
    svg = full(folder, window=(0, 0, 900, 800))
    assert "<script" not in svg
    assert "{{" not in svg
    assert "${" not in svg
    titles = [t.text for t in ET.fromstring(svg).iter(f"{SVG}title")]  # noqa: S314
    said = HOSTILE.replace("\x00", "").replace("\ufffe", "").replace("\ud800", "")
    assert f"12 {said}" in titles
    assert "<b>{{7*7}}" in texts(svg)


def test_the_same_map_is_the_same_bytes(folder):
    first = full(folder)
    load_ground.__globals__["_ground"].cache_clear()
    assert full(folder) == first


@pytest.mark.parametrize("span", [150, 200, 460, 999, 3000, 5000])
def test_the_scale_bar_is_as_long_as_it_says(folder, span):
    svg = draw(folder, window=(0, 0, span, span * 83 / 92))
    bar = re.search(r"data-metres='(\d+)'><path d='M[\d. ]+v1\.4h([\d.]+)v-1\.4'", svg)
    metres, long_mm = int(bar[1]), float(bar[2])
    assert long_mm == pytest.approx(metres * 92 / span, rel=0.005)
    assert 10 < long_mm < 46.1
    assert str(metres)[0] in "125"
    said = f"{metres // 1000}km" if metres >= 1000 else f"{metres}m"
    assert said in texts(svg)


def test_north_and_scale_are_said_in_both_languages(folder):
    assert {"北", "200m"} <= set(texts(draw(folder)))
    assert {"N", "200 m"} <= set(texts(draw(folder, lang="en")))


@pytest.mark.parametrize("size", [(92.0, 83.0), (180.0, 60.0), (60.0, 180.0)])
def test_a_sign_in_the_windows_middle_is_in_the_drawings_middle(folder, size):
    sign = Sign(x_m=300.0, y_m=400.0, kind="salon", selected=True)
    svg = draw(folder, window=(200, 300, 400, 500), size=size, signs=[sign])
    assert placed_at(svg) == [(size[0] / 2, size[1] / 2)]


def test_north_is_up_and_east_is_right(folder):
    signs = [Sign(x_m=x, y_m=y, kind="park") for x, y in [(50.0, 400.0), (400.0, 50.0)]]
    (left, high), (right, low) = placed_at(draw(folder, signs=signs))
    assert left < right
    assert high < low
    assert (left, low) == (10.0, 73.0)


def test_signs_outside_the_window_are_not_drawn(folder):
    outside = [Sign(x_m=-5.0, y_m=50.0, kind="park", label="外", number="9")]
    assert "外" not in draw(folder, signs=outside)


def test_signs_at_one_place_are_moved_apart_but_not_the_selected_one(folder):
    here = {"x_m": 230.0, "y_m": 207.5}
    signs = [Sign(**here, kind="park", selected=True)]
    signs += [Sign(**here, kind=kind) for kind in ("bench", "toilet", "bench")]
    at = np.array(placed_at(draw(folder, signs=signs)))
    assert at[-1].tolist() == [46.0, 41.5]
    apart = [np.hypot(*(a - b)) for i, a in enumerate(at) for b in at[:i]]
    assert min(apart) > 4.0
    assert np.hypot(*(at - at[-1]).T).max() <= 8.1


def test_the_selected_sign_is_larger_and_drawn_last(folder):
    signs = [
        Sign(x_m=100.0, y_m=100.0, kind="park", selected=True),
        Sign(x_m=300.0, y_m=50.0, kind="park"),
    ]
    svg = draw(folder, signs=signs)
    small, large = (float(s) for s in re.findall(r"href='#kz-sign-park'[^>]*scale\(([\d.]+)", svg))
    assert placed_at(svg)[-1] == (20.0, 63.0)
    assert large / small == pytest.approx(44 / 32, rel=0.001)


def test_plates_do_not_cover_other_signs_or_plates(folder):
    # Each stands where the plate of the one before would be, were it always at the upper right.
    steps = [100.0 + 33 * i for i in range(5)]
    signs = [Sign(x_m=at, y_m=at, kind="shop", number=f"{at:.0f}"[:2]) for at in steps]
    svg = draw(folder, signs=signs)
    rects = re.findall(r"<rect x='([\d.]+)' y='([\d.]+)' width='5\.4\d?'", svg)
    plates = np.array(rects, dtype=float)
    assert len(plates) == 5
    icons = np.array(placed_at(svg))
    for i, (x, y) in enumerate(plates):
        others = np.delete(plates, i, axis=0)
        assert (np.abs(others - (x, y)).max(axis=1) > 5.4).all()
        far = np.abs(np.delete(icons, i, axis=0) - (x + 2.7, y + 2.7)).max(axis=1)
        assert (far > 6.2).all()


def test_names_give_way_to_signs_and_stay_in_the_frame(folder):
    window = (150, 550, 350, 750)
    assert "西町" in texts(draw(folder, window=window))
    crowd = [
        Sign(x_m=250.0 + dx, y_m=650.0 + dy, kind="park")
        for dx in (-15.0, 0.0, 15.0)
        for dy in (-30.0, -15.0, 0.0, 15.0, 30.0)
    ]
    assert "西町" not in texts(draw(folder, window=window, signs=crowd))
    assert "西町" not in texts(draw(folder, window=(249, 550, 449, 730)))


@pytest.mark.parametrize(
    ("span", "colour", "drawn"),
    [
        (460, "#E8E2D5", True),  # buildings, near
        (3000, "#E8E2D5", False),  # buildings would be a blur
        (460, "#CFC8B8", True),  # paths, near
        (3000, "#CFC8B8", False),  # paths would be a blur
        (3000, "#FFFFFF' stroke-width='80", True),  # the main road stays, as wide as print shows
    ],
)
def test_far_maps_leave_small_things_out(folder, span, colour, drawn):
    assert (colour in draw(folder, window=(0, 0, span, span))) is drawn


def test_the_sea_is_drawn_without_error(folder):
    svg = draw(folder, window=SEA)
    assert set(texts(svg)) == {"北", "50m"}
    assert len(svg) < 3000


def test_a_window_of_another_ratio_shows_more_never_less():
    paper = lay_paper((0, 0, 600, 400), width_mm=100, height_mm=100)
    assert paper.bounds_m() == (0, -100, 600, 500)


@pytest.mark.parametrize(
    ("window", "size"),
    [((0, 0, 0, 10), (10, 10)), ((5, 0, 1, 10), (10, 10)), ((0, 0, 10, 10), (0, 10))],
)
def test_nothing_to_draw_is_refused(folder, window, size):
    with pytest.raises(ValueError, match="nothing to draw"):
        draw(folder, window=window, size=size)


def test_a_window_around_points_has_the_frames_ratio_and_room():
    points = [[0, 0], [1000, 100], [400, 80]]
    west, south, east, north = window_around(points, width_mm=92, height_mm=83)
    assert (east - west) / (north - south) == pytest.approx(92 / 83)
    assert (west, east) == (-150, 1150)
    assert (south + north) / 2 == 50


def test_a_window_around_one_point_is_not_smaller_than_the_least():
    window = window_around([[10, 20]], width_mm=92, height_mm=83)
    assert window[3] - window[1] == pytest.approx(120)
    assert (window[0] + window[2]) / 2 == 10


@pytest.mark.parametrize("points", [[], [[np.nan, 1.0]]])
def test_a_window_needs_places(points):
    with pytest.raises(ValueError, match="needs points"):
        window_around(points, width_mm=92, height_mm=83)


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "0"), (-0.001, "0"), (-0.5, "-0.5"), (20.0, "20"), (1.005, "1")]
)
def test_lengths_are_written_short(value, said):
    assert number(value) == said


def test_the_scale_is_never_nothing():
    assert scale_length_m(lay_paper((0, 0, 1, 1), width_mm=100, height_mm=100)) == 1
