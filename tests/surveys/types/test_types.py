"""Record types: plain data that draws and names a kind."""

import importlib
import re
import subprocess
import sys

import pytest

from geo.base.text import tidy
from geo.tables.tables import SITE_KINDS
from layers.maps.palette import LAND
from surveys.declaration.fee_units import FEE_UNITS
from surveys.declaration.field import NOT_ASKED_WORDS, UNKNOWN, UNKNOWN_WORDS
from surveys.types import EVERY_TYPE, RECORD_TYPES

TYPES = list(EVERY_TYPE.values())
IDS = [one.id for one in TYPES]


def fold(text):
    """As a header or a cell is compared: one width, one case."""
    return tidy(text).casefold()


def brightness(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted([brightness(one), brightness(other)])
    return (high + 0.05) / (low + 0.05)


def test_every_kind_of_site_has_a_type():
    assert set(SITE_KINDS) <= set(RECORD_TYPES)


def test_types_stand_in_a_fixed_order_and_the_salon_comes_first():
    orders = [one.order for one in TYPES]
    assert orders == sorted(set(orders))
    assert IDS[0] == "salon"


@pytest.mark.parametrize("one", TYPES, ids=IDS)
def test_an_id_is_a_plain_english_word(one):
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", one.id), "small letters and underlines"
    assert one.words.ja and one.words.en
    assert not one.words.en.endswith("s") or one.id.endswith("s"), "name one, not several"


@pytest.mark.parametrize("one", TYPES, ids=IDS)
def test_a_walking_range_says_whose_it_is(one):
    assert one.walking_source.ja and one.walking_source.en
    assert one.sheet.ja and one.sheet.en


@pytest.mark.parametrize("one", TYPES, ids=IDS)
def test_a_marker_is_seen_on_the_map(one):
    # The pale one has an outline and a figure in ink instead.
    assert one.marker.dark_glyph or contrast(one.marker.colour, LAND) >= 4.2, (
        "its colour is too pale for the map: make it darker, or set dark_glyph=True"
    )


def test_types_import_neither_tables_nor_maps():
    heavy = "[m for m in ('pandas', 'streamlit', 'folium', 'numpy') if m in sys.modules]"
    code = f"import surveys.types, sys; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _levels(one):
    """The fields of a type, and those of each of its repeated things."""
    yield one.id, one.fields
    for field in one.fields:
        if field.item:
            yield f"{one.id}/{field.id}", field.item.fields


def _all_fields():
    for one in TYPES:
        for level, fields in _levels(one):
            for field in fields:
                yield f"{level}/{field.id}", field


LEVELS = [pair for one in TYPES for pair in _levels(one)]
LEVEL_IDS = [level for level, _ in LEVELS]
FIELDS = list(_all_fields())
CHOOSING = [(at, field) for at, field in FIELDS if field.choices]
# Kinds that hold several: a plural id is right there.
SEVERAL = {"items", "photos"}
# What every empty or unknown answer is called; no choice may be called the same.
RESERVED = {
    fold(word) for words in (UNKNOWN_WORDS, NOT_ASKED_WORDS) for word in (words.ja, words.en)
}


def _ids(pairs):
    return [at for at, _ in pairs]


@pytest.mark.parametrize(("level", "fields"), LEVELS, ids=LEVEL_IDS)
def test_ids_of_fields_are_plain_and_unique(level, fields):
    ids = [field.id for field in fields]
    assert len(ids) == len(set(ids))
    for field in fields:
        assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", field.id)
        assert field.kind in SEVERAL or not re.search("[^s]s$", field.id), (
            f"{field.id}: name one, not several"
        )


@pytest.mark.parametrize(("level", "fields"), LEVELS, ids=LEVEL_IDS)
def test_labels_become_column_heads_so_they_differ_in_both_languages(level, fields):
    for language in ("ja", "en"):
        labels = [fold(getattr(field.words, language)) for field in fields]
        assert all(labels)
        assert sorted(labels) == sorted(set(labels)), "two questions have one label"


@pytest.mark.parametrize(("at", "field"), FIELDS, ids=_ids(FIELDS))
def test_a_label_is_short_and_stands_on_one_line(at, field):
    assert len(field.words.ja) <= 11, f"{field.words.ja}: a label has 11 signs at most"
    texts = [field.words.ja, field.words.en, field.unit, *field.aliases]
    texts += [field.help.ja, field.help.en] if field.help else []
    assert all(text == text.strip() and "\n" not in text for text in texts)
    # A help is a sentence in です・ます, as all that is read aloud.
    assert field.help is None or (field.help.ja.endswith("。") and field.help.en.endswith(".")), (
        "a help ends as a sentence does, with 。 and ."
    )


@pytest.mark.parametrize(("level", "fields"), LEVELS, ids=LEVEL_IDS)
def test_words_that_say_more_than_an_answer_have_a_text_to_stand_in(level, fields):
    asked = {field.id: field for field in fields}
    for field in fields:
        assert not field.words_in or asked[field.words_in].kind in ("text", "note"), level
        assert not field.unit_in or asked[field.unit_in].choices == FEE_UNITS, level
        assert {id_ for _, id_ in field.beside} <= set(asked), level
        assert not field.beside or field.words_in, "what is said beside an answer keeps its words"
        assert set(field.among) <= {*RECORD_TYPES, "walk"}, level
        assert not field.office or not field.carried, "what never leaves the office is not carried"


@pytest.mark.parametrize(("level", "fields"), LEVELS, ids=LEVEL_IDS)
def test_a_column_of_a_file_belongs_to_one_field_only(level, fields):
    owners = {}
    for field in fields:
        for head in {fold(head) for head in (field.words.ja, field.words.en, *field.aliases)}:
            assert head not in owners, f"{head} is {owners.get(head)} and {field.id}: take one off"
            owners[head] = field.id


@pytest.mark.parametrize(("at", "field"), CHOOSING, ids=_ids(CHOOSING))
def test_a_written_answer_means_one_choice_only(at, field):
    ids = [choice.id for choice in field.choices]
    assert len(ids) == len(set(ids)) >= 2
    owners = {}
    for choice in field.choices:
        assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)*", choice.id)
        assert choice.id != UNKNOWN
        for word in {fold(word) for word in (choice.words.ja, choice.words.en, *choice.aliases)}:
            assert word
            assert word not in RESERVED, f"{word} says that nothing is known: call it otherwise"
            assert word not in owners, f"{word} is {owners.get(word)} and {choice.id}: take one off"
            owners[word] = choice.id


