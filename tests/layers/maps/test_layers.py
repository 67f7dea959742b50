"""Map layers: nothing foreign, nothing executed, everything in words."""

import json
import re

import folium
import numpy as np
import pytest

from geo.base.words import Words
from layers.asked import Asked
from layers.maps.base_map import make_map
from layers.maps.browser_layers import BrowserLayer, base_tiles, site_layer
from layers.maps.icons import icon_svg, state_icon
from layers.maps.legend import coverage_legend, people_legend, register_legend
from layers.maps.moved_legend import plan_legend
from layers.maps.palette import SHARES, SIGN_STATES, share_class
from layers.maps.plan_map import plan_group
from layers.maps.popup import entity, script_json
from layers.maps.sign_legend import STATE_WORDS, signs_legend
from surveys.record.plan import Change
from surveys.types import RECORD_TYPES

HOSTILE = [
    "{{ 7 * 7 }}", "{% raise %}", "{# ", "100%} 確認 {%", "${alert(1)}", "`+alert(1)+`",
    "</script><script>x()</script>",
    "<img src=x onerror=alert(1)>", "'\"\\", "\u2028", "ふつうのメモ（1,234人・50％）", "{{ ''.__class__.__mro__ }}",
]  # fmt: skip
BOUNDS = (139.8, 35.6, 139.95, 35.7)


def rendered(*layers):
    made = make_map(BOUNDS)
    for layer in layers:
        layer.add_to(made)
    return made.get_root().render()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_an_option_reaches_the_browser_as_the_same_text(text):
    page = rendered(BrowserLayer("sites", url=text, other=[text, {text: 1}]))
    options = re.search(r"kayoi\.sites\((.*)\);", page)[1]
    assert json.loads(options) == {"url": text, "other": [text, {text: 1}]}
    assert "</script><script>x" not in page and "49" not in options


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_as_entities_survives_folium_unchanged(text):
    made = make_map(BOUNDS)
    folium.Marker([35.65, 139.9], tooltip=entity(text)).add_to(made)
    page = made.get_root().render()
    assert entity(text) in page
    assert not set("<>{}$`'\"\\") & set(entity(text))


def test_a_map_loads_nothing_from_elsewhere():
    page = rendered(
        base_tiles("/tiles/base/{z}/{x}/{y}.mvt"),
        site_layer("/answer/sites.geojson?kind=salon", "salon"),
    )
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert loaded and all(address.startswith("/assets/") for address in loaded)


def test_the_same_town_gives_the_same_map_script():
    ids = re.compile(r"[0-9a-f]{32}")
    assert ids.sub("", rendered()) == ids.sub("", rendered())


def test_script_json_reads_back_for_every_kind_of_value():
    value = {"a": [1, 2.5, None, True, "{z}"], "b": {"c": "＜"}}
    assert json.loads(script_json(value)) == value


def test_share_classes_are_twenty_percent_each_and_include_their_lower_end():
    shares = np.arange(0, 101) / 100
    assert [share_class(s) for s in shares] == [min(int(p) // 20, 4) for p in range(101)]
    assert len(SHARES) == 5


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_every_kind_has_an_icon_and_words_in_the_legend(kind):
    assert icon_svg(kind, 32).startswith("<svg") and RECORD_TYPES[kind].marker.shape in icon_svg(
        kind, 32
    )
    assert RECORD_TYPES[kind].words.ja in signs_legend({kind: {"due"}}, "ja")


def test_every_state_of_a_place_has_a_sign_and_words_of_its_own():
    assert len({state_icon("salon", 24, one) for one in SIGN_STATES}) == len(SIGN_STATES)
    told = signs_legend({"salon": set(SIGN_STATES)}, "ja")
    assert all(STATE_WORDS[one].ja in told for one in SIGN_STATES if one != "fresh")


def test_a_plan_shows_what_it_pauses_and_closes_by_their_signs_in_place_of_todays():
    signs = [
        (1, Change(do="pause", site_id="a"), (35.0, 138.6)),
        (2, Change(do="close", site_id="b"), (35.0, 138.7)),
        (3, Change(do="move", site_id="c", at=(138.6, 35.1)), (35.1, 138.6)),
    ]
    asked = Asked(people="65", walker="elderly", within="500m")
    group = plan_group(asked, "", "v", signs)
    text = next(one.options_json for one in group._children.values() if one.function == "numbered")
    told = json.loads(text)
    assert told["instead"] == ["salon:a", "salon:b"]
    assert len({one["image"] for one in told["signs"]}) == 3
    legend = plan_legend("ja", does={"pause", "move"})
    assert "休みにする所" in legend and "閉じる所" not in legend


def test_before_anything_is_counted_a_plan_shows_who_is_left_out_now_with_names():
    asked = Asked(people="65", walker="elderly", within="500m")
    group = plan_group(asked, "", "v", [], division="町丁目")
    drawn = [one.function for one in group._children.values()]
    counted = plan_group(asked, "p.1", "v", [], division="町丁目")
    assert drawn != [one.function for one in counted._children.values()]
    text = "".join(one.options_json for one in group._children.values())
    assert "/answer/gaps.geojson" in text and "/answer/borders.geojson" in text
    assert "/answer/gaps.geojson" not in "".join(
        one.options_json for one in counted._children.values()
    )
    legend = plan_legend("ja", counted=False)
    assert "いま届かない人の住む所" in legend and "新しく届く人" not in legend


def test_outer_shapes_differ_so_that_colour_is_never_alone():
    shapes = [one.marker.shape for one in RECORD_TYPES.values()]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_legends_hold_words_and_no_raw_svg(lang):
    for legend in (
        coverage_legend(lang),
        people_legend(lang),
        signs_legend({key: {"map"} for key in RECORD_TYPES}, lang),
    ):
        assert "<svg" not in legend and re.sub(r"<[^>]+>", "", legend).strip()


def test_a_salon_off_the_network_is_in_the_legend_where_one_is_shown():
    assert "点線の輪: 道につながらない" in coverage_legend("ja", ringed=True)
    assert "点線の輪" not in coverage_legend("ja")


def test_forgetting_a_language_fails_at_once():
    with pytest.raises(TypeError):
        Words("日本語だけ")


def test_the_register_s_legend_says_what_hollow_signs_counts_and_large_signs_are():
    plain = register_legend(["park"], "ja")
    assert "公園" in plain and "白ぬき: 確認の時期" in plain
    assert "数字" not in plain and "大きいしるし" not in plain
    assert "まとめた数" in register_legend(["park"], "ja", crowded=True)
    assert "larger: this site" in register_legend(["park"], "en", picked=True)
    assert not re.search(
        "[぀-ヿ一-鿿]", register_legend(RECORD_TYPES, "en", crowded=True, picked=True)
    )
