"""Every route, each new one without being told: who is answered is declared and kept."""

import subprocess
import sys

import pytest
from starlette.routing import Mount
from where import ROOT

from layers.routes.all import ROUTES, make_all_routes
from layers.routes.front import FRONT
from pages.parts.frame.declared import find_pages
from surveys.api.gate import OPEN
from surveys.api.kinds import KINDS

STREAMLITS = ("/_stcore", "/media", "/component", "/static")


def paths(entry):
    return [route.path for route in entry.make()]


def test_what_is_declared_for_everyone_is_what_the_gate_leaves_open():
    declared = {path for one in ROUTES.values() if one.seen_by == "everyone" for path in paths(one)}
    assert declared | {"/_stcore/health"} == OPEN


@pytest.mark.parametrize("id_", ROUTES)
def test_no_route_takes_an_address_of_streamlit_or_of_a_page(id_):
    # Streamlit answers the first page at / alone.
    pages = {f"/{name}" for name in find_pages()} - {FRONT}
    for path in paths(ROUTES[id_]):
        assert not path.startswith(STREAMLITS)
        assert path not in pages and (path != "/" or id_ == "front")


def test_no_two_routes_answer_the_same_address_with_the_same_method():
    seen = [
        (route.path, method)
        for route in make_all_routes()
        for method in ([] if isinstance(route, Mount) else sorted(route.methods - {"HEAD"}))
    ]
    assert len(seen) == len(set(seen)) > 20


@pytest.mark.parametrize("id_", ROUTES)
def test_every_route_says_what_kind_its_answers_are(id_):
    for route in ROUTES[id_].make():
        assert getattr(route.app, "kind", None) in KINDS.values(), route.path


def test_the_door_opens_without_what_only_pages_or_files_need():
    code = (
        "import sys, app; print(sorted(one for one in sys.modules if one.startswith('pages')),"
        " {'openpyxl', 'rasterio', 'osmnx'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == (
        "['pages', 'pages.parts', 'pages.parts.frame', 'pages.parts.frame.declared',"
        " 'pages.parts.frame.shut'] set()"
    )
