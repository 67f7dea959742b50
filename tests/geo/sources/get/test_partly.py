"""What has come of a file in part only is told, until it is whole."""

import pytest

from geo.base.municipal.listed import municipality_of
from geo.sources.get.declared import ADDRESSES, fill, wanted_of
from geo.sources.get.got import KINDS
from geo.sources.get.kept import Record, save_record, told_file
from geo.sources.get.partly import partly_fetched
from geo.sources.get.tiles import TILES
from geo.sources.get.town import PARTS

URAYASU = municipality_of("12227")
FILES = {
    one.kind.id: fill(one.file, URAYASU, ADDRESSES)
    for one in wanted_of(URAYASU, ADDRESSES, kinds=KINDS, by=())
}


@pytest.fixture
def parts(tmp_path):
    found = tmp_path / PARTS
    found.mkdir()
    return found


def told(folder):
    return {one.kind.id: one.words.ja for one in partly_fetched(URAYASU, folder)}


def test_nothing_was_begun(tmp_path):
    assert told(tmp_path / "nowhere") == {} == told(tmp_path)


def test_bytes_so_far_and_of_how_many(tmp_path, parts):
    streets = parts / f"{FILES['streets']}.part"
    streets.write_bytes(b"x" * 1_200_000)
    assert told(tmp_path) == {"streets": "1.2 MB まで"}
    streets.with_name(streets.name + ".json").write_text('{"size": 3400000}', "utf-8")
    assert told(tmp_path) == {"streets": "1.2／3.4 MB まで"}
    for broken in ("[]", '{"size": null}', "no"):
        streets.with_name(streets.name + ".json").write_text(broken, "utf-8")
        assert told(tmp_path) == {"streets": "1.2 MB まで"}


def test_tiles_so_far(tmp_path, parts):
    (parts / TILES).mkdir()
    assert told(tmp_path) == {}
    for at in range(3):
        (parts / TILES / f"14-1-{at}.txt").touch()
    assert told(tmp_path) == {"heights": "3枚まで"}


def test_one_that_is_there_whole_is_not_in_part(tmp_path, parts):
    (parts / f"{FILES['border']}.part").write_bytes(b"x")
    assert list(told(tmp_path)) == ["border"]
    (tmp_path / FILES["border"]).write_bytes(b"whole")
    file = told_file(
        tmp_path / FILES["border"], "border", "n03", address="", on="2026-12-02", date=""
    )
    save_record(tmp_path, Record(code="12227", files=(file,)))
    assert told(tmp_path) == {}
