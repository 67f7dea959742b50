"""What the house is built on: pinned, nothing known against it, its licences told."""

import json
import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version

import pytest
from where import ROOT

sys.path.insert(0, str(ROOT / "docs"))

from make_advisories import OUT as ADVISORIES
from make_advisories import NotAskedError, check, read_audit
from make_licences import OUT as LICENCES
from make_licences import licence_of, licences
from read_pins import INSTALLERS, needed_by_the_app, plain, read_pins

PINS = read_pins()
KEPT = json.loads(ADVISORIES.read_text(encoding="utf-8"))
DAY = r"\d{4}-\d{2}-\d{2}"
HOLE = {"id": "PYSEC-1", "aliases": ["CVE-2099-1"], "mended_in": ["2.0"], "about": "a hole"}


def test_nothing_is_known_against_a_pinned_package():
    bad, _ = check(KEPT, PINS)
    assert bad == []


def test_the_file_of_advisories_says_its_day_and_names_no_place_it_was_fetched_from():
    assert re.fullmatch(DAY, KEPT["made_on"]) and re.fullmatch(f"({DAY})?", KEPT["asked_on"])
    assert bool(KEPT["asked_on"]) == bool(KEPT["packages"])
    text = ADVISORIES.read_text(encoding="utf-8")
    assert len(text) < 100_000 and "://" not in text


@pytest.mark.parametrize(
    ("packages", "accepted", "bad", "unasked"),
    [
        ({"a==1": []}, {}, 0, 0), ({"a==1": [HOLE]}, {}, 1, 0), ({"a==2": [HOLE]}, {}, 0, 1),
        ({}, {}, 0, 1), ({"a==1": [HOLE]}, {"PYSEC-1": "we never parse such a file"}, 0, 0),
        ({"a==1": [HOLE]}, {"PYSEC-1": " "}, 1, 0), ({"a==1": []}, {"PYSEC-1": "long mended"}, 1, 0),
    ],
    ids=["clean", "a hole", "of another version", "never asked", "accepted with a reason",
         "accepted without one", "accepted and gone"],
)  # fmt: skip
def test_a_hole_stops_and_what_nobody_asked_about_is_told(packages, accepted, bad, unasked):
    found = check({"packages": packages, "accepted": accepted, "asked_on": ""}, {"A": "1"})
    assert (len(found[0]), len(found[1])) == (bad, unasked)


def told(**more):
    return {"dependencies": [{"name": "a-b", "version": "1", "vulns": [], **more}]}


def test_a_package_that_was_skipped_was_not_asked_about():
    assert read_audit(told(), {"A_b": "1"}) == {"a-b==1": []}
    skipped = {"dependencies": [{"name": "a-b", "skip_reason": "not found"}]}
    for answer in (skipped, told(version="2"), {"dependencies": []}):
        with pytest.raises(NotAskedError, match="A_b"):
            read_audit(answer, {"A_b": "1"})


def test_an_answer_is_kept_short_and_in_order():
    vuln = {"id": "PYSEC-1", "aliases": ["CVE-2099-1"], "fix_versions": ["2.0"],
            "description": "a hole\nand much more"}  # fmt: skip
    assert read_audit(told(vulns=[vuln]), {"a-b": "1"}) == {"a-b==1": [HOLE]}


def test_the_check_of_ci_runs_without_a_network():
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "make_advisories.py", "--check"],
        capture_output=True, text=True, check=False, env={"PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "--check" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_the_page_of_licences_is_what_is_pinned():
    assert LICENCES.read_text(encoding="utf-8") == licences(), "run python docs/make_licences.py"


@pytest.mark.parametrize("name", PINS)
def test_every_pinned_package_says_its_licence(name):
    assert licence_of(name)


def test_what_the_app_needs_is_pinned():
    pinned = {plain(name) for name in PINS}
    others = {one for one in needed_by_the_app() - pinned if not is_of_elsewhere(one)}
    assert others == set()


def is_of_elsewhere(name):
    """Whether a package is for another system, or another Python, and not installed here."""
    try:
        version(name)
    except PackageNotFoundError:
        return True
    return False


@pytest.mark.parametrize("name", sorted(INSTALLERS))
def test_what_installs_is_pinned_and_brought_up_first(name):
    assert name in PINS
    line = next(
        one for one in (ROOT / "Makefile").read_text().splitlines() if "--upgrade pip" in one
    )
    assert name in line and "-c constraints.txt" in line


def test_a_line_that_pins_nothing_is_told():
    with pytest.raises(ValueError, match="a>=1"):
        read_pins("# x\na==1\na>=1\n")
