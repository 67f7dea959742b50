"""Every layer of the one map, each new one without being told: words, legend, count, its routes."""

import json
import re
import shutil
from html.parser import HTMLParser

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from layers.asked import Asked
from layers.layered.all import MAP_LAYERS, layers_of
from layers.layered.parts.declare import GROUPS, VIEWS, Shown
from layers.layered.parts.outings import walk_states
from layers.layered.parts.signs import list_signs
from layers.maps.base_map import ASSETS
from layers.maps.ground_legend import border_legend
from layers.routes.all import make_all_routes
from layers.served.answers import answer_key
from layers.served.prepare import prepare_tiles
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now
from surveys.store.devices import Track, keep_track
from surveys.types import RECORD_TYPES

ASKED = Asked(people="65", walker="elderly", within="500m", rest="150")
TRACK = Track(
    id="ae" * 16, device_id="d" * 32, account_id=None, walk_id=None, day="2026-11-21",
    received_at="2026-11-21T09:00:00.000Z",
    points=[[138.6 + at / 1e4, 35.0009, 5.0, "2026-11-21T09:00:00+09:00"] for at in range(9)],
)  # fmt: skip


def open_town(folder, patch):
    patch.setenv(VARIABLE, str(folder))
    patch.setenv("KAYOI_SIGN_IN", "off")
    patch.delenv("DATABASE_URL", raising=False)
    prepare_tiles(folder, lambda _words: None)


@pytest.fixture(scope="module")
def client(filled_town):
    """The demo town with its register, heights and a track: everything a layer may draw."""
    patch = pytest.MonkeyPatch()
    open_town(filled_town, patch)
    keep_track(register_now(), TRACK)
    with TestClient(Starlette(routes=make_all_routes())) as made:
        yield made
    register_now().engine.dispose()
    patch.undo()


def shown(**more):
    at_once = {
        "asked": ASKED, "version": answer_key(ASKED), "signs": register_now().stamp(), "lang": "ja",
        "divisions": town_now().divisions,
    }  # fmt: skip
    return Shown(**(at_once | more))


def addresses(layer, what):
    for made in layer.make(what):
        options = json.loads(made.options_json)
        yield from (
            options[key] for key in ("url", "status") if "{z}" not in options.get(key, "{z}")
        )


@pytest.mark.parametrize("id_", MAP_LAYERS)
def test_every_layer_is_said_in_both_languages(client, id_):
    layer = MAP_LAYERS[id_]
    assert layer.id == id_ and layer.group in GROUPS and set(layer.views) <= set(VIEWS)
    for words in (layer.words, layer.what):
        assert words.ja.strip() and words.en.strip() and words.ja != words.en
    english = re.sub(r"<[^>]+>", "", layer.legend(shown(lang="en")))
    for own in town_now().divisions:  # a town's own names have one language
        english = english.replace(own, "")
    assert english.strip() and not re.search("[぀-ヿ一-鿿]", english)


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)


@pytest.mark.parametrize("id_", MAP_LAYERS)
def test_what_every_layer_draws_is_there_and_in_its_legend(client, id_):
    layer, what = MAP_LAYERS[id_], shown()
    assert layer.off_words(what) is None
    assert layer.count(what) is None or layer.count(what) > 0
    legend = layer.legend(what)
    tags = Tags()
    tags.feed(legend)
    assert tags.seen <= {"div", "span", "img", "b", "p"} and re.sub(r"<[^>]+>", "", legend).strip()
    found = list(addresses(layer, what))
    assert found
    drawn = 0
    for address in found:
        answered = client.get(address)
        assert answered.status_code == 200, (address, answered.text)
        assert answered.headers["cache-control"] == "private, no-cache"
        again = client.get(address, headers={"If-None-Match": answered.headers["etag"]})
        assert again.status_code == 304 and not again.content
        if address.split("?")[0].endswith(".geojson"):
            drawn += sum(one["geometry"] is not None for one in answered.json()["features"])
    assert drawn > 0


def test_the_browser_has_a_function_for_every_layer(client):
    """What a file of `kayoi` gives stands in its last ``return``."""
    given = set()
    for path in (ASSETS / "kayoi").glob("kayoi*.js"):
        last = path.read_text(encoding="utf-8").split("\n  return {")[-1].split("};")[0]
        given |= set(re.findall(r"\b[a-z_]+\b", last))
    named = {made.function for one in MAP_LAYERS.values() for made in one.make(shown())}
    assert named <= given and len(named) > 10


def test_views_show_layers_that_can_stand_together(client):
    for view in VIEWS.values():
        assert view.what.ja.endswith("。") and view.what.en.endswith(".")
        layers = [MAP_LAYERS[id_] for id_ in layers_of(view.id)]
        assert len(layers) > 2
        alone = [one.exclusive for one in layers if one.exclusive]
        assert len(alone) == len(set(alone))


def test_every_record_type_is_a_layer_with_its_own_sign():
    assert {id_ for id_, one in MAP_LAYERS.items() if one.icon} == set(RECORD_TYPES)


def test_names_stand_once_where_the_share_of_the_same_areas_is_shown(client):
    borders, name = MAP_LAYERS["borders"], town_now().divisions[0]

    def drawn(on):
        return [one.function for one in borders.make(shown(divisions=(name,), on=on))]

    assert drawn(("borders",)) == ["borders", "names"]
    assert drawn(("borders", "coverage")) == ["borders"]


def test_borders_are_told_by_the_divisions_own_names(client):
    legend = MAP_LAYERS["borders"].legend(shown())
    assert all(f"{name}の境" in legend for name in town_now().divisions)
    assert "&#60;b&#62;の境" in border_legend("ja", {"<b>": True})


def test_who_asks_many_times_over_is_told_the_same(client):
    version = answer_key(ASKED)
    assert list_signs("park", version=version) == list_signs("park") != ()
    assert walk_states(version) == walk_states() != {}


def test_who_is_not_of_the_office_sees_neither_homes_nor_tracks(client):
    off = {id_ for id_, one in MAP_LAYERS.items() if one.off_words(shown(office=False))}
    assert off == {"people", "tracks"}


def test_a_layer_that_cannot_be_shown_says_why_and_draws_nothing_wrong(
    small_town, tmp_path, monkeypatch
):
    """The small town has no heights, no register's records, and here no people either."""
    folder = shutil.copytree(small_town, tmp_path / "town")
    open_town(folder, monkeypatch)
    off = {id_: one.off_words(shown(divisions=())) for id_, one in MAP_LAYERS.items()}
    silent = {id_ for id_, words in off.items() if words}
    assert {"borders", "steepness", "walks", "tracks", "park"} <= silent
    assert silent.isdisjoint(
        {"coverage", "people", "reach", "looked", "seatless", "salon", "bench"}
    )
    assert "標高" in off["steepness"].ja and "--" not in off["steepness"].ja
    with TestClient(Starlette(routes=make_all_routes())) as made:
        for id_ in MAP_LAYERS:
            for address in addresses(MAP_LAYERS[id_], shown()):
                assert made.get(address).status_code == 200, address
    register_now().engine.dispose()
