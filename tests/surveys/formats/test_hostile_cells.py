"""Files whose texts would cost an age to read, move a terminal, or fill a page."""

import pytest
from long_texts import LONG, LONG_CELLS

from geo.base.dates import parse_date
from geo.base.problems import InputError
from geo.base.text import visible
from geo.cli import main
from geo.schedule import check_schedule, parse_schedule
from layers.cards.list_query import parse_area, parse_query
from surveys.record.answers import clean_text

# ---- the terminal --------------------------------------------------------------------------


def test_no_sign_of_a_file_moves_the_terminal(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = tmp_path / "town"
    folder.mkdir()
    file = tmp_path / "公\x1b[2J園\u202e.csv"
    rows = "名称,緯度,経度\n公園\x1b]0;x\x07,35.6\x1b[31m,139.9\n\x9b31m広場\u202e,x,139.9\n"
    file.write_text(rows, encoding="utf-8-sig")
    command = ["records", "import", "--town", str(folder), "--type", "park"]
    main([*command, str(file)])
    main([*command, str(tmp_path / "\x1b[2J.csv")])
    said = capsys.readouterr()
    for stream in (said.out, said.err):
        assert stream and not set(stream) & set("\x1b\x07\x9b\u202e")
    assert r"\x1b" in said.err


def test_a_text_for_a_terminal_keeps_its_own_signs():
    assert visible("通いの場 café 👨‍👩‍👧 葛󠄀城") == "通いの場 café 👨‍👩‍👧 葛󠄀城"


# ---- texts that cost -----------------------------------------------------------------------


@pytest.mark.timeout(20)
@pytest.mark.parametrize(("read", "cell"), LONG_CELLS)
def test_a_long_cell_is_read_without_hanging(read, cell):
    read(cell)


@pytest.mark.parametrize("cell", ["火" * LONG, "毎週火曜" + "祝日" * LONG + "x"])
def test_a_long_cell_is_kept_as_it_was_written(cell):
    assert parse_schedule(cell) == [{"freq": "text", "text": cell}]


@pytest.mark.timeout(20)
def test_a_long_shape_in_a_file_is_a_problem_of_its_row(tmp_path):
    from import_fixtures import Desk

    desk = Desk(tmp_path)
    plan = desk.plan(f'名称,wkt\n公園,"POINT{" " * 3000}!"\n')
    assert [one.row for one in plan.problems if "形として" in one.reason.ja]
    desk.book.engine.dispose()


def test_a_fault_never_repeats_a_whole_page():
    with pytest.raises(InputError) as error:
        parse_date("x" * LONG)
    assert len(error.value.words.ja) < 200
    faults = check_schedule(["x" * LONG])[1] + check_schedule(
        [{"freq": "weekly", "start": "x" * LONG, "k" * LONG: 1}]
    )[1]  # fmt: skip
    assert faults and all(len(one.ja) < 200 for one in faults)


def test_an_area_longer_than_any_name_is_refused():
    with pytest.raises(InputError):
        parse_area({"area": "x" * LONG + "/1"})
    assert parse_query({"f.toilet": "usable,usable,hard"}).choices == {"toilet": ("usable", "hard")}


@pytest.mark.parametrize("text", ["\u200b", " \u2060\ufeff ", "\u202e\u3164", "\u00ad\n\u2800"])
def test_a_name_nobody_can_see_is_no_name(text):
    assert clean_text(text) == "" and clean_text(text, lines=False) == ""
    assert clean_text(f"{text}葛\U000e0100城") != ""
