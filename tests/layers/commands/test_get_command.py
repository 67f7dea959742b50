"""``kayoi get`` as people run it (`layers.commands.get`), and the town that is made of what came."""

import re
import shlex

import pytest
from official_files import ages_zip, areas_zip, n03_zip, streets_osm, text_tile
from stand_in import Answer, stand_in

from geo.base.arguments import Parser
from geo.cli import _run, main
from geo.sources.get.declared import ADDRESSES, TABLE, read_table
from layers.commands import get


def run(*argv, lang="ja"):
    parser = Parser(prog="kayoi get", lang=lang)
    get.add_arguments(parser, lang)
    return _run(get, parser.parse_args(list(argv)), lang)


@pytest.fixture
def office(tmp_path, monkeypatch):
    with stand_in() as (server, host):
        text = TABLE.read_text(encoding="utf-8").replace("pause_s = 1.0", "pause_s = 0.0")
        for one in ADDRESSES.addresses:
            text = text.replace(
                one.url.partition("{")[0].partition("?")[0], f"http://{host}/{one.id}/", 1
            )
        table = read_table(text, plain_hosts=frozenset({host}))
        monkeypatch.setattr(get, "ADDRESSES", table)
        monkeypatch.chdir(tmp_path)
        made = tmp_path / "made"
        server.give(
            "/n03/12_GML.zip", Answer(n03_zip(made), cut_after=500), Answer(n03_zip(made / "2"))
        )
        server.give("/estat-areas/", Answer(areas_zip(made), etag=""))
        server.give("/estat-ages/", Answer(ages_zip(), etag=""))
        server.give("/overpass/", Answer(streets_osm(), etag="", ranges=False))
        server.give("*", Answer(text_tile()))
        monkeypatch.setattr(
            "geo.sources.get.line.Line.wait", lambda self, seconds: self.check_stop()
        )
        yield server


def test_a_town_is_fetched_and_built_by_the_line_that_is_printed(office, tmp_path, capsys):
    assert run("うらやすし") == 0
    out, err = capsys.readouterr()
    assert "・ある　市の境: N03-20260101_12_GML.zip" in out and "まだ" not in out, (out, err)
    assert "途中で切れました" in err
    line = out.rpartition("\n  ")[2].strip()
    assert line.startswith("kayoi build --out 浦安市-街 --name 浦安市 ")
    assert main(shlex.split(line)[1:]) == 0
    told = capsys.readouterr()
    assert re.search(r"人口: 204人（65歳以上 74人、75歳以上 24人）", told.out), told.out
    recipe = (tmp_path / "浦安市-街" / "town.toml").read_text(encoding="utf-8")
    for credit in (
        "国土数値情報（行政区域データ）",
        "町丁・字等境界データ",
        "小地域集計",
        "© OpenStreetMap",
        "標高タイル",
    ):
        assert credit in recipe, credit
    assert 'date = "2026-01-01"' in recipe


def test_without_a_line_it_says_how_to_carry_a_list(office, monkeypatch, capsys):
    import requests

    def no_line(*_args, **_more):
        raise requests.ConnectionError

    monkeypatch.setattr("requests.Session.get", no_line)
    assert run("浦安市") == 0
    out, _ = capsys.readouterr()
    assert out.count("・まだ") == 5 and "kayoi get 千葉県浦安市 --list 一覧.html" in out


def test_ctrl_c_says_that_the_same_command_goes_on(office, monkeypatch, capsys):
    def interrupted(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(get, "check_file", interrupted)
    assert run("浦安市") == 130
    assert "続きから始まります" in capsys.readouterr().err
    monkeypatch.undo()


def test_a_list_is_written_to_a_file_or_the_screen(tmp_path, capsys):
    assert run("浦安市", "--list", str(tmp_path / "a.html")) == 0
    assert "インターネットのあるパソコンで開いて" in capsys.readouterr().out
    assert run("浦安市", "--list", "-") == 0
    assert capsys.readouterr().out == (tmp_path / "a.html").read_text(encoding="utf-8")
    assert run("Urayasu", "--list", "-", lang="en") == 2
    assert run("府中市", "--list", "-") == 2
    assert "東京都府中市（13206）、広島県府中市（34208）" in capsys.readouterr().err
    assert run("浦安市", "--list", str(tmp_path / "a.zip")) == 2
    assert run("浦安市", "--list", "-", "--from", str(tmp_path)) == 2


def test_what_was_brought_is_taken_and_the_rest_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "a.osm").write_bytes(streets_osm())
    assert run("12227", "--from", "usb") == 0
    out, err = capsys.readouterr()
    assert "a.osm: 歩ける道" in err and "・ある　道: a.osm" in out and out.count("・まだ") == 4
    assert "kayoi build --out 浦安市-街 --name 浦安市 --streets 浦安市/a.osm" in out


def test_without_streets_the_line_that_is_printed_makes_a_town_of_straight_lines(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "a.zip").write_bytes(n03_zip(tmp_path / "made"))
    (tmp_path / "usb" / "b.zip").write_bytes(areas_zip(tmp_path / "made"))
    (tmp_path / "usb" / "c.zip").write_bytes(ages_zip())
    assert run("12227", "--from", "usb") == 0
    out = capsys.readouterr().out
    assert "距離はすべて直線になります" in out
    assert main(shlex.split(out.rpartition("\n  ")[2])[1:]) == 0
    assert "人口: 204人（65歳以上 74人" in capsys.readouterr().out
    (tmp_path / "none").mkdir()
    assert run("12203", "--from", "none") == 0
    assert "どれかがそろったら" in capsys.readouterr().out


def test_a_table_that_is_mended_is_used_and_a_broken_one_is_said_so(tmp_path, capsys):
    mended = tmp_path / "t.toml"
    mended.write_text(TABLE.read_text(encoding="utf-8").replace("N03-20260101", "N03-20270101"))
    assert run("浦安市", "--list", "-", "--table", str(mended)) == 0
    assert "N03-20270101_12_GML.zip" in capsys.readouterr().out
    mended.write_text("[manner]\n")
    assert run("浦安市", "--table", str(mended)) == 2
    assert "アドレスの表" in capsys.readouterr().err
