"""A command's help and faults are in the user's language and name the command that was used."""

import re
import subprocess
import sys

import pytest

from geo.base.arguments import Parser
from geo.cli import GROUP, entry_points, main

COMMANDS = {point.name: point for point in entry_points(group=GROUP)}
# Words that argparse would put in, and a command that counts nobody must not say.
ENGLISH = ("usage:", "options:", "optional arguments", "positional", "show this", "exit")
OF_COUNTING = ("数える", "count")
# They give places and ways, and count nobody.
NO_FIGURES = {"reach": {"--slope"}, "places": set(), "build": set(), "serve": set(), "demo": set()}


def parser_of(name, lang):
    parser = Parser(prog=f"kayoi {name}", allow_abbrev=False, lang=lang)
    COMMANDS[name].load().add_arguments(parser, lang)
    return parser


def with_actions(parser):
    yield parser
    for action in parser._actions:
        for inner in getattr(action, "choices", None) or {}:
            found = action.choices[inner] if isinstance(action.choices, dict) else None
            if isinstance(found, Parser):
                yield from with_actions(found)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_whole_in_the_language_and_of_this_command_alone(name, lang):
    for parser in with_actions(parser_of(name, lang)):
        said = parser.format_help()
        first = "使い方: " if lang == "ja" else "usage: "
        assert said.startswith(f"{first}kayoi {name}")
        assert parser.lang == lang
        helps = [one.help for one in parser._actions]
        assert all(helps), [one.dest for one in parser._actions if not one.help]
        if lang == "ja":
            assert not [one for one in ENGLISH if one in said]
            assert all(re.search("[ぁ-んァ-ヶ一-龠]", one) for one in helps)
        else:
            # 庁内用 stands in the file's name; 通いの場's own weekdays are read in either language.
            assert not re.findall("[ぁ-んァ-ヶ一-龠]+", re.sub("庁内用", "", said))
        others = set(re.findall(r"kayoi ([a-z]+)", said)) - {name}
        assert not others, others


@pytest.mark.parametrize("name", NO_FIGURES)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_command_that_counts_nobody_does_not_say_it_counts(name, lang):
    for action in parser_of(name, lang)._actions:
        if not set(action.option_strings) & NO_FIGURES[name]:
            words = re.findall(r"\w+", action.help or "")
            assert not [one for one in OF_COUNTING if one in words or one in (action.help or "")]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_fault_begins_with_the_command_that_was_typed(monkeypatch, capsys, name, lang):
    monkeypatch.setenv("KAYOI_LANG", lang)
    with pytest.raises(SystemExit) as left:
        main([name, "--no-such-thing"])
    told = capsys.readouterr().err
    assert left.value.code == 2 and told.startswith(f"kayoi {name}")
    assert len(told.splitlines()) == 1 and "usage" not in told


def test_a_fault_of_the_input_begins_with_the_command_too(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("KAYOI_LANG", "ja")
    assert main(["reach", "--town", str(tmp_path), "--out", str(tmp_path / "x.geojson")]) == 2
    assert capsys.readouterr().err.startswith("kayoi reach: ")
    assert main(["nope"]) == 2
    assert capsys.readouterr().err.startswith("kayoi: ")


def test_a_value_given_twice_is_asked_about_instead_of_one_left_out(capsys, monkeypatch):
    monkeypatch.setenv("KAYOI_LANG", "ja")
    with pytest.raises(SystemExit) as left:
        main(["coverage", "--town", "a", "--town", "b"])
    assert left.value.code == 2 and "--town は1つだけ渡せます" in capsys.readouterr().err
    parser = Parser(prog="x", lang="en")
    parser.add_argument("--each", action="append")
    parser.add_argument("many", nargs="*")
    assert parser.parse_args(["--each", "a", "--each", "b", "c", "d"]).each == ["a", "b"]


def test_who_has_read_enough_of_an_answer_is_told_of_no_fault():
    run = (
        "import os, sys; from geo.cli import _run; r, w = os.pipe(); os.close(r); os.dup2(w, 1);"
        "c = type('C', (), {'run': staticmethod(lambda *_: print('x' * 99_999))});"
        "sys.exit(_run(c, None, 'ja'))"
    )
    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
