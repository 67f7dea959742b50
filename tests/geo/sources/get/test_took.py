"""Files carried on a stick, known by what they hold (`geo.sources.get.took`, `layers.getting.eyes`)."""

from datetime import date

import pytest
from official_files import ages_zip, areas_zip, n03_zip, pack, streets_osm

from geo.base.municipal.listed import municipality_of
from geo.base.problems import InputError
from geo.sources.get.kept import RECORD, load_record
from geo.sources.get.took import take_from
from geo.sources.where.declared import FILE_KINDS
from layers.getting.eyes import check_file, recognise
from layers.inspected.look import look_at

URAYASU, TODAY = municipality_of("12227"), date(2026, 7, 9)
POINTS = "町丁目名,総人口,65歳以上,75歳以上\n猫実一丁目,100,30,12\n猫実二丁目,50,20,8\n"


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    (folder / "中" / "深く").mkdir(parents=True)
    made = tmp_path / "made"
    (folder / "border (1).zip").write_bytes(n03_zip(made))
    (folder / "中" / "A002005212020DDSWC12227-JGD2011.zip").write_bytes(areas_zip(made))
    (folder / "中" / "深く" / "tblT001082C12.zip").write_bytes(ages_zip())
    (folder / "map.osm").write_bytes(streets_osm())
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04")
    (folder / ".hidden.zip").write_bytes(n03_zip(tmp_path / "again"))
    return folder


def take(stick, into, **more):
    said = []
    got = take_from(
        URAYASU, stick, into, recognise=recognise, today=TODAY,
        say=lambda words: said.append(words.ja), **more,
    )  # fmt: skip
    return got, said


def test_a_stick_is_taken_in_whatever_files_are_called(stick, tmp_path):
    got, said = take(stick, tmp_path / "浦安市")
    kinds = {one.kind: one for one in got.files}
    assert set(kinds) == {"border", "areas", "people", "streets"}, said
    assert [one.kind.id for one in got.missing] == ["heights"]
    assert kinds["areas"].column == "S_NAME" and kinds["areas"].place == "estat-areas"
    assert kinds["people"].credit.startswith("「令和2年国勢調査") and kinds["border"].place == ""
    told = "\n".join(said)
    assert "photo.jpg: 使いません" in told and "broken.zip: 使いません" in told
    assert load_record(tmp_path / "浦安市", URAYASU).files == got.files
    assert look_at(tmp_path / "浦安市" / RECORD).beside
    again, said = take(stick, tmp_path / "浦安市")
    assert again.files == got.files and len(said) == 2  # the two that are of no use


def test_files_of_another_town_are_left_and_said_so(stick, tmp_path):
    other = municipality_of("37201")
    said = []
    got = take_from(other, stick, tmp_path / "高松市", recognise=recognise, today=TODAY,
                    say=lambda words: said.append(words.ja))  # fmt: skip
    assert not got.files and len([one for one in said if "ほかの街のもの" in one]) == 4, said
    assert len(got.missing) == 5


def test_files_that_lie_in_the_folder_already_are_kept_where_they_are(tmp_path):
    folder = tmp_path / "浦安市"
    folder.mkdir()
    (folder / "jinko.csv").write_text(POINTS, encoding="utf-8")
    got, _ = take(folder, folder)
    assert [one.file for one in got.files] == ["jinko.csv"] and got.files[0].kind == "people"


def test_a_stop_keeps_what_was_taken_and_a_folder_that_is_not_there_is_said_so(stick, tmp_path):
    got, _ = take(stick, tmp_path / "a", stop=lambda: bool(list(tmp_path.glob("a/*.zip"))))
    assert got.stopped and len(got.files) == 1
    with pytest.raises(InputError, match="there is no folder"):
        take(stick / "gone", tmp_path / "b")


@pytest.mark.data
def test_a_real_file_of_the_census_is_known_and_of_its_own_town_alone(data, tmp_path):
    parts = sorted((data / "boundaries" / "smallarea_tokyo_2020").glob("r2ka13101.*"))
    path = tmp_path / "A002005212020DDSWC13101-JGD2011.zip"
    path.write_bytes(pack({one.name: one.read_bytes() for one in parts}))
    assert check_file(path, FILE_KINDS["areas"]) is None
    seen = recognise(path, municipality_of("13101"))
    assert (seen.kind, seen.column) == ("areas", "S_NAME")
    assert recognise(path, municipality_of("13102")).kind == ""
