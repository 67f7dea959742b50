"""What is written into a report: newest holds, none is lost, two at once do not write over each other."""

import pytest
from register_fixtures import NOW

from geo.base.problems import InputError
from surveys.store.report_words import (
    LARGEST,
    ReportWord,
    bring_word_back,
    check_value,
    find_word,
    history_of,
    list_words,
    save_word,
    take_word_back,
)


def word(value="文", **more):
    asked = {
        "form": "quarter",
        "span": "2026-04-01/2026-06-30",
        "ground": "",
        "key": "told/a/doing",
    }
    return ReportWord(**{**asked, "value": value, "by": "担当", "made_at": NOW, **more})


def held(register, ground=""):
    return [
        (one.span, one.ground, one.key, one.value)
        for one in list_words(register, "quarter", ground)
    ]


def test_the_newest_holds_and_every_version_stays(register):
    first = save_word(register, word("一"), seen=0)
    second = save_word(register, word("二"), seen=first.seq)
    save_word(register, word("三", ground="圏域"))
    save_word(register, word("四", form="half_year"))
    assert [one[3] for one in held(register)] == ["二"]
    assert sorted(one[3] for one in held(register, "圏域")) == ["三", "二"]
    assert [one.value for one in history_of(register, first)] == ["二", "一"]
    assert find_word(register, second.seq).value == "二" and find_word(register, 99) is None


def test_who_saw_an_older_version_does_not_write_over_a_newer_one(register):
    first = save_word(register, word("一"), seen=0)
    save_word(register, word("二"), seen=first.seq)
    for seen in (0, first.seq):
        with pytest.raises(InputError, match="meanwhile"):
            save_word(register, word("三"), seen=seen)
    assert [one[3] for one in held(register)] == ["二"]


def test_it_is_taken_back_to_what_was_before_and_brought_back(register):
    first = save_word(register, word("一"))
    second = save_word(register, word(7, why="紙の分"))
    back = take_word_back(register, second.seq, now=NOW)
    assert (back.value, back.why) == ("一", "")
    with pytest.raises(InputError, match="meanwhile"):
        take_word_back(register, first.seq, now=NOW)
    again = bring_word_back(register, second.seq)
    assert (again.value, again.why) == (7, "紙の分")
    take_word_back(register, again.seq, now=NOW)
    assert len(history_of(register, first)) == 5
    with pytest.raises(InputError):
        take_word_back(register, 99, now=NOW)
    with pytest.raises(InputError):
        bring_word_back(register, 99)


@pytest.mark.parametrize("value", [
    "字" * 10_001, "\x00", -1, LARGEST + 1, 1.5, True, ["a"], {"a": "b"}, {"a": [1]},
    {str(n): [] for n in range(61)},
])  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_kept(register, value):
    with pytest.raises(InputError) as caught:
        save_word(register, word(value, why="わけ"))
    assert caught.value.words.ja and held(register) == []


@pytest.mark.parametrize("more", [
    {"key": ""}, {"key": "k" * 301}, {"why": "わ" * 201}, {"by": "b" * 81}, {"ground": "\x1b"},
])  # fmt: skip
def test_an_address_that_cannot_be_is_refused(register, more):
    with pytest.raises(InputError):
        save_word(register, word(**more))


def test_a_number_needs_a_reason_and_nothing_takes_back(register):
    with pytest.raises(InputError, match="why"):
        save_word(register, word(3))
    save_word(register, word(3, why="紙の分"))
    save_word(register, word(None))
    assert [one[3] for one in held(register)] == [None]
    check_value({"advice": ["consult"]})
