"""Layers, sheets, commands and the field app ask for each kind they say they know (docs/knows.md)."""

import io
import json
import re
import shutil
from datetime import datetime
from functools import partial
from importlib.metadata import entry_points
from zoneinfo import ZoneInfo

import pytest
from asked_tables import asking, forget_answers
from kept_samples import SAMPLES
from starlette.applications import Starlette
from starlette.testclient import TestClient
from sync_device import Device, client_of, photo, sha, submission

from geo.cli import GROUP, main
from geo.walk.walkers import WALKERS
from layers.asked import Asked
from layers.field.pack import make_pack
from layers.layered.all import MAP_LAYERS
from layers.layered.parts.declare import Shown
from layers.routes.all import make_all_routes
from layers.served.answers import answer_key
from layers.served.prepare import prepare_tiles
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now
from layers.sheets.parts.frame import Frame
from layers.sheets.sheet import SHEETS
from surveys.store.kept import KINDS
from surveys.store.listing import SiteQuery, each_site, list_walks

ASKED = Asked(people="65", walker="elderly", within="500m", rest="150")
NOW = datetime(2026, 11, 21, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
COMMANDS = {
    one.name: one.load().KEPT
    for one in entry_points(group=GROUP)
    if hasattr(one.load(), "KEPT")
}  # fmt: skip
WROTE = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b")


@pytest.fixture(scope="module")
def town(filled_town, tmp_path_factory):
    """The demo with a track."""
    folder = tmp_path_factory.mktemp("kinds") / "town"
    shutil.copytree(filled_town, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(folder))
        patch.setenv("KAYOI_SIGN_IN", "off")
        patch.delenv("DATABASE_URL", raising=False)
        prepare_tiles(folder, lambda _: None)
        for id_ in ("track", "plan"):
            SAMPLES[id_].write(register_now())
        yield folder
        register_now().engine.dispose()


def heard_of(do):
    """Return what the register is asked when nothing of it was read before."""
    forget_answers()
    with asking() as heard:
        do()
    return heard


# ---- layers of the map


@pytest.fixture(scope="module")
def drawn(town):
    """What fetching each layer asks that not every layer asks; of all, the day is one."""
    shown = Shown(
        asked=ASKED, version=answer_key(ASKED), signs=register_now().stamp(), lang="ja",
        divisions=town_now().divisions,
    )  # fmt: skip
    with TestClient(Starlette(routes=make_all_routes())) as client:

        def fetch(layer):
            layer.off_words(shown)
            for made in layer.make(shown):
                options = json.loads(made.options_json)
                for key in ("url", "status"):
                    if "{z}" not in options.get(key, "{z}"):
                        assert client.get(options[key]).status_code == 200

        found = {id_: heard_of(lambda one=one: fetch(one)) for id_, one in MAP_LAYERS.items()}
    return {id_: one.without(found["borders"].statements) for id_, one in found.items()}


@pytest.mark.parametrize(
    ("layer", "kind"), [(id_, kind) for id_, one in MAP_LAYERS.items() for kind in one.kinds]
)
def test_a_layer_asks_for_what_it_says_it_shows(drawn, layer, kind):
    assert drawn[layer].names(kind)


# ---- sheets


def ready(sheet, folder):
    """Return how a sheet is drawn, all that names it being read before."""
    register = register_now()
    park = next(
        one for one in each_site(register, SiteQuery(types=("park",))) if one.answer("photos")
    )
    frame = Frame(
        town_folder=folder, town=town_now(), register=register, walker=WALKERS["elderly"], now=NOW,
        lang="ja",
    )  # fmt: skip
    first = town_now().division(town_now().divisions[0]).iloc[0]
    path = {
        "karte": {"id": park.id}, "walk": {"id": list_walks(register)[-1].id},
        "form": {"type": "park"}, "report": {"form": "quarter"},
        "area": {"id": str(first["area_id"])},
    }.get(sheet.id, {})  # fmt: skip
    given = {"report": {"since": "2026-07-01", "until": "2026-09-30"}}.get(sheet.id, {})
    given |= {"division": town_now().divisions[0]} if sheet.id == "area" else {}
    return partial(sheet.draw, frame, path, given)


@pytest.mark.parametrize("id_", SHEETS)
def test_a_sheet_asks_for_what_it_says_is_printed_on_it(town, id_):
    page, draw = [], ready(SHEETS[id_], town)
    walk = list_walks(register_now())[-1].title
    heard = heard_of(lambda: page.append(draw()))
    for kind in SHEETS[id_].kinds:
        photo_ids = any(one in page[0] for one in register_now().photos.ids())
        # Files, and one site among others: looked for on the sheet itself.
        told = {"photo": photo_ids, "walk": walk in page[0]}
        assert told[kind] if kind in told else heard.names(kind), kind
    if not SHEETS[id_].kinds:
        assert heard.statements == set()


# ---- commands


def ways(name, town, tmp_path):
    """Return how each command is asked, one after another."""
    out = {"print": "k.pdf", "report": "r.xlsx", "sheets": "s.pdf", "export": "庁内用.gpkg"}
    given = ["--town", str(town), "--out", str(tmp_path / out.get(name, "parks.csv"))]
    parks = str(tmp_path / "parks.csv")
    return {
        "records": [
            ["records", "export", "--type", "park", "--format", "csv", *given],
            ["records", "import", "--type", "park", *given[:2], parks],
        ],
        "user": [
            ["user", "add", "somebody", *given[:2], "--password-stdin"],
            ["user", "disable", "somebody", *given[:2]],
        ],
        "places": [["places", *given[:2]]],
        "print": [["print", "walk", *given]],
        "report": [["report", "quarter", "--from", "2026-07-01", "--to", "2026-09-30", *given]],
        "sheets": [["sheets", "--division", "日常生活圏域", "--area", "南圏域", *given]],
        "export": [["export", *given]],
    }[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_asks_for_what_it_says_it_hands_over(town, tmp_path, monkeypatch, name):
    folder = tmp_path / "town"
    shutil.copytree(town, folder)
    monkeypatch.setenv("KAYOI_LANG", "ja")

    def run():
        for way in ways(name, folder, tmp_path):
            monkeypatch.setattr("sys.stdin", io.StringIO("kakashi-Zelkova-41\n"))
            assert main(way) == 0, way

    heard = heard_of(run)
    assert all(heard.names(kind) for kind in COMMANDS[name])


# ---- the field app

CARRIED = [id_ for id_, one in KINDS.items() if "carried" in one.outdoors]
SENT = [id_ for id_, one in KINDS.items() if "sent" in one.outdoors]


def test_the_pack_is_made_of_what_is_said_to_be_carried(town):
    heard = heard_of(lambda: make_pack(None, NOW))
    assert [id_ for id_ in CARRIED if not heard.names(id_)] == []
    # Of the day, and for whether somebody walked a street: not in the pack itself.
    stamp = {"batch", "claim", "track"}
    there = {id_ for id_ in KINDS if id_ != "photo" and heard.names(id_)}
    assert there - stamp == set(CARRIED)


def test_what_a_device_sends_is_what_is_said_to_be_sent(register):
    shot = photo(41)
    one = submission(
        claims=[{"place_id": "osm-n1", "same": True}], photos=[sha(shot)],
        patch={"name": "西公園", "photos": [{"id": sha(shot), "caption": ""}]},
    )  # fmt: skip
    with client_of(register) as client, asking() as heard:
        device = Device(client)
        device.hello()
        assert device.photo(shot).json()["state"] == "kept"
        assert device.record(one).json()["state"] == "kept"
        device.receipt([one["id"]], [sha(shot)])
        assert device.track("ab" * 16, [[138.6, 35.0, 5.0, "2026-11-21T09:00:00.000Z"]] * 2)
    heard.statements = {each for each in heard.statements if WROTE.match(each[0])}
    wrote = {id_ for id_ in KINDS if id_ != "photo" and heard.names(id_)}
    assert [*register.photos.ids()] != []
    assert wrote == {*SENT} - {"photo"}