@pytest.mark.parametrize(("at", "field"), CHOOSING, ids=_ids(CHOOSING))
def test_a_choice_holds_no_sign_that_parts_choices_in_a_cell(at, field):
    for choice in field.choices:
        for word in (choice.words.ja, choice.words.en, *choice.aliases):
            assert not re.search("[、;；：\n]", word), f"{word}: no 、 ; or ："


@pytest.mark.parametrize(("at", "field"), FIELDS, ids=_ids(FIELDS))
def test_a_number_has_a_unit_and_bounds_that_notice_a_slip(at, field):
    if field.kind != "number":
        assert field.unit == ""
        return
    assert field.unit, "a number says its unit"
    assert field.low < field.high < 1_000_000 or field.unit == "㎡", (
        "give low and high, within which no answer is a slip"
    )
    suffix = {"cm": "_cm", "m": "_m", "%": "_percent", "円": "_yen", "㎡": "_m2"}.get(
        field.unit, ""
    )
    assert field.id.endswith(suffix), f"the id of a number in {field.unit} ends in {suffix}"


def test_a_seat_of_a_metre_and_more_is_noticed_as_a_slip():
    seat = EVERY_TYPE["bench"].field("seat_cm")
    assert (seat.low, seat.high, seat.unit) == (10, 100, "cm")


@pytest.mark.parametrize("one", TYPES, ids=IDS)
def test_a_type_says_why_it_asks_to_be_confirmed_when_it_does(one):
    why = importlib.import_module(f"surveys.types.{one.id}").__doc__ or ""
    said = "never asks to be confirmed" if one.log else f"after {one.fresh_months} months"
    assert said in why.replace("\n", " "), f"the file's docstring says why it is {said!r}"


ITEMS = [(at, field) for at, field in FIELDS if field.item]
# What is repeated but cannot be touched: a group that meets, a line that stops, what happened on a day.
NOT_THINGS = {"salon/activities", "bus_stop/lines", "concern/way"}


@pytest.mark.parametrize(("at", "field"), ITEMS, ids=_ids(ITEMS))
def test_a_thing_inside_a_site_has_its_own_place_photos_and_state(at, field):
    kinds = {inner.id: inner.kind for inner in field.item.fields}
    assert field.item.counter.ja and field.item.counter.en
    assert kinds["note"] == "note"
    if at not in NOT_THINGS:
        assert kinds["point"] == "point"
        assert kinds["photos"] == "photos"
        assert kinds["condition"] == "choice"


def test_shapes_and_pins_are_as_the_sheets_need_them():
    assert EVERY_TYPE["slope"].shapes[0] == "line"
    without_pin = {one.id for one in TYPES if not one.pin_needed}
    assert without_pin >= {"resource", "concern"}
    assert not without_pin & {"salon", "park", "bench", "toilet", "shop", "bus_stop", "slope"}


def test_no_question_asks_for_a_person():
    # A person's name, home and number are never a column of ours (掲載同意 is kept apart).
    for at, field in FIELDS:
        assert not re.search("代表者|氏名|携帯|自宅|生年", field.words.ja), at
        assert not any(re.search("代表者|氏名|携帯", alias) for alias in field.aliases), at
