"""Lists of 通いの場 put on the plane: whose town they are, and in which zone of metres."""

import pandas as pd
import pytest
import shapely

from geo.base.place import choose_plane
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.place_sites import SiteList, place_sites
from geo.sources.sites import SITE_COLUMNS

TOWN = shapely.box(139.75, 35.67, 139.78, 35.69)
PLANE = choose_plane(139.77, 35.68)
NO_SITES = pd.DataFrame(columns=list(SITE_COLUMNS)).drop(columns=["source"])


def place(path, text, **more):
    path.write_text(text, "utf-8")
    border = shapely.transform(TOWN, PLANE.to_m, interleaved=False)
    sites, found = place_sites(
        [SiteList(path=path, **more)], NO_SITES, plane=PLANE, border=border, keep_beyond_m=3000.0
    )
    return sites, "\n".join(one.ja if isinstance(one, Words) else one.say("ja") for one in found)


def test_a_list_of_another_town_is_asked_about_and_may_be_meant(tmp_path):
    text = "名称,緯度,経度\n浦安会館,35.65312,139.90123\n猫実会館,35.66012,139.89912\n駅前,35.68123,139.76712\n"
    with pytest.raises(InputError) as error:
        place(tmp_path / "a.csv", text)
    assert "3か所のうち2か所（浦安会館、猫実会館）" in error.value.words.ja
    assert "--accept places" in error.value.words.ja
    sites, _ = place(tmp_path / "a.csv", text, anywhere=True)
    assert sites["name"].tolist() == ["駅前"]


def test_a_place_across_the_border_is_named_and_counts(tmp_path):
    text = (
        "名称,緯度,経度\n隣会館,35.66312,139.76123\n駅前,35.68123,139.76712\n際,35.66991,139.76\n"
    )
    sites, said = place(tmp_path / "a.csv", text)
    assert sites["name"].tolist() == ["隣会館", "駅前", "際"]
    assert "1か所（隣会館）は市の境の外にあります（遠いもので0.8km）" in said


def test_the_town_tells_the_zone_and_the_axes_of_metres(tmp_path):
    sites, said = place(tmp_path / "a.csv", "名称,X,Y\n東京駅,-35363.238,-5992.920\n")
    lon, lat = PLANE.to_lonlat(sites["x_m"], sites["y_m"])
    assert (lon[0], lat[0]) == pytest.approx((139.767125, 35.681236), abs=1e-5)
    assert "9系" in said and "Xを北" in said
