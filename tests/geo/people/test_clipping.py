"""Squares cut at the border, and age lines shared out within what is shared out already."""

import geopandas as gpd
import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from geo.people.age_lines import split_whole
from geo.people.allocate import allocate_people
from geo.people.clipping import clip_cells, drop_outside
from geo.toy import toy_network

BORDER = box(0, 0, 400, 400)


def people(*rows):
    groups = ("all", "65", "75", "unknown", "55", "70", "85")
    frame = pd.DataFrame(rows, columns=["key", *(f"people_{one}" for one in groups)]).assign(
        name="", row=range(2, 2 + len(rows))
    )
    return frame.astype({"key": "str"})


ROWS = people(
    ("in", 90, 40, 20, 3, 55, 31, 7), ("across", 50, 20, 9, 0, 21, 15, 2), ("out", 7, 3, 1, 0, 4, 2, 1)
)  # fmt: skip
SHAPES = gpd.GeoSeries(
    [box(0, 0, 200, 200), box(300, 0, 500, 200), box(400, 0, 600, 200)],
    index=["in", "across", "out"],
)


def test_a_square_that_only_shares_its_edge_is_outside():
    kept, gone, (said,) = drop_outside(ROWS, SHAPES, BORDER, "a.csv", "mesh")
    assert kept["key"].tolist() == ["in", "across"]
    assert (gone.all_, gone.over()["55"]) == (7, 4) and "7人、うち65歳以上3人" in said.ja


def test_squares_of_another_town_are_kept_and_it_is_told():
    kept, gone, (said,) = drop_outside(ROWS, SHAPES, box(9000, 0, 9400, 400), "a.csv", "mesh")
    assert len(kept) == 3 and gone.all_ == 0 and "どれも市の境の外" in said.ja


def test_streets_and_land_part_a_square_where_there_is_no_dwelling():
    rows = ROWS[ROWS["key"] != "out"].reset_index(drop=True)
    cells, _ = allocate_people(rows, SHAPES, network=toy_network(), keep_area=False)
    kept, gone, (said,) = clip_cells(cells, rows, SHAPES, BORDER, "a.csv")
    assert gone.all_ == 0 and "建物も道もない" in said.ja and len(kept) == len(cells)
    far = gpd.GeoSeries([box(0, 0, 200, 200), box(350, 410, 450, 510)], index=["in", "across"])
    spread, _ = allocate_people(rows, far, network=toy_network(), keep_area=False)
    kept, gone, (said,) = clip_cells(spread, rows, far, box(0, 0, 400, 460), "a.csv")
    assert "広さで分けました" in said.ja and 0 < gone.all_ < 50
    for column in ("people_all", "people_65", "people_55", "people_85"):
        assert kept[column].sum() + gone.over()[column[7:]] == rows[column].sum()


def test_lines_do_not_move_what_was_shared_out_before():
    rows = ROWS.iloc[:1]
    plain = rows.drop(columns=["people_55", "people_70", "people_85"])
    with_lines, _ = allocate_people(rows, SHAPES, network=toy_network())
    without, _ = allocate_people(plain, SHAPES, network=toy_network())
    pd.testing.assert_frame_equal(with_lines[without.columns], without)
    ordered = with_lines[
        ["people_55", "people_65", "people_70", "people_75", "people_85"]
    ].to_numpy()
    assert (np.diff(ordered, axis=1) <= 0).all()
    assert with_lines[["people_55", "people_70", "people_85"]].sum().tolist() == [55, 31, 7]


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=6), min_size=1, max_size=5), st.data()
)
def test_the_chosen_are_as_many_as_asked_and_never_more_than_there_are(groups, data):
    total = np.array([data.draw(st.integers(0, sum(one))) for one in groups])
    group = np.repeat(np.arange(len(groups)), [len(one) for one in groups])
    among = np.array([n for one in groups for n in one])
    chosen = split_whole(total, group, among)
    assert (chosen >= 0).all() and (chosen <= among).all()
    assert np.bincount(group, chosen, minlength=len(groups)).tolist() == total.tolist()
