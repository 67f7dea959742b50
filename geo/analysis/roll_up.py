"""Areas of one division gathered into those of another, by where people live (小さい地区を大きい地区にまとめる).

Divisions do not nest by assumption. A smaller area is told with each larger one in which any of its
people live, so the rows of a larger area add up to its own figures to the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
import shapely

from geo.town import kept_cells_of

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.base.arrays import Ints
    from geo.coverage.coverage import Coverage
    from geo.town import Town

COUNTS: Final = ("people", "within", "outside", "off_network", "no_rest")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rolled:
    """The parts of every larger area (まとめた地区).

    Attributes
    ----------
    parts, larger
        The two divisions.
    pairs
        One row a larger area and a part with anybody in both, and one a part where nobody lives:
        ``large_id part_id part_name`` and `COUNTS` of those who live in both, of the age asked;
        `part_id` "" holds those of the larger area who are in no part, `large_id` "" those of a
        part who are in no larger area. In the order of the larger areas, then of the parts.
    areas
        One row a part, in its division's order: ``area_id area_name``; ``large_id`` of the larger
        area it is counted in, where most of its people of all ages live, the first of several, by
        land where nobody does, "" for none; ``straddles``: whether people of all ages live in two
        larger areas or more; ``elsewhere`` of the people asked about who live in another than
        `large_id`, or in none.
    larger_names
        By id, in order.
    """

    parts: str
    larger: str
    pairs: pd.DataFrame
    areas: pd.DataFrame
    larger_names: dict[str, str]

    def rows_of(self, large_id: str) -> pd.DataFrame:
        """Return the rows of one larger area, those in no part last (一つの大きい地区の内訳).

        Columns ``part_id part_name``, `COUNTS`; ``counted_here``: the part is one of this area's;
        ``elsewhere`` of the part's people who live in no row of this table. `COUNTS` add up to the
        larger area's own.
        """
        mine = self.pairs[self.pairs["large_id"] == large_id].drop(columns="large_id")
        home = dict(zip(self.areas["area_id"], self.areas["large_id"], strict=True))
        whole = self.pairs.groupby("part_id")["people"].sum().to_dict()
        part, people = mine["part_id"].tolist(), mine["people"].tolist()
        table = mine.assign(
            counted_here=np.array([home.get(one) == large_id for one in part], dtype=bool),
            elsewhere=np.array(
                [whole[one] - here if one else 0 for one, here in zip(part, people, strict=True)],
                dtype=np.int64,
            ),
        )
        last = np.array([not one for one in part], dtype=bool)
        return pd.concat([table[~last], table[last]], ignore_index=True)

    def elsewhere_of(self, part_id: str) -> list[tuple[str, int]]:
        """Return in which larger areas a part's people live beside its own, and how many (またがる先).

        ``""`` is none. Those where nobody of the age asked lives are left out.
        """
        own = self.areas.set_index("area_id")["large_id"][part_id]
        rows = self.pairs[(self.pairs["part_id"] == part_id) & (self.pairs["large_id"] != own)]
        rows = rows[rows["people"] > 0]
        return list(zip(rows["large_id"], rows["people"].astype(int), strict=True))


def roll_up(town: Town, coverage: Coverage, parts: str, larger: str) -> Rolled:
    """Return the areas of one division as parts of those of another (地区をまとめる).

    People belong to an area as in every answer (`geo.coverage.coverage.assign_cells`): by where they
    live, and where the people were counted by the areas of one of the two divisions, in that one by
    the table's own word. Then who straddles is as exact as homes were found within the counted area.

    Parameters
    ----------
    coverage
        The answer to a question of this town, of whichever division: the same walks are counted.
    parts, larger
        Names of divisions; the same twice gives each area itself.

    Raises
    ------
    InputError
        A division is unknown.
    """
    small, large = town.division(parts), town.division(larger)
    part, whole = kept_cells_of(town, parts), kept_cells_of(town, larger)
    cells = coverage.cells
    asked = cells["people"].to_numpy(dtype=np.int64)
    everyone = town.cells["people_all"].to_numpy(dtype=np.int64)
    status = cells["status"].to_numpy()
    flags = {
        "people": np.ones(asked.size, dtype=bool),
        "within": status == "within",
        "outside": (status == "outside") | (status == "no_rest"),
        "off_network": status == "off_network",
        "no_rest": status == "no_rest",
    }
    shape = (len(large) + 1, len(small) + 1)  # the last row and column: in none
    sums = {
        name: _sums(whole, part, np.where(some, asked, 0), shape) for name, some in flags.items()
    }
    living = _sums(whole, part, everyone, shape)
    home = _homes(living[:-1, :-1], small, large)
    ids = np.array([*large["area_id"].astype(str), ""], dtype=object)
    own = ids[home]
    areas = pd.DataFrame(
        {"area_id": small["area_id"].astype(str), "area_name": small["area_name"].astype(str)}
    )
    people = sums["people"][:, :-1]
    here = people[home, np.arange(len(small))]
    areas = areas.assign(
        large_id=own, straddles=(living[:-1, :-1] > 0).sum(axis=0) > 1,
        elsewhere=people.sum(axis=0) - here,
    )  # fmt: skip
    listed = (living > 0) | (sums["people"] > 0)
    empty = np.flatnonzero(~listed[:, :-1].any(axis=0))
    listed[home[empty], empty] = True
    listed[-1, -1] = False  # in neither: no area's
    i, j = np.nonzero(listed)
    names = np.array([*areas["area_name"], ""], dtype=object)
    part_ids = np.array([*areas["area_id"], ""], dtype=object)
    pairs = pd.DataFrame(
        {"large_id": ids[i], "part_id": part_ids[j], "part_name": names[j]}
        | {name: table[i, j] for name, table in sums.items()}
    )
    called = dict(zip(ids[:-1].tolist(), large["area_name"].astype(str), strict=True))
    return Rolled(parts=parts, larger=larger, pairs=pairs, areas=areas, larger_names=called)


def _sums(row: Ints, column: Ints, people: Ints, shape: tuple[int, int]) -> Ints:
    table = np.zeros(shape, dtype=np.int64)
    np.add.at(table, (row, column), people)  # -1, in none, is the last
    return table


def _homes(living: Ints, small: gpd.GeoDataFrame, large: gpd.GeoDataFrame) -> Ints:
    """Return the row of the larger area each part is counted in, -1 for none."""
    home = np.argmax(living, axis=0) if len(large) else np.full(len(small), -1)
    shapes = large.geometry.to_numpy()
    for at in np.flatnonzero(living.sum(axis=0) == 0):
        land = shapely.area(shapely.intersection(shapes, small.geometry.iloc[int(at)]))
        home[at] = int(np.argmax(land)) if land.max(initial=0.0) > 0 else -1
    return np.asarray(home, dtype=np.int64)
