"""What was written becomes a version, and what is wrong with it is told."""

import pytest
import shapely
from register_fixtures import HERE, NOW, SEEN

from surveys.record.compose import Written, compose
from surveys.record.history import NOTHING, PLACE
from surveys.types import RECORD_TYPES


@pytest.mark.parametrize(
    ("place", "sound", "why"),
    [
        (HERE, True, "a point"),
        (HERE.buffer(0.001), True, "a park is its ground, too"),
        (None, True, "not known"),
        (shapely.LineString([(139.8, 35.6), (139.9, 35.6)]), False, "a park is no line"),
        (shapely.Point(35.6, 139.8), False, "latitude and longitude the wrong way round"),
        (shapely.Point(-180.1, 35.6), False, "beyond the date line"),
    ],
)
def test_a_place_a_type_cannot_have_is_told(place, sound, why):
    written = Written(
        version_id="v", record_id="r", site_id="s", kind="visit", origin=SEEN, made_at=NOW,
        answers={"name": "公園"}, place=place,
    )  # fmt: skip
    _, faults = compose(RECORD_TYPES["park"], NOTHING, written)
    assert [path for path, _ in faults] == ([] if sound else [PLACE]), why


def test_a_type_of_points_has_no_ground():
    written = Written(
        version_id="v", record_id="r", site_id="s", kind="visit", origin=SEEN, made_at=NOW,
        answers={}, place=HERE.buffer(0.001),
    )  # fmt: skip
    _, faults = compose(RECORD_TYPES["salon"], NOTHING, written)
    assert PLACE in [path for path, _ in faults]
