"""Declarations as JSON: what a device asks without us."""

import json
from dataclasses import replace

import pytest

from geo.base.words import Words
from surveys.declaration.declaration import dump_declaration, types_version
from surveys.declaration.field import KINDS_WITHOUT_UNKNOWN, Field
from surveys.types import EVERY_TYPE

TYPES = list(EVERY_TYPE.values())
each_type = pytest.mark.parametrize("type_", TYPES, ids=[one.id for one in TYPES])

# What stays in the office, and why.
LEFT = {
    ("activity", "private_reason"): "why somebody is named",
    ("bus_stop", "office_phone"): "a telephone number",
    ("concern", "actor"): "files bring a person in charge (担当) in it",
    ("concern", "audience"): "who may see it is said in the office",
    ("concern", "private_reason"): "why somebody is named",
    ("park", "office_phone"): "a telephone number",
    ("resource", "contact"): "files bring a person's name (contactPerson) in it",
    ("resource", "contact_time"): "of no use without whom to call",
    ("resource", "fax"): "a telephone number",
    ("resource", "mail"): "of no use without a line",
    ("resource", "office_phone"): "a telephone number",
    ("salon", "activities/contact"): "lists bring a person's name and number (連絡先) in it",
    ("salon", "activities/subsidy"): "the town's money",
    ("salon", "activities/subsidy_until"): "the town's money",
    ("salon", "keeper"): "files bring a keeper's name (管理者) in it",
    ("salon", "office_phone"): "a telephone number",
    ("shop", "office_phone"): "a telephone number",
    ("toilet", "office_phone"): "a telephone number",
}


def questions(fields):
    for field in fields:
        yield field["id"], field
        for inner in (field["item"] or {"fields": ()})["fields"]:
            yield f"{field['id']}/{inner['id']}", inner


def declared(type_):
    for field in type_.fields:
        yield field.id, field
        for inner in field.item.fields if field.item else ():
            yield f"{field.id}/{inner.id}", inner


@each_type
def test_every_carried_question_is_written_whole(type_):
    dumped = json.loads(json.dumps(dump_declaration(type_)))
    written = dict(questions(dumped["fields"]))
    asked = {key: field for key, field in declared(type_) if field.carried}
    assert list(written) == list(asked)
    for key, field in asked.items():
        assert [one["id"] for one in written[key]["choices"]] == [one.id for one in field.choices]
        assert written[key]["words"] == {"ja": field.words.ja, "en": field.words.en}
        assert written[key]["unknown"] == (field.kind not in KINDS_WITHOUT_UNKNOWN)
        for name in ("kind", "unit", "low", "high", "decimals", "first"):
            assert written[key][name] == getattr(field, name)
        assert (written[key]["help"] is None) == (field.help is None)
        assert (written[key]["item"] is None) == (field.item is None)
    assert (dumped["id"], dumped["shapes"]) == (type_.id, list(type_.shapes))
    assert dumped["marker"]["shape"] == type_.marker.shape


def test_what_stays_in_the_office_is_a_written_list():
    left = {(type_.id, key) for type_ in TYPES for key, one in declared(type_) if not one.carried}
    assert left == set(LEFT)


def test_the_version_follows_any_word_a_device_shows_and_nothing_else():
    park = EVERY_TYPE["park"]
    version = types_version([park])
    asked = replace(park, fields=(*park.fields, Field(id="x", words=Words("え", "x"), kind="text")))
    left = replace(
        park,
        fields=(
            *park.fields,
            Field(id="x", words=Words("え", "x"), kind="text", carried=False),
        ),
    )
    assert types_version([replace(park, words=Words("公えん", "park"))]) != version
    assert types_version([asked]) != version
    assert types_version([left]) == version == types_version([replace(park, fresh_months=3)])
    assert len(version) == 16
