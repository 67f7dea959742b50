"""Files of heights made by hand, for the tests that read them."""

import zipfile

import numpy as np
import pytest
import rasterio

from geo.base.place import Plane
from geo.base.problems import InputError
from geo.relief.grid import sample_heights
from geo.sources.heights.heights import load_heights

PLANE = Plane(lon=138.6, lat=35.0)
TOWN = (138.59, 34.99, 138.62, 35.02)


def at_lonlat(grids, lon, lat):
    return sample_heights(grids, *PLANE.to_m(np.atleast_1d(lon), np.atleast_1d(lat)), PLANE)


def refused(path, *words, window=TOWN):
    with pytest.raises(InputError) as caught:
        load_heights(path, window)
    said = caught.value.words
    assert path.name.split(".")[0] in said.ja or path.suffix == ".zip"
    for word in words:
        assert word in said.ja, said.ja
    assert said.en


def write_zip(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def write_tiff(path, values, *, crs="EPSG:6668", corner=(138.59, 35.02), step=0.0001, **more):
    values = np.asarray(values)
    bands = values[None] if values.ndim == 2 else values
    profile = {
        "driver": "GTiff", "height": bands.shape[1], "width": bands.shape[2], "count": bands.shape[0],
        "dtype": bands.dtype.name, "crs": crs, "transform": rasterio.Affine(step, 0, corner[0], 0, -step, corner[1]),
    } | more  # fmt: skip
    with rasterio.open(path, "w", **profile) as raster:
        raster.write(bands)
    return path


def hgt(side=1201, fill=None):
    rows = np.arange(side)[:, None] + np.zeros(side)[None, :]
    values = rows if fill is None else np.full((side, side), fill)
    return values.astype(">i2")


def gsi(
    tuples, columns=4, rows=3, start="0 0", order="+x-y", encoding="UTF-8", *,
    south=35.0, west=138.6, step=0.001, frame="jgd2011.bl", newline="\n",
):  # fmt: skip
    """A sheet as 国土地理院 hands it out, with the cells given as (type, height) or bare heights."""
    lines = newline.join(one if isinstance(one, str) else f"地表面,{one:.2f}" for one in tuples)
    text = f"""<?xml version="1.0" encoding="{encoding}"?>
<Dataset xsi:schemaLocation="http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema FGD_GMLSchema.xsd"
 xmlns:gml="http://www.opengis.net/gml/3.2" xmlns="http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" gml:id="Dataset1">
<DEM gml:id="DEM001"><fid>fgoid:10-00100-15-60101-52386700</fid><type>5mメッシュ（標高）</type>
<mesh>52386700</mesh><coverage gml:id="DEM001-3">
<gml:boundedBy><gml:Envelope srsName="fguuid:{frame}">
<gml:lowerCorner>{south:.9f} {west:.9f}</gml:lowerCorner>
<gml:upperCorner>{south + rows * step:.9f} {west + columns * step:.9f}</gml:upperCorner>
</gml:Envelope></gml:boundedBy>
<gml:gridDomain><gml:Grid gml:id="DEM001-4" dimension="2"><gml:limits><gml:GridEnvelope>
<gml:low>0 0</gml:low><gml:high>{columns - 1} {rows - 1}</gml:high></gml:GridEnvelope></gml:limits>
<gml:axisLabels>x y</gml:axisLabels></gml:Grid></gml:gridDomain>
<gml:rangeSet><gml:DataBlock><gml:rangeParameters><gml:QuantityList uom="DEM構成点"/>
</gml:rangeParameters><gml:tupleList>
{lines}
</gml:tupleList></gml:DataBlock></gml:rangeSet>
<gml:coverageFunction><gml:GridFunction><gml:sequenceRule order="{order}">Linear</gml:sequenceRule>
<gml:startPoint>{start}</gml:startPoint></gml:GridFunction></gml:coverageFunction>
</coverage></DEM></Dataset>
"""
    return text.encode("cp932" if encoding == "Shift_JIS" else "utf-8")


CELL_LON = 138.6 + (np.arange(4) + 0.5) * 0.001
CELL_LAT = 35.0 + (np.arange(3)[::-1] + 0.5) * 0.001  # from the north


def cells(path, window=TOWN):
    lon, lat = np.meshgrid(CELL_LON, CELL_LAT)
    return at_lonlat(load_heights(path, window), lon.ravel(), lat.ravel()).reshape(3, 4)


def asc(rows, head=""):
    lines = "\n".join(" ".join(str(v) for v in row) for row in rows)
    head = head or "xllcorner 138.6\nyllcorner 35.0\ncellsize 0.001\nNODATA_value -1\n"
    return f"ncols {len(rows[0])}\nnrows {len(rows)}\n{head}{lines}\n"
