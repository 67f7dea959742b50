"""A file names photos and carries none: those that are nowhere here are left out, and said."""

import pytest
from import_fixtures import Desk
from register_fixtures import new_version
from sync_device import photo

from surveys.formats.format import dump_type
from surveys.imports.importing import apply_plan
from surveys.store.checking import check_register
from surveys.store.portables import portables_of
from surveys.types import RECORD_TYPES

PARK = RECORD_TYPES["park"]


@pytest.fixture
def there(tmp_path):
    """Another town's register with one park, its photo and its bench's."""
    desk = Desk(tmp_path / "there")
    shots = [desk.book.photos.take(photo(at)).id for at in range(2)]
    answers = {
        "name": "西公園", "photos": [{"id": shots[0], "caption": "入口"}],
        "benches": [{"_id": "a", "back": "yes", "photos": [{"id": shots[1], "caption": ""}]}],
    }  # fmt: skip
    desk.book.save(new_version("s1", answers))
    yield desk, shots
    desk.book.engine.dispose()


def export(desk):
    return dump_type("geojson", PARK, portables_of(desk.book, PARK), made_at="2026-11-21")


def test_photos_of_another_town_are_left_out_and_told(there, tmp_path):
    desk, here = there[0], Desk(tmp_path / "here")
    plan = here.plan(export(desk), file="公園.geojson")
    assert any("写真 2枚は、名前だけ" in one.ja for one in plan.said)
    apply_plan(here.book, plan)
    (site_id,) = here.book.site_ids()
    answers = here.book.site(site_id).answers
    assert answers["benches"] == [{"_id": "a", "back": "yes"}] and "photos" not in answers
    assert check_register(here.book) == []
    here.book.engine.dispose()


def test_photos_that_are_here_come_with_their_site(there, tmp_path):
    desk, here = there[0], Desk(tmp_path / "here")
    for at in range(2):
        here.book.photos.take(photo(at))
    plan = here.plan(export(desk), file="公園.geojson")
    assert not any("写真" in one.ja for one in plan.said)
    apply_plan(here.book, plan)
    (site_id,) = here.book.site_ids()
    assert here.book.site(site_id).answers == desk.book.site("s1").answers
    here.book.engine.dispose()


def test_a_photo_the_register_lost_stays_named_by_its_site(there):
    desk, shots = there
    for one in shots:
        desk.book.photos.path_of(one).unlink()
    before = desk.book.site("s1").answers
    data = export(desk).replace("西公園".encode(), "西町公園".encode())
    desk.take(data, file="公園.geojson")
    assert desk.book.site("s1").answers == before | {"name": "西町公園"}
    assert len(check_register(desk.book)) == 2
