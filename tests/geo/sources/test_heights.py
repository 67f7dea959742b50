"""Files of heights: every format is read as it is meant, and a hostile one is refused."""

import zipfile
import zlib

import numpy as np
import pytest
import rasterio
from height_files import TOWN, asc, at_lonlat, cells, hgt, refused, write_tiff, write_zip
from pyproj import CRS, Transformer

from geo.base.problems import InputError
from geo.sources.heights.heights import load_heights


def test_a_geotiff_has_its_heights_at_pixel_centres(tmp_path):
    values = np.arange(90_000, dtype=np.float32).reshape(300, 300) / 100
    grids = load_heights(write_tiff(tmp_path / "a.tif", values), TOWN)
    lon, lat = 138.59 + (np.array([5, 120]) + 0.5) * 1e-4, 35.02 - (np.array([7, 200]) + 0.5) * 1e-4
    assert at_lonlat(grids, lon, lat) == pytest.approx([values[7, 5], values[200, 120]], abs=0.01)


def test_only_the_window_of_a_geotiff_is_read(tmp_path):
    path = write_tiff(tmp_path / "a.tif", np.ones((300, 300), np.float32), tiled=True)
    (grid,) = load_heights(path, (138.60, 35.00, 138.601, 35.001))
    assert grid.height_m.size < 300
    assert load_heights(path, (139.0, 36.0, 139.1, 36.1)) == []


@pytest.mark.parametrize("crs", ["EPSG:6676", "EPSG:4326", "EPSG:32654", "EPSG:4301", "EPSG:3857"])
def test_heights_in_any_frame_are_found_at_the_same_place(tmp_path, crs):
    to_frame = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    x, y = to_frame.transform(138.605, 35.005)
    step = 1e-4 if CRS.from_user_input(crs).is_geographic else 10.0
    values = np.tile(np.arange(400, dtype=np.float32), (400, 1))  # a slope to the east
    path = write_tiff(tmp_path / "a.tif", values, crs=crs, corner=(x - 200 * step, y + 200 * step),
                      step=step)  # fmt: skip
    found = at_lonlat(load_heights(path, TOWN), 138.605, 35.005)
    assert found == pytest.approx([199.5], abs=0.05)


def test_what_a_geotiff_calls_nothing_is_nothing_and_so_is_what_no_land_has(tmp_path):
    values = np.array([[0, 5, -77], [-9999, 12000, -32768], [-3, 3776, 8]], dtype=np.float32)
    (grid,) = load_heights(write_tiff(tmp_path / "a.tif", values, nodata=-77, step=0.01), TOWN)
    assert np.isnan(grid.height_m).tolist() == [
        [False, False, True], [True, True, True], [False, False, False],
    ]  # fmt: skip
    assert grid.height_m[0, 0] == 0


def test_scale_and_offset_of_a_geotiff_count(tmp_path):
    path = write_tiff(tmp_path / "a.tif", np.full((300, 300), 31000, np.int16))
    with rasterio.open(path, "r+") as raster:
        raster.scales, raster.offsets = (0.01,), (5.0,)
    assert at_lonlat(load_heights(path, TOWN), 138.6, 35.0) == pytest.approx([315.0])


def test_a_geotiff_without_frame_of_several_bands_or_turned_is_refused(tmp_path):
    flat = np.ones((50, 50), np.float32)
    refused(write_tiff(tmp_path / "a.tif", flat, crs=None), "座標の決め方")
    refused(write_tiff(tmp_path / "b.tif", np.ones((3, 50, 50), np.uint8)), "3枚")
    refused(write_tiff(tmp_path / "c.tif", flat.astype(np.complex64)), "complex64")
    turned = rasterio.Affine(1e-4, 2e-5, 138.59, 2e-5, -1e-4, 35.02)
    refused(write_tiff(tmp_path / "d.tif", flat, transform=turned), "傾いて")


