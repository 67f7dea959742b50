"""The table of all sentences has every one of the code (文の表)."""

import ast
import csv
import re
import runpy
import sys

import pytest
from where import ROOT

sys.path.insert(0, str(ROOT / "docs"))

from make_sentences import HEADS, write
from read_sentences import ROOMS, Sentence, read_file, read_sentences

# What is quoted and stands on no screen of ours: an example of what is written, a screen of others.
EXAMPLES = {
    "なぜか", "使わない種類", "位置情報", "確認の時期（一斉更新）", "どの欄にも数えていないもの",
    "毎週火曜 10:00〜11:30", "ホーム画面に追加", "アプリをインストール", "80代の女性", "電話で聞いた", ";",
    "location",
}  # fmt: skip


@pytest.fixture(scope="module")
def sentences():
    return read_sentences()


def test_every_pair_of_words_in_the_code_is_in_the_table(sentences):
    """Counted without the reader: every call of `Words`, by its file and line."""
    told = {(one.path, one.line) for one in sentences}
    called = {
        (path.relative_to(ROOT).as_posix(), node.lineno)
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Words"
    }
    assert len(called) > 4000
    assert called - told == set()


@pytest.mark.parametrize(
    ("path", "ja", "en"),
    [
        ("surveys/field_app/js/screens/home.js", "近くの所", "Places near you"),
        ("surveys/types/salon.py", "体操", "exercise"),
        ("layers/sheets/area.html", "話し合いのメモ", "Notes of the talk"),
        ("geo/sources/where/where.toml", "市の境", "The city's border"),
        ("pages/today.py", "きょう、何をするか", "What is there to do today?"),
    ],
)
def test_sentences_of_every_kind_of_file_are_pairs(sentences, path, ja, en):
    assert [one for one in sentences if (one.path, one.ja, one.en) == (path, ja, en)]


def test_what_is_filled_in_stands_in_braces_and_the_name_is_where_it_stands(tmp_path):
    code = tmp_path / "a.py"
    code.write_text(
        'class A:\n    def say(self):\n        """Say (言う)."""\n'
        '        return Words(f"{n:,}人" + "です", f"{n:,} people")\nONE = {"x": ("道", "street")}\n',
        encoding="utf-8",
    )
    assert list(read_file(code, "a.py")) == [
        Sentence(path="a.py", line=4, name="A.say", ja="{n}人です", en="{n} people"),
        Sentence(path="a.py", line=5, name="ONE.x", ja="道", en="street"),
    ]


def test_the_command_writes_a_page_and_a_sheet(tmp_path, monkeypatch, capsys, sentences):
    page, sheet = tmp_path / "a.html", tmp_path / "a.csv"
    monkeypatch.setattr(sys, "argv", ["make_sentences.py", str(page)])
    runpy.run_path(str(ROOT / "docs" / "make_sentences.py"), run_name="__main__")
    assert f"{len(sentences):,} rows" in capsys.readouterr().out
    assert page.read_text(encoding="utf-8").count("<tr>") == len(sentences) + 1
    write(sheet, sentences)
    rows = list(csv.reader(sheet.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    assert rows[0] == list(HEADS) and len(rows) == len(sentences) + 1


def _plain(text):
    return text.strip(" \u3000：:。？！…").removeprefix("＋ ")


@pytest.mark.parametrize(("lang", "quote"), [("ja", "「([^「」]+)」"), ("en", "“([^“”]+)”")])
def test_what_a_sentence_quotes_stands_on_a_screen_as_it_is_quoted(sentences, lang, quote):
    """A button that was renamed is renamed where people are told to press it."""
    known = {_plain(getattr(one, lang)).casefold() for one in sentences}
    rooms = (
        "pages/",
        "surveys/field_app/",
        "surveys/imports/",
        "surveys/store/",
        "surveys/record/",
    )
    found = {
        (one.path, one.line, name)
        for one in sentences
        if one.en and one.path.startswith(rooms)
        for name in re.findall(quote, getattr(one, lang))
        if not {"{", "}"} & set(name)
        and _plain(name).casefold() not in known
        and name not in EXAMPLES
    }
    assert found == set()


def test_no_example_is_kept_that_nobody_quotes(sentences):
    quoted = {
        name
        for one in sentences
        for name in re.findall("[「“]([^「」“”]+)[」”]", f"{one.ja} {one.en}")
    }
    assert EXAMPLES - quoted == set()
