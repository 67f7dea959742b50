"""``kayoi user``, as whoever keeps the server types it."""

import io

import pytest

from geo.base.arguments import Parser
from geo.cli import _run
from surveys.accounts.passwords import is_password
from surveys.commands import user as command
from surveys.store import accounts as store
from surveys.store.backup import save_backup
from surveys.store.register import open_register

GOOD = "桜の木の下で会いましょう"


# ---- the command ---------------------------------------------------------------------------


@pytest.fixture
def town(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    folder = tmp_path / "街"
    folder.mkdir()
    return folder


def kayoi_user(*words):
    parser = Parser(prog="kayoi user")
    command.add_arguments(parser, "ja")
    return _run(command, parser.parse_args(list(words)), "ja")


def type_in(monkeypatch, *lines):
    given = iter(lines)
    monkeypatch.setattr(command, "getpass", lambda _: next(given))


def test_a_person_makes_lists_stops_and_starts_an_account(town, monkeypatch, capsys):
    type_in(monkeypatch, GOOD, GOOD)
    assert kayoi_user("add", "田中", "--town", str(town), "--title", "生活支援係") == 0
    assert "始め直す" in capsys.readouterr().out
    assert kayoi_user("list", "--town", str(town)) == 0
    said = capsys.readouterr().out
    assert said == "田中　生活支援係\n" and "argon2" not in said
    assert kayoi_user("disable", "田中", "--town", str(town)) == 0
    kayoi_user("list", "--town", str(town))
    assert "止めてある" in capsys.readouterr().out.splitlines()[-1]
    assert kayoi_user("enable", "田中", "--town", str(town)) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("つぎの合いことばはこれです\n"))
    assert kayoi_user("password", "田中", "--town", str(town), "--password-stdin") == 0
    register = open_register(town)
    kept = store.find_account(register, "田中").password
    assert is_password(kept, "つぎの合いことばはこれです")
    assert save_backup(town, town.parent / "b.zip", now="2026-11-21T09:00:00.000Z")
    register.engine.dispose()


def test_what_is_wrong_is_told_and_changes_nothing(town, monkeypatch, capsys):
    type_in(monkeypatch, GOOD, GOOD + "x")
    assert kayoi_user("add", "田中", "--town", str(town)) == 2
    assert "ちがいます" in capsys.readouterr().err
    type_in(monkeypatch, "短い", "短い")
    assert kayoi_user("add", "田中", "--town", str(town)) == 2
    assert kayoi_user("password", "だれか", "--town", str(town)) == 2
    assert "だれか" in capsys.readouterr().err
    assert kayoi_user("list", "--town", str(town)) == 0
    assert "まだいません" in capsys.readouterr().out
    assert kayoi_user("add", "田中", "--town", str(town.parent / "no")) == 2
    assert not (town.parent / "no").exists()