def test_no_other_format_is_guessed_from_what_a_file_holds(tmp_path):
    secret = write_tiff(tmp_path / "secret.tif", np.full((300, 300), 42, np.float32))
    vrt = (
        '<VRTDataset rasterXSize="300" rasterYSize="300"><SRS>EPSG:6668</SRS>'
        "<GeoTransform>138.59,0.0001,0,35.02,0,-0.0001</GeoTransform>"
        '<VRTRasterBand dataType="Float32" band="1"><SimpleSource><SourceFilename relativeToVRT="0">'
        f"{secret}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>"
    )
    for name in ("a.tif", "b.tiff"):
        (tmp_path / name).write_text(vrt, encoding="utf-8")
        refused(tmp_path / name, "GeoTIFF として読めません")
    refused(write_zip(tmp_path / "c.zip", {"c.tif": vrt}), "GeoTIFF として読めません")
    (tmp_path / "d.vrt").write_text(vrt, encoding="utf-8")
    refused(tmp_path / "d.vrt", "読めない形式")
    for name in ("e.tif", "f.png", "g.tif"):
        (tmp_path / name).write_bytes(b"II*\0" + bytes(100) if name == "g.tif" else b"nothing")
        refused(tmp_path / name)


def test_a_small_file_that_claims_a_huge_raster_is_refused(tmp_path):
    path = tmp_path / "a.tif"
    shape = {
        "height": 400_000,
        "width": 400_000,
        "count": 1,
        "dtype": "float32",
        "crs": "EPSG:6668",
    }
    with rasterio.open(
        path, "w", driver="GTiff", tiled=True, sparse_ok=True, bigtiff="YES",
        transform=rasterio.Affine(1e-7, 0, 138.59, 0, -1e-7, 35.02), **shape,
    ):  # fmt: skip
        pass
    refused(path, "画素が多すぎます")


def test_an_hgt_file_starts_in_the_north_west_of_its_degree(tmp_path):
    values = hgt()
    values[600, 720:722] = -32768
    (tmp_path / "N35E138.hgt").write_bytes(values.tobytes())
    (tmp_path / "N34E138.hgt").write_bytes(hgt(fill=1200).tobytes())
    grids = load_heights(tmp_path / "N35E138.hgt", (138.0, 35.0, 139.0, 36.0))
    assert at_lonlat(grids, 138.1, 35.75) == pytest.approx([300], abs=0.1)
    assert np.isnan(at_lonlat(grids, 138.6003, 35.5)).all()
    both = grids + load_heights(tmp_path / "N34E138.hgt", (138.0, 34.5, 139.0, 36.0))
    assert at_lonlat(both, 138.1, 35.0 - 0.0004) == pytest.approx([1200])  # in the crack


@pytest.mark.parametrize("side", [1201, 3601])
def test_an_hgt_zip_of_one_or_three_seconds_is_read(tmp_path, side):
    path = write_zip(tmp_path / "N35E138.hgt.zip", {"N35E138.hgt": hgt(side, 7).tobytes()})
    assert at_lonlat(load_heights(path, TOWN), 138.605, 35.005) == pytest.approx([7])


def test_an_hgt_of_another_name_or_size_is_refused(tmp_path):
    (tmp_path / "tile.hgt").write_bytes(hgt().tobytes())
    refused(tmp_path / "tile.hgt", "名前から場所が")
    (tmp_path / "N35E138.hgt").write_bytes(bytes(2 * 1000 * 1000))
    refused(tmp_path / "N35E138.hgt", "大きさ")
    with (tmp_path / "N36E138.hgt").open("wb") as file:
        file.truncate(1 << 33)  # a hole of 8 GB
    refused(tmp_path / "N36E138.hgt", "大きすぎます")


