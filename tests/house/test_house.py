"""The house's own rules: floors, docs, words, no foreign address."""

import ast
import re
import sys

import pytest
from where import ROOT

FLOORS = ("geo", "surveys", "layers", "pages")
MODULES = sorted(
    path
    for floor in FLOORS
    for path in (ROOT / floor).rglob("*.py")
    if "node_modules" not in path.parts
)
JAPANESE = re.compile(r"\(.*[\u3040-\u30ff\u4e00-\u9fff].*\)")
# File → why it is longer than 300 lines.
LONG = {
    "geo/base/dates.py": "days as people write them, a way of writing a function",
    "geo/coverage/coverage.py": "one answer, from the walks to the areas, read in order",
    "geo/say/sentence.py": "one sentence, its lines in the order they are read",
    "geo/export/files.py": "what leaves the tool, a file a function",
    "geo/sources/build.py": "one build, a step after the other",
    "geo/sources/ways/osm_tags.py": "what every tag means to a walker, one table after another",
    "geo/town.py": "a town and how it is asked, with what is made of its streets kept",
    "tests/pages/test_imports.py": "one page, all that it asks of a file",
    "tests/surveys/field_app/test_field_checks.py": "a table of cases for both runtimes",
    "geo/sources/boundaries.py": "one door for borders and divisions; its checks read in order",
    "surveys/record/answers.py": "one check a kind of answer, side by side",
    "surveys/formats/raw/gpkg.py": "one reader of one format, every guard beside what it guards",
    "surveys/record/history.py": "one fold, with every way two words can meet",
    "surveys/store/register.py": "one class, a method a question",
    "tests/geo/people/test_allocate.py": "a table of cases",
    "tests/surveys/store/test_backup.py": "a table of damages",
    "tests/surveys/store/test_restore_attack.py": "a table of planted backups",
    "tests/layers/door/test_door.py": "one door, a bound a test",
    "surveys/photos/picture.py": "one picture made anew, a step a function",
    "tests/surveys/formats/test_formats.py": "a table of cells",
    "tests/layers/test_hostile_sinks.py": "a table of sinks",
    "tests/surveys/store/test_register.py": "the register on both databases, a rule a test",
    "tests/surveys/formats/test_upload_fuzz.py": "a table of hostile files",
    "tests/geo/sources/test_people_layouts.py": "a table of layouts",
    "tests/geo/sources/test_people_census.py": "a table of what a census keeps secret",
    "tests/geo/measures/test_measures.py": "every measure by hand and by law",
    "surveys/declaration/common_fields.py": "the questions types share, one after the other",
    "tests/surveys/reports/test_reports.py": "a municipality's figures a test, then laws of every report",
    "tests/pages/test_walks.py": "one page, an act a test",
    "tests/pages/test_make.py": "one page, a step of the making a test",
    "pages/meeting.py": "one meeting, a screen a function, in the order they are shown",
    "tests/surveys/sync/test_sync.py": "one door, a rule a test",
    "tests/surveys/field_app/test_field_screens.py": "every screen, a rule a test",
    "tests/layers/test_private_homes.py": "one home, searched for in every file there is",
    "tests/layers/commands/test_commands.py": "the commands end to end, on one built town",
    "tests/geo/sources/test_boundaries.py": "a table of cases",
    "tests/geo/demo/test_demo_sources.py": "a table of cases",
    "geo/schedule/read.py": "one phrase read, a way of writing it a function",
    "geo/sources/sites.py": "one reader of lists of places, column by column",
    "layers/commands/shared.py": "what commands ask for, an argument a function",
    "layers/day/claiming.py": "one file of answers, from its rows to what is kept",
    "layers/day/day.py": "one class: all that may be asked of a day",
    "pages/sites.py": "one page, a part of it a function",
    "pages/export.py": "one page, a file it gives a function",
    "surveys/imports/row.py": "one row of a table read, a step a function",
    "surveys/formats/parts/columns.py": "what headers of people's tables may be called, side by side",
    "surveys/sync/pack.py": "one pack, a part of it a function",
    "surveys/sync/submission.py": "one door for what devices send, a check a function",
    "tests/layers/day/test_wishes.py": "every wish by hand and by law",
    "tests/pages/test_coverage.py": "one page, an act a test",
}


def test_no_file_is_long_without_a_reason():
    sources = (ROOT / "layers" / "assets" / "src").iterdir()
    files = [*MODULES, ROOT / "app.py", *(ROOT / "tests").rglob("*.py"), *sources]
    long = {
        str(p.relative_to(ROOT))
        for p in files
        if len(p.read_text(encoding="utf-8").splitlines()) > 300
    }
    assert long <= set(LONG)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_public_function_is_documented_in_both_languages(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            first = (ast.get_docstring(node) or "").split("\n\n")[0]
            known = path.name == "hatch_build.py" or JAPANESE.search(first)
            assert known, f"{path.name}: {node.name}: {first!r}"


def test_the_reference_is_what_the_code_declares():
    sys.path.insert(0, str(ROOT / "docs"))
    from make_reference import OUT, reference

    assert OUT.read_text(encoding="utf-8") == reference(), "run python docs/make_reference.py"


def test_nothing_is_loaded_from_elsewhere():
    hosts = re.compile(r"cdn\.jsdelivr|cdnjs|unpkg|code\.jquery|bootstrapcdn")
    field = [one for one in (ROOT / "surveys" / "field_app").rglob("*") if one.is_file()]
    field = [one for one in field if one.suffix in {".js", ".ts", ".css", ".html"}]
    files = [*MODULES, *(ROOT / "layers" / "assets" / "src").iterdir(), ROOT / "app.py", *field]
    assert [p.name for p in files if hosts.search(p.read_text(encoding="utf-8"))] == []
    for folder in (ROOT / "layers" / "assets", ROOT / "tests" / "js"):
        lock = (folder / "package-lock.json").read_text(encoding="utf-8")
        assert "resolved" not in lock and "registry" not in lock


def test_both_readmes_name_commands_that_exist():
    from geo.cli import GROUP, entry_points

    known = {point.name for point in entry_points(group=GROUP)}
    for name in ("README.md", "README.ja.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        used = set(re.findall(r"^kayoi ([a-z]+)", text, re.MULTILINE))
        assert used and used <= known
        for picture in re.findall(r"\]\((docs/[^)]+\.png)\)", text):
            assert (ROOT / picture).is_file()
