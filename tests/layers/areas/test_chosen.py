"""`layers.areas.chosen`: whatever is chosen of whatever ids comes back from the address as it was."""

from hypothesis import given
from hypothesis import strategies as st

from layers.areas.chosen import read_chosen, say_chosen

IDS = st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=12, unique=True)


@given(ids=IDS, seed=st.data())
def test_a_choice_is_read_as_it_was_said(ids, seed):
    chosen = seed.draw(st.sets(st.sampled_from(ids)))
    text = say_chosen(chosen, ids)
    assert read_chosen(text, ids) == ([one for one in ids if one in chosen], [])
    assert (text == "") == (chosen == set(ids))


def test_ids_that_look_like_our_own_words_are_ids():
    ids = ["none:", "but:a", "a,b", "%2C"]
    for one in ids:
        assert read_chosen(say_chosen([one], ids), ids) == ([one], [])


def test_what_is_no_area_is_told_once_and_chooses_nothing():
    assert read_chosen("x,x,a", ["a", "b"]) == (["a"], ["x"])
    assert read_chosen("<b>", ["a", "b"]) == ([], ["<b>"])
    assert read_chosen("but:x", ["a", "b"]) == (["a", "b"], ["x"])