def test_an_ascii_grid_runs_from_the_north(tmp_path):
    (tmp_path / "a.asc").write_text(asc([[1, 2, 3, 4], [5, -1, 7, 8], [9, 10, 11, 12]]))
    want = np.arange(1.0, 13).reshape(3, 4)
    want[1, 1] = np.nan
    assert cells(tmp_path / "a.asc") == pytest.approx(want, abs=1e-3, nan_ok=True)
    centre = "xllcenter 138.6005\nYLLCENTER 35.0005\nCELLSIZE 0.001\n"
    (tmp_path / "b.asc").write_text(asc(np.arange(1, 13).reshape(3, 4).tolist(), centre))
    assert cells(tmp_path / "b.asc")[2, 0] == pytest.approx(9, abs=1e-3)


def test_an_ascii_grid_in_metres_needs_its_prj(tmp_path):
    x, y = Transformer.from_crs("EPSG:4326", "EPSG:6676", always_xy=True).transform(138.605, 35.005)
    head = f"xllcorner {x - 50}\nyllcorner {y - 50}\ncellsize 10\n"
    (tmp_path / "a.asc").write_text(asc(np.full((10, 10), 3).tolist(), head))
    refused(tmp_path / "a.asc", ".prj")
    (tmp_path / "a.prj").write_text(CRS.from_epsg(6676).to_wkt())
    assert at_lonlat(load_heights(tmp_path / "a.asc", TOWN), 138.605, 35.005) == pytest.approx([3])
    (tmp_path / "a.prj").write_text("nonsense")
    refused(tmp_path / "a.asc", ".prj")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "はじめの行"),
        (asc([[1, 2], [3, 4]]) + "5", "4個あるはず"),
        (asc([[1, 2], [3, "x"]]), "数字でない"),
        (asc([[1]], "xllcorner 138\nyllcorner 35\ncellsize 0\n"), "使えません"),
        (asc([[1]], "xllcorner nan\nyllcorner 35\ncellsize 1\n"), "使えません"),
        ("ncols 99999999\nnrows 99999999\nxllcorner 1\nyllcorner 1\ncellsize 1\n1", "大きすぎます"),
    ],
)
def test_a_broken_ascii_grid_is_refused_in_words(tmp_path, text, why):
    (tmp_path / "a.asc").write_text(text)
    refused(tmp_path / "a.asc", why)


def test_a_zip_without_heights_broken_or_too_full_is_refused(tmp_path):
    refused(
        write_zip(tmp_path / "a.zip", {"readme.txt": "x", "other.xml": "<a/>"}), "標高のファイルが"
    )
    (tmp_path / "b.zip").write_bytes(b"PK\3\4 no zip")
    refused(tmp_path / "b.zip", "解凍できません")
    whole = write_zip(tmp_path / "c.zip", {"N35E138.hgt": hgt().tobytes()})
    whole.write_bytes(whole.read_bytes()[:-2000])
    refused(whole, "解凍できません")
    many = {f"N35E138_{number}.hgt": b"" for number in range(5001)}
    with pytest.raises(InputError):
        load_heights(write_zip(tmp_path / "d.zip", many), TOWN)


def test_a_zip_that_unpacks_to_more_than_a_file_may_have_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.tif", "w") as file,
    ):
        for _ in range(600):
            file.write(bytes(1 << 20))
    assert path.stat().st_size < 1 << 20
    refused(path, "大きすぎます")


def test_zips_in_zips_in_zips_are_not_followed_for_ever(tmp_path):
    content = hgt(fill=3).tobytes()
    name = "N35E138.hgt"
    for depth in range(4):
        path = write_zip(tmp_path / f"{depth}.zip", {name: content})
        name, content = path.name, path.read_bytes()
    refused(tmp_path / "3.zip", "標高のファイルが")
    assert load_heights(tmp_path / "1.zip", TOWN)


def test_a_wrong_checksum_in_a_zip_is_said(tmp_path):
    path = write_zip(tmp_path / "a.zip", {"N35E138.hgt": hgt().tobytes()})
    bad = path.read_bytes().replace(zlib.crc32(hgt().tobytes()).to_bytes(4, "little"), b"\0\0\0\0")
    path.write_bytes(bad)
    refused(path, "解凍できません")


def test_a_file_that_is_not_there_is_said(tmp_path):
    refused(tmp_path / "none.tif", "ありません")
