"""What comes in kinds is declared: in words, read where it is declared, told in the reference."""

import ast
import re
import subprocess

import pytest
from registries import ENTRIES, REGISTRIES
from where import ROOT

from geo.base import settings
from geo.base.addressed.files import read_address_files
from geo.base.problems import InputError
from geo.base.settings import SETTINGS, Setting
from geo.base.words import Words
from geo.cli import GROUP, entry_points
from geo.sources.border import load_border
from geo.sources.boundaries import load_division
from geo.sources.heights.heights import HEIGHTS, load_heights
from geo.sources.people import load_people
from geo.sources.roles import ROLES
from geo.sources.sites import load_sites
from geo.sources.streets.streets import STREETS, load_streets
from layers.routes.all import ROUTES
from pages.parts.frame.declared import find_pages
from surveys.formats.format import FORMATS

# File → why the environment is touched there, beside `geo.base.settings`.
ENVIRONMENT = {
    "geo/base/lang.py": "the locale of who types a command",
    "layers/commands/serve.py": "tells the app, in the same process, what it serves and to whom",
}
PROSE = sorted(
    path
    for path in [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]
    if path.name != "reference.md"
)


def code_files():
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    ends = (".py", ".toml", ".js", ".mjs", ".sh", ".md", "Makefile", "run")
    return [one for one in names if one.endswith(ends) and (ROOT / one).is_file()]


def test_there_is_a_registry_of_each_kind_and_none_is_empty():
    assert all(REGISTRIES.values())


@pytest.mark.parametrize(
    ("id_", "entry"), [one[1:] for one in ENTRIES], ids=[e[0] for e in ENTRIES]
)
def test_every_entry_has_its_own_name_and_words_in_both_languages(id_, entry):
    assert (entry.name if isinstance(entry, Setting) else getattr(entry, "id", id_)) == id_
    kept = [getattr(entry, name) for name in entry.__dataclass_fields__]
    words = [value for value in kept if isinstance(value, Words)]
    assert entry.words in words
    assert all(one.ja.strip() and one.en.strip() for one in words), "say it in both languages"


# ---- settings ------------------------------------------------------------------------------


def test_no_name_of_a_setting_is_written_that_is_not_declared():
    written = {
        found
        for name in code_files()
        for found in re.findall(r"KAYOI_[A-Z]+(?:_[A-Z]+)*", (ROOT / name).read_text("utf-8"))
    }
    assert written - set(SETTINGS) == set()


def test_every_setting_is_read_somewhere():
    constants = {name: one for name, one in vars(settings).items() if isinstance(one, Setting)}
    assert {one.name for one in constants.values()} == set(SETTINGS)
    # Doctests of the room itself are no use of it.
    files = [one for one in code_files() if one.endswith(".py") and one != "geo/base/settings.py"]
    code = "\n".join((ROOT / one).read_text("utf-8") for one in files)
    assert [name for name in constants if not re.search(rf"\b{name}\.read\(", code)] == []


