"""What was chosen for the columns of a layout is used for the next file of it, said, and forgotten."""

import pytest

from geo.base.problems import InputError
from surveys.imports.layout import (
    forget_choices,
    keep_choices,
    kept_choices,
    layout_of,
    parse_choices,
)
from surveys.store.layouts import find_layout, keep_layout
from surveys.types import RECORD_TYPES

SALON = RECORD_TYPES["salon"]
HEADS = ["事業所名", "緯度", "経度", "階数", "備考"]
MAY = ",".join(HEADS) + "\n西町の会,34.86,138.31,2,\n"
JUNE = "経度,緯度,事業所名 ,備 考,階数\n138.31,34.86,東町の会,あり,1\n"
CHOSEN = {"事業所名": "name", "備考": None}


def read(desk, text, **more):
    return desk.read(text, type_id="salon", file="list.csv", on="", **more)


def test_a_choice_is_used_for_the_next_file_of_the_layout_and_said(desk):
    plan, reading = read(desk, MAY, chosen=CHOSEN)
    assert plan.rows[0].title == "西町の会" and not reading.kept
    keep_choices(desk.book, SALON, reading)
    plan, reading = read(desk, JUNE)
    assert plan.rows[0].title == "東町の会" and reading.kept
    assert "note" not in plan.rows[0].version.patch
    assert (
        plan.said[0].ja == "前に選んだ列の読み方を使いました（事業所名 → 名前、備 考 → 使わない）"
    )


def test_another_layout_and_another_type_are_read_as_usual(desk):
    _, reading = read(desk, MAY, chosen=CHOSEN)
    keep_choices(desk.book, SALON, reading)
    assert not read(desk, MAY.replace("階数", "階"))[1].kept
    assert kept_choices(desk.book, RECORD_TYPES["park"], HEADS) == {}


def test_what_is_chosen_now_goes_before_what_is_kept(desk):
    _, reading = read(desk, MAY, chosen={"事業所名": "name"})
    keep_choices(desk.book, SALON, reading)
    plan, reading = read(desk, JUNE, chosen={"事業所名": "other_name"})
    assert plan.rows[0].title == "" and not reading.kept
    assert plan.rows[0].version.patch["other_name"] == "東町の会"


def test_a_choice_is_forgotten_by_a_press_or_by_choosing_what_is_usual(desk):
    layout = layout_of(HEADS)
    for forget in (forget_choices, keep_choices):
        _, reading = read(desk, MAY, chosen=CHOSEN)
        keep_choices(desk.book, SALON, reading)
        assert find_layout(desk.book, "salon", layout)
        usual = read(desk, MAY, mapping={})[1]
        forget(desk.book, SALON, usual)
        assert not find_layout(desk.book, "salon", layout)


def test_a_question_that_is_gone_and_a_broken_value_are_left_out(desk):
    keep_layout(desk.book, "salon", layout_of(HEADS), {"事業所名": "gone", "階数": "note"})
    assert kept_choices(desk.book, SALON, HEADS) == {"階数": "note"}


def test_a_heading_or_a_field_there_is_none_of_is_refused_with_those_there_are(desk):
    with pytest.raises(
        InputError, match="has no column 事業名; the nearest: 事業所名; it has: 事業"
    ):
        read(desk, MAY, chosen={"事業名": "name"})
    for text, told in (
        ("事業所名=天体", r"such as: name \(Name\)"),
        ("事業所名=adress", r"no field 'adress'; the nearest: address \(Address\)"),
        ("事業所名=?", "the fields: .*kitchen"),
        ("事業所名", "HEADING=field"),
        ("=name", "HEADING=field"),
    ):
        with pytest.raises(InputError, match=told):
            parse_choices(SALON, [text])


def test_choices_are_among_the_towns_settings(desk):
    keep_layout(desk.book, "salon", "x", {"a": None})
    assert find_layout(desk.book, "salon", "x") == {"a": None}
