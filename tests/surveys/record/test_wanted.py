"""Which salons one asks about, as people write it, and as it is said again."""

import pytest

from geo.base.problems import InputError
from surveys.record.meeting import fit_content, who_may
from surveys.record.wanted import CONTENTS, WEEKDAYS, Wanted, parse_wanted
from surveys.types import RECORD_TYPES


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("月", 0), ("火曜", 1), ("水曜日", 2), ("木", 3), ("sat", 5), ("日", 6), ("日曜日", 6), ("Tue", 1),
        ("Sunday", 6), (" 金 ", 4), ("", None),
    ],
)  # fmt: skip
def test_a_weekday_is_read_as_people_write_it(text, day):
    assert parse_wanted(weekday=text).times.weekday == day


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"weekday": "祝"}, "月・火"), ({"weekday": "曜"}, "mon"), ({"half": "evening"}, "am（午前）"),
        ({"at_least": "daily"}, "weekly（週1回以上）"), ({"content": "exercise,golf"}, "tea（茶話会）"),
        ({"content": "体操,囲碁大会"}, "内容「囲碁大会」"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_refused_with_what_there_is(wrong, told):
    with pytest.raises(InputError) as found:
        parse_wanted(**wrong)
    assert told in found.value.words.ja and found.value.words.en


def test_every_choice_is_read_by_its_words_too():
    for id_, one in CONTENTS.items():
        for name in (id_, one.words.ja, one.words.en):
            assert parse_wanted(content=name).content == (id_,), name
    said = parse_wanted(half="午前", at_least="週１回以上", content="体操、茶話会")
    assert said == parse_wanted(half="am", at_least="weekly", content="exercise,tea")


def test_the_contents_are_the_salon_sheets_own():
    (item,) = (one.item for one in RECORD_TYPES["salon"].fields if one.id == "activities")
    assert list(CONTENTS) == [
        one.id for field in item.fields if field.id == "content" for one in field.choices
    ]
    assert parse_wanted(content="tea、exercise").content == ("exercise", "tea")


def test_every_wish_is_said_in_words():
    wanted = parse_wanted(
        weekday="火", half="am", at_least="weekly", content="exercise", eligible=True
    )
    (said,) = wanted.say()
    assert (
        said.ja == "火曜の午前に週1回以上、体操のある通いの場だけ。利用できる地区の人だけで数える"
    )
    assert "Tuesday mornings, at least weekly, exercise" in said.en
    assert wanted.parts == {
        "weekday": "tue", "half": "am", "at_least": "weekly", "content": ["exercise"],
        "eligible": True,
    }  # fmt: skip
    assert Wanted().say() == [] and Wanted().parts == {} and not Wanted().of_groups
    assert not parse_wanted(eligible=True).of_groups and len(WEEKDAYS) == 7


def test_what_is_done_fits_when_any_of_it_is_wished():
    wanted = parse_wanted(content="exercise,meal")
    assert [fit_content(one, wanted) for one in (["meal"], ["tea"], [], None, "unknown")] == [
        "yes", "no", "maybe", "maybe", "maybe",
    ]  # fmt: skip
    assert who_may([]).areas is None