def test_the_environment_is_read_in_one_place():
    found = set()
    for name in code_files():
        if name.split("/")[0] not in ("geo", "surveys", "layers", "pages", "app.py"):
            continue
        if not name.endswith(".py") or name == "geo/base/settings.py":
            continue
        for node in ast.walk(ast.parse((ROOT / name).read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb"):
                found.add(name)
    assert found == set(ENVIRONMENT)


# ---- prose names what there is -----------------------------------------------------------


@pytest.mark.parametrize("path", PROSE, ids=lambda path: str(path.relative_to(ROOT)))
def test_prose_names_only_commands_addresses_and_formats_there_are(path):
    text = path.read_text("utf-8")
    commands = {point.name for point in entry_points(group=GROUP)}
    used = set(re.findall(r"(?:^|`|\$ )kayoi ([a-z]+)", text, re.MULTILINE))
    assert used - commands == set()
    assert set(re.findall(r"--format ([a-z_]+)", text)) - set(FORMATS) == set()
    assert faults_of_addresses(text) == []


def faults_of_addresses(text):
    """Addresses in backticks that no page or route answers."""
    shapes = [
        re.compile(re.sub(r"\\\{[^}]*\\\}", ".+", re.escape(getattr(route, "path", ""))) + "(/.*)?")
        for one in ROUTES.values()
        for route in one.make()
    ]
    pages = set(find_pages())
    said = re.findall(r"`(?:GET |PUT |POST |DELETE )?(/[a-z][\w/.<>{}…*-]*)", text)
    # Files of a machine, and the addresses Streamlit keeps for itself.
    others = ("/_stcore", "/media", "/component", "/static", "/tmp", "/home", "/etc", "/usr")  # noqa: S108 - words, no file
    wrong = []
    for one in said:
        plain = one.rstrip("/…*") or "/"
        known = plain.strip("/").split("/")[0] in pages or any(s.fullmatch(plain) for s in shapes)
        head = "/" + plain.strip("/").split("/")[0]
        heads = any(s.pattern.startswith(re.escape(head)) for s in shapes) and plain == head
        if not known and not heads and not one.startswith(others):
            wrong.append(one)
    return wrong


def test_an_address_that_is_gone_is_found_in_prose():
    assert faults_of_addresses("open `/print/karte/<id>`, `/map` and `/api/v1/field/pack`") == []
    assert faults_of_addresses("open `/print/booklet/<id>` or `/mapp`") == [
        "/print/booklet/<id>", "/mapp",
    ]  # fmt: skip


def test_the_reference_has_a_row_for_every_entry():
    rows = [line for line in (ROOT / "docs/reference.md").read_text("utf-8").splitlines() if line]
    for kind, id_, entry in ENTRIES:
        if kind.startswith(("group", "routes")):
            continue  # their words stand in the rows of their pages and addresses
        words = entry.words.ja
        assert any(words in row for row in rows), f"{kind} {id_}: run python docs/make_reference.py"


# ---- sources -----------------------------------------------------------------------------


ROOMS = {
    "streets": (STREETS, load_streets),
    "heights": (HEIGHTS, lambda path: load_heights(path, (138, 35, 139, 36))),
}


@pytest.mark.parametrize(
    ("room", "ending"),
    [
        (room, e)
        for room, (formats, _) in ROOMS.items()
        for f in formats.values()
        for e in f.endings
    ],
)
def test_a_file_of_every_declared_ending_comes_to_its_own_reader(tmp_path, room, ending):
    path = tmp_path / f"N35E138{ending}"
    path.write_bytes(b"not such a file")
    _, load = ROOMS[room]
    try:
        said = str(load(path))
    except InputError as error:
        said = error.words.ja
    # A sheet that does not touch the town is passed over before it is read.
    assert said == "[]" or ("種類です" not in said and "読めない形式" not in said)


@pytest.mark.parametrize("room", ROOMS)
def test_a_file_of_another_ending_is_refused_with_all_that_are_read(tmp_path, room):
    formats, load = ROOMS[room]
    endings = {ending for one in formats.values() for ending in one.endings}
    path = tmp_path / f"a{max(endings, key=len)}x"  # longer than any there is
    path.write_bytes(b"x")
    with pytest.raises(InputError) as caught:
        load(path)
    for one in formats.values():
        assert all(ending in caught.value.words.en for ending in one.endings)


@pytest.mark.parametrize(
    ("role", "ending"), [(r.id, e) for r in ROLES.values() if not r.room for e in r.endings]
)
def test_every_declared_ending_of_a_role_is_taken_and_others_are_not(tmp_path, role, ending):
    load = {
        "border": load_border, "people": load_people, "sites": load_sites,
        "division": lambda path: load_division(path, name="区", column="名", tier=""),
        "addresses": lambda path: read_address_files([(path.name, path.read_bytes())]),
    }[role]  # fmt: skip
    path = tmp_path / f"a{ending}"
    path.write_bytes(b"\x00\x01 broken")
    with pytest.raises(InputError) as caught:
        load(path)
    assert "この形式は読めません" not in caught.value.words.ja
