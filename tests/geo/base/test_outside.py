"""A path of the server is told to whoever types there, and to nobody else."""

import re
import subprocess
import sys

import pytest
from served_process import free_port
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from where import ROOT
from whole_app import whole_app

from geo.base.outside import outside
from geo.base.words import Words
from layers.routes.all import make_all_routes
from layers.served.town import VARIABLE
from pages.parts.frame.declared import find_pages

HIDDEN = "himitsu-no-basho"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("台帳 /srv/kayoi/register/register.db がなくなりました", "台帳 register.db がなくなりました"),
        ("「/home/ann/street.osm」を書けません", "「street.osm」を書けません"),
        ("写真/tmp/x.jpg", "写真/tmp/x.jpg"), ("C:\\Users\\ann\\town.toml が", "town.toml が"),
        ("\\\\server\\share\\a.csv", "a.csv"), ("~/town/x (No such file)", "x (No such file)"),
        ("[Errno 2] No such file: '/srv/a/b.json'", "[Errno 2] No such file: 'b.json'"),
        ("sqlite:////srv/x/register.db を", "を"), ("postgresql+psycopg://u:p@h/d failed", "failed"),
        ("1/2 の地点、10:00/12:00、a/b", "1/2 の地点、10:00/12:00、a/b"),
        ("kayoi build --recipe town.toml", "kayoi build --recipe town.toml"),
        ("https://example.jp/a/b を", "https://example.jp/a/b を"), ("/srv/town/", "town"),
    ],
)  # fmt: skip
def test_a_message_names_the_file_and_not_where_it_lies(monkeypatch, said, told):
    monkeypatch.delenv(VARIABLE, raising=False)
    once = outside(Words(said, said))
    assert once.ja.strip() == once.en.strip() == told
    assert outside(once) == once


def test_what_lies_in_the_towns_folder_is_told_from_there_blanks_and_all(monkeypatch, tmp_path):
    folder = tmp_path / "山田 太郎" / "town A"
    monkeypatch.setenv(VARIABLE, str(folder))
    words = Words(f"{folder / 'register' / 'x.db'} と {folder}", f"no {folder}")
    assert outside(words) == Words("register/x.db と town A", "no town A")


def test_every_page_and_route_says_a_fault_through_it():
    missing = []
    for room in ("pages", "layers/routes"):
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text("utf-8")
            if len(re.findall(r"\berror\.words\b", text)) != text.count("outside(error.words)"):
                missing.append(path.relative_to(ROOT).as_posix())
    assert missing == []


@pytest.fixture
def hidden(tmp_path, monkeypatch):
    """A town that is not there, in a folder nobody should learn of, and a register that is a folder."""
    folder = tmp_path / HIDDEN / "town"
    (folder / "register" / "register.db").mkdir(parents=True)
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.setenv("KAYOI_SIGN_IN", "off")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return folder


def test_no_answer_of_any_address_tells_where_the_server_keeps_anything(hidden):
    base = f"http://127.0.0.1:{free_port()}"
    client = TestClient(
        whole_app(), base_url=base, client=("127.0.0.1", 50_000), raise_server_exceptions=False
    )
    seen = 0
    for route in make_all_routes():
        path = re.sub(r"{(\w+):int}", "1", getattr(route, "path", ""))
        path = re.sub(r"{[^}]*}", "base", path)
        for method in getattr(route, "methods", None) or {"GET"}:
            kind = "image/jpeg" if "photos" in path else "application/json"
            found = client.request(
                method, path, headers={"Origin": base, "Content-Type": kind}, content=b"{}"
            )
            seen += found.status_code >= 400
            told = found.text + str(dict(found.headers))
            assert HIDDEN not in told and "Traceback" not in told, (method, path, told[:500])
            assert str(ROOT) not in told and "site-packages" not in told
    assert seen > 10


@pytest.mark.parametrize("id_", find_pages())
def test_no_page_tells_where_the_server_keeps_anything(hidden, id_):
    page = AppTest.from_file(str(ROOT / "pages" / f"{id_}.py"), default_timeout=60)
    page.run()
    assert not page.exception
    said = "".join(str(one.proto) for one in page.main.children.values() if hasattr(one, "proto"))
    assert said and HIDDEN not in said


def test_a_folder_one_stands_in_cannot_have_errors_shown_whole(tmp_path):
    (tmp_path / ".streamlit").mkdir()
    loud = '[client]\nshowErrorDetails = "full"\n[global]\ndevelopmentMode = true\n'
    (tmp_path / ".streamlit" / "config.toml").write_text(loud)
    code = "import app; from streamlit import config; print(config.get_option('client.showErrorDetails'))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.stdout.strip() == "none"
