"""What a council's sheets hide cannot be had from what they show: a solver that knows the print alone tries."""

import numpy as np
import pytest
from area_sheets import number, tables
from scipy.optimize import linprog
from sheet_fixtures import frame

from geo.say.masked import MASKED
from geo.sources.town_folder import load_town
from geo.town import WHOLE
from layers.areas.masks import NOTHING_HIDDEN
from layers.areas.now import shared_for_shape, shared_of
from layers.areas.place import place_of
from layers.asked import read_asked
from layers.day.told import Told
from layers.sheets.area import draw_area
from surveys.store.register import open_register

TODAY = "2026-11-25"
COLUMNS = ("people", "within", "outside", "off")


@pytest.fixture(scope="module")
def demo(demo_town):
    register = open_register(demo_town, f"sqlite:///{demo_town}/register/register.db")
    yield frame(demo_town, load_town(demo_town), register)
    register.engine.dispose()


def sheets(demo, audience, division, **query):
    told = Told(town=demo.town, register=demo.register)
    asked = read_asked({"division": division, **query})
    shared = shared_of(told, demo.town_folder, asked, audience=audience, today=TODAY)
    for id_ in demo.town.division(division)["area_id"]:
        yield tables(draw_area(demo, shared, place_of(demo.town, division, str(id_))))


def coarse(town):
    return next(one for one in town.divisions if one not in (town.divisions[0], WHOLE))


class Print:
    """What is read off the sheets: counts by name, and which add up."""

    def __init__(self):
        self.cells, self.sums = {}, []

    def row(self, name, cells):
        for column, text in zip(COLUMNS, cells, strict=False):
            self.cells[name, column] = number(text)
        self.sums.append(((name, "people"), [(name, one) for one in COLUMNS[1:]]))

    def ranges(self):
        names = list(self.cells)
        at = {name: n for n, name in enumerate(names)}
        table = np.zeros((len(self.sums), len(names)))
        for n, (total, parts) in enumerate(self.sums):
            table[n, at[total]] = -1
            for part in parts:
                table[n, at[part]] += 1
        # Zero is never masked: whoever reads it knows.
        bounds = [(1, None) if self.cells[one] is None else (self.cells[one],) * 2 for one in names]
        for name in names:
            if self.cells[name] is None:
                ends = []
                for sign in (1, -1):
                    cost = np.zeros(len(names))
                    cost[at[name]] = sign
                    found = linprog(cost, A_eq=table, b_eq=np.zeros(len(table)), bounds=bounds)
                    ends.append(sign * found.fun if found.status == 0 else np.inf)
                yield name, ends


def read(demo, audience, division, within):
    """The sheets of every area of two divisions, laid side by side."""
    kept, rows = Print(), {}
    for at, page in enumerate(sheets(demo, audience, division, within=within)):
        *parts, total = page["町丁目ごとの内訳"][1:]
        for n, cells in enumerate(parts):
            kept.row((at, n), cells[1:5])
            rows.setdefault(cells[0].removesuffix("（一部）"), []).append((at, n))
        kept.row((at, "計"), total[1:5])
        for cells in page["年齢ごとの人数"][1:]:
            kept.row((at, cells[0]), cells[1:5])
        for column in COLUMNS:
            kept.sums.append((((at, "計"), column), [((at, n), column) for n in range(len(parts))]))
            kept.sums.append((((at, "65歳以上"), column), [((at, "計"), column)]))
    areas = demo.town.division("町丁目")["area_name"]
    for name, page in zip(areas, sheets(demo, audience, "町丁目", within=within), strict=True):
        for cells in page["年齢ごとの人数"][1:]:
            kept.row((name, cells[0]), cells[1:5])
        for column in COLUMNS:
            kept.sums.append((((name, "65歳以上"), column), [(one, column) for one in rows[name]]))
    return kept


@pytest.mark.parametrize("within", ["300m", "500m", "900m"])
def test_no_masked_count_follows_from_the_sheets_of_every_area_of_two_divisions(demo, within):
    division = coarse(demo.town)
    shown, true = (read(demo, one, division, within) for one in ("council", "office"))
    masked = 0
    for name, (low, high) in shown.ranges():
        count = true.cells[name]
        masked += 1
        assert low - 1e-6 <= count <= high + 1e-6
        assert high - low > (1.9 if count < 10 else 0.9), (name, count, low, high)
    assert masked > 3
    assert all(shown.cells[name] is None for name, count in true.cells.items() if 0 < count < 10)


def test_every_division_hides_the_same(demo):
    told = Told(town=demo.town, register=demo.register)
    hidden = [
        shared_of(
            told, demo.town_folder, read_asked({"division": one}), audience="council", today=TODAY
        ).run.masks.hidden
        for one in demo.town.divisions
    ]
    assert len(hidden) > 2 and len(set(hidden)) == 1 and hidden[0]


def test_what_is_shown_is_what_the_office_sees(demo):
    division = demo.town.divisions[0]
    pages = (sheets(demo, one, division) for one in ("office", "council"))
    for office, council in zip(*pages, strict=True):
        for head, rows in council.items():
            for mine, theirs in zip(rows, office[head], strict=False):
                shown = [one != MASKED.ja for one in mine]
                if len(mine) == len(theirs):  # a council's table may lack the area around
                    assert [a for a, s in zip(mine, shown, strict=True) if s] == [
                        b for b, s in zip(theirs, shown, strict=True) if s
                    ]


def test_a_drawn_shape_and_the_others_of_the_town_hide_each_other(demo):
    told = Told(town=demo.town, register=demo.register)
    (x_m, y_m) = (float(demo.town.cells[one].iloc[0]) for one in ("x_m", "y_m"))
    shapely = pytest.importorskip("shapely")
    for radius in (20.0, 60.0, 400.0):
        shape = shapely.Point(x_m, y_m).buffer(radius)
        shared = shared_for_shape(
            told,
            demo.town_folder,
            read_asked({}),
            shape,
            "描いた形",
            audience="council",
            today=TODAY,
        )
        page = tables(draw_area(demo, shared, shared.run.drawn))
        for cells in page["年齢ごとの人数"][1:]:
            counts = [number(one) for one in cells[1:5]]
            assert all(one is None or one == 0 or one >= 10 for one in counts)
            assert counts.count(None) != 1  # it would be the sum less the others


def test_the_office_sees_all(demo):
    told = Told(town=demo.town, register=demo.register)
    shared = shared_of(told, demo.town_folder, read_asked({}), audience="office", today=TODAY)
    assert shared.run.masks is NOTHING_HIDDEN
