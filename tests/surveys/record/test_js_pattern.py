"""Patterns written for browsers: what both read alike, and nothing else."""

import re

import pytest

from surveys.record.js_pattern import write_for_browser


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        (r"(?P<name>a)(?<!b)(?=c)(?:d)", r"(?<name>a)(?<!b)(?=c)(?:d)"),
        (r"\d[\d-]", r"\p{Nd}[\p{Nd}-]"),
        (r"a\Z", "a$"),
        (r"a$", r"a(?=\n?$)"),
        (r"[$.(?P<]\(\u3000[\]\-]", r"[$.(?P<]\(\u3000[\]\-]"),
    ],
)
def test_what_the_two_read_differently_is_written_out(pattern, written):
    assert write_for_browser(re.compile(pattern)) == (written, "u")


def test_spaces_are_those_of_the_server_within_a_class_and_outside():
    inside = write_for_browser(re.compile(r"[^\s@]"))[0]
    assert write_for_browser(re.compile(r"\s"))[0] == "[" + inside[2:-2] + "]"
    spaces = {chr(code) for code in range(0x11000) if chr(code).isspace()}
    ours = re.compile("[" + inside[2:-2] + "]")
    assert {chr(code) for code in range(0x11000) if ours.fullmatch(chr(code))} == spaces


def test_upper_and_lower_case_are_kept():
    assert write_for_browser(re.compile("a", re.IGNORECASE))[1] == "iu"


@pytest.mark.parametrize(
    "pattern", [r"\w", r"\B", r"\A", r"(?P<a>x)(?P=a)", r"a.b", r"(?i:a)", r"\-", r"[\w]"]
)
def test_what_is_not_known_is_refused(pattern):
    with pytest.raises(ValueError, match="not written for browsers"):
        write_for_browser(re.compile(pattern))


@pytest.mark.parametrize("flag", [re.MULTILINE, re.DOTALL, re.ASCII, re.VERBOSE])
def test_so_are_other_flags(flag):
    with pytest.raises(ValueError, match="not written for browsers"):
        write_for_browser(re.compile("a", flag))
