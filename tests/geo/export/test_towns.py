"""`geo.export.towns`: a table of towns, one of which could not be read."""

import csv
import io

from geo.base.words import Words
from geo.export.towns import TownFigures, export_towns_table, town_keys

FOUND = TownFigures(folder="a", name="=甲町", whole={"people": 20, "asked_within": "500m"},
                    areas=[{"area_id": "1", "people": 20}])  # fmt: skip
LOST = TownFigures(folder="b", problem=Words("街がありません", "no town"))


def test_every_row_says_whose_it_is_and_what_it_rests_on():
    text = export_towns_table([FOUND, LOST], keys="en", lang="en", council=False, areas=True)
    whole, area, lost = csv.DictReader(io.StringIO(text))
    assert list(whole) == list(town_keys(council=False))
    assert (whole["town"], whole["row"], area["row"]) == ("'=甲町", "town", "area")
    assert area["asked_within"] == "500m" and area["area_id"] == "1"
    assert (lost["folder"], lost["problem"], lost["people"]) == ("b", "no town", "")
    without = export_towns_table([FOUND, LOST], keys="en", lang="en", council=False, areas=False)
    assert len(without.splitlines()) == 3
