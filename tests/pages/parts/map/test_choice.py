"""What the map shows stands in its address, and comes back from it the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.layered.all import MAP_LAYERS, layers_of
from layers.layered.parts.declare import VIEWS
from layers.maps.town_map import GROUNDS
from pages.parts.map.choice import Choice, first_choice, read_choice, say_choice, with_layer

DIVISIONS = ("町丁目", "日常生活圏域", "全域")


@st.composite
def choices(draw):
    def some(names):
        kept = draw(st.sets(st.sampled_from(list(names))))
        return tuple(one for one in names if one in kept)

    return Choice(
        on=draw(st.sampled_from([*map(layers_of, VIEWS), some(MAP_LAYERS)])),
        divisions=some(DIVISIONS), closed=draw(st.booleans()),
        ground=draw(st.sampled_from(list(GROUNDS))),
        at=draw(st.sampled_from(["", "site:a", "place:osm-n1", "area:1", "group:site:a,place:b"])),
    )  # fmt: skip


@given(choices())
def test_what_is_shown_is_the_same_when_its_address_is_opened(choice):
    assert read_choice(say_choice(choice, DIVISIONS), DIVISIONS) == (choice, [])


def test_what_is_shown_first_needs_no_word_in_the_address():
    assert say_choice(first_choice(DIVISIONS), DIVISIONS) == {}
    assert read_choice({}, DIVISIONS) == (first_choice(DIVISIONS), [])


def test_a_ready_view_is_said_by_its_name():
    choice = read_choice({"view": "gaps"}, DIVISIONS)[0]
    assert choice.on == layers_of("gaps") and choice.view == "gaps"
    assert say_choice(choice, DIVISIONS) == {"view": "gaps"}


@pytest.mark.parametrize(
    ("said", "told"),
    [({"show": "salon,ufo"}, "ufo"), ({"view": "x"}, "x"), ({"borders": "月"}, "月"), ({"ground": "q"}, "q")],
)  # fmt: skip
def test_what_is_not_known_is_told_and_the_rest_shown(said, told):
    choice, faults = read_choice(said, DIVISIONS)
    assert told in faults[0].ja and len(faults) == 1
    assert set(choice.on) <= set(MAP_LAYERS) and choice.ground == "town"


@given(choices(), st.data())
def test_of_layers_that_say_one_text_one_alone_is_shown(choice, data):
    id_ = data.draw(st.sampled_from(list(MAP_LAYERS)))
    text = MAP_LAYERS[id_].exclusive
    after = with_layer(choice, id_, on=True)
    assert id_ in after.on
    assert [one for one in after.on if text and MAP_LAYERS[one].exclusive == text] in ([], [id_])
    assert id_ not in with_layer(after, id_, on=False).on
