"""``kayoi print``: one sheet, all of a kind, or every one, as one PDF."""

import shutil
from datetime import datetime

import pytest
from pdf_pages import bookmarks, pages_of, text_of
from sheet_fixtures import point, put

from geo.cli import main
from layers.commands import print as command
from surveys.record.as_of import JAPAN
from surveys.store.register import open_register
from surveys.types import RECORD_TYPES


@pytest.fixture(scope="module")
def folder(small_town, tmp_path_factory):
    folder = tmp_path_factory.mktemp("print") / "town"
    shutil.copytree(small_town, folder, ignore=shutil.ignore_patterns("register"))
    register = open_register(folder)
    put(register, "park", "p", {"name": "中央公園"}, place=point(2, 2))
    put(register, "bench", "b", {"name": "橋のベンチ"}, place=point(3, 2))
    put(register, "walk", "w", {"name": "西町を歩く", "places": ["p", "b"]}, place=None)
    register.engine.dispose()
    return folder


@pytest.fixture(autouse=True)
def _one_place(monkeypatch, japanese):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(
        command, "now_in_japan", lambda: datetime(2026, 11, 25, 10, 42, tzinfo=JAPAN)
    )


@pytest.fixture
def kayoi(folder, tmp_path):
    def run(*asked, out="out.pdf", town=folder):
        path = tmp_path / out
        code = main(["print", "--town", str(town), *asked, "--out", str(path)])
        return code, path.read_bytes() if path.exists() else b""

    return run


def number_of(folder, site_id):
    register = open_register(folder)
    try:
        return str(register.site(site_id).number)
    finally:
        register.engine.dispose()


@pytest.mark.parametrize(
    ("asked", "said", "unsaid"),
    [
        (["karte", "p"], "中央公園", "橋のベンチに"),
        (["karte", "bench"], "橋のベンチ", "目次"),
        (["walk", "w"], "西町を歩く", "まとめ"),
        (["form", "park"], "記入用紙", "庁内用"),
        (["list", "park"], "中央公園", "橋のベンチ"),
        (["list"], "橋のベンチ", "西町を歩く"),
        (["karte", "p", "--lang", "en"], "office use only", "庁内用"),
    ],
)
def test_what_is_asked_for_is_in_the_file(kayoi, asked, said, unsaid):
    code, made = kayoi(*asked)
    assert code == 0 and said in text_of(made) and unsaid not in text_of(made)


def test_a_site_is_named_by_its_number_as_on_paper(folder, kayoi):
    code, made = kayoi("karte", number_of(folder, "b"))
    assert code == 0 and bookmarks(made)[0] == (0, "橋のベンチ")


def test_without_a_name_every_one_is_in_it_with_a_page_of_contents(kayoi, capsys):
    code, made = kayoi("karte")
    assert code == 0 and [title for level, title in bookmarks(made) if level == 0] == [
        "中央公園", "橋のベンチ", "サロン0", "サロン1",
    ]  # fmt: skip
    first = pages_of(made)[0]
    assert "カルテ" in first and "中央公園" in first and "橋のベンチ" in first
    told = capsys.readouterr().out
    assert "4件" in told and "庁内用です" in told
    assert kayoi("karte")[1] == made  # the same day, the same bytes
    assert bookmarks(kayoi("walk")[1])[0] == (0, "西町を歩く")


def test_every_form_is_printed_where_nothing_is_recorded_yet(small_town, kayoi, tmp_path):
    town = tmp_path / "new"
    shutil.copytree(small_town, town, ignore=shutil.ignore_patterns("register"))
    code, made = kayoi("form", town=town)
    assert code == 0 and len([one for one in bookmarks(made) if one[0] == 0]) == len(RECORD_TYPES)
    assert not (town / "register").exists()


def test_very_many_are_several_files(kayoi, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(command, "MOST_SHEETS", 4)
    assert kayoi("form")[0] == 0
    files = sorted(one.name for one in tmp_path.glob("out*.pdf"))
    assert files == [f"out_{n}.pdf" for n in range(1, -(-len(RECORD_TYPES) // 4) + 1)]
    assert "out_1.pdf に書きました（4件）" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (["karte", "99999"], "番号の記録はありません"),
        (["karte", "none"], "番号の記録はありません"),
        (["walk", "p"], "ありません"),
        (["walk", "park"], "使えません"),
        (["form", "house"], "使えるもの"),
        (["list", "house"], "使えるもの"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_written(kayoi, capsys, asked, why):
    code, made = kayoi(*asked)
    assert (code, made) == (2, b"") and why in capsys.readouterr().err


def test_a_name_that_is_no_pdfs_and_a_folder_without_a_town_are_refused(kayoi, capsys, tmp_path):
    assert kayoi("list", out="out.txt")[0] == 2 and ".pdf" in capsys.readouterr().err
    assert kayoi("list", town=tmp_path / "nowhere")[0] == 2


def test_nothing_of_the_town_is_written_over(folder, capsys):
    inside = folder / "data" / "x.pdf"
    assert main(["print", "--town", str(folder), "list", "--out", str(inside)]) == 2
    assert not inside.exists() and "上書き" in capsys.readouterr().err
