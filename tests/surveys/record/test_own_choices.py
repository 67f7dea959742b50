"""What an office may make of the choices it edits (`surveys.record.own_choices`)."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from register_strategies import texts

from geo.base.problems import InputError
from surveys.formats.parts.labels import fold, lookup_choices, say_choice
from surveys.record.own_choices import (
    LONGEST_WORD,
    MOST_SHOWN,
    OwnChoice,
    carry_on,
    check_choices,
    declared_choices,
    dump_choices,
    parse_choices,
    with_choices,
)
from surveys.types import LOGS

TYPE = LOGS["activity"]
KIND = TYPE.field("kind")
TEN = declared_choices(KIND)


@contextmanager
def refused(why, kind=InputError):
    """What is told in Japanese, too, holds a text."""
    with pytest.raises(kind) as told:
        yield
    assert why in told.value.words.ja and told.value.words.en


def own(id_, ja, **more):
    return OwnChoice(id=f"own_{id_}", ja=ja, **more)


def asked(choices):
    return with_choices(TYPE, "kind", choices).field("kind")


def test_what_is_declared_asks_as_the_declaration_does():
    assert with_choices(TYPE, "kind", TEN) is TYPE
    assert check_choices(KIND, TEN) == TEN


@pytest.mark.parametrize(
    ("added", "why"),
    [
        (own("aaaa", ""), "名前のない"),
        (own("aaaa", "会議・研修・調査・イベント"), "同じ名前"),
        (own("aaaa", "ＭＯＶＩＮＧ"), "同じ名前"),  # a declared one's id, in another width
        (own("aaaa", "長" * (LONGEST_WORD + 1)), "長すぎ"),
        (own("aaaa", "会議、研修"), "区切り"),
        (own("aaaa", "会議; 研修"), "区切り"),
        (own("aaaa", "不明"), "答えのない"),
        (own("aaaa", "Not asked"), "答えのない"),
        (own("aaaa", "さんぽ\u202e"), "目に見えない"),
        (own("aaaa", "090-1234-5678へ電話"), "連絡先"),
        (OwnChoice(id="made_up", ja="なにか"), "記号"),
        (OwnChoice(id="own_A;DROP", ja="なにか"), "記号"),
        (replace(TEN[0], ja="二度"), "記号"),
    ],
)
def test_a_kind_that_cannot_be_is_told_in_words(added, why):
    with refused(why):
        check_choices(KIND, [*TEN, added])


def test_that_for_all_others_is_always_offered_and_no_more_than_can_be_looked_through():
    with refused("いつも使います"):
        check_choices(KIND, [replace(one, hidden=one.id == "other") for one in TEN])
    with refused("までです"):
        check_choices(KIND, [*TEN, *(own(f"{n:04}", f"種類{n}") for n in range(MOST_SHOWN))])


def test_what_is_left_out_is_hidden_and_never_lost():
    after = carry_on(KIND, TEN, [own("aaaa", "見守り"), *TEN[3:]])
    assert [one.id for one in after if one.hidden] == [one.id for one in TEN[:3]]
    again = carry_on(KIND, after, TEN)
    assert [one.id for one in again] == [*(one.id for one in TEN), "own_aaaa"] and again[-1].hidden


def test_a_kind_put_aside_makes_room_for_one_called_as_it_is():
    added = carry_on(KIND, TEN, [replace(TEN[7], ja="寄り合い", en=""), *TEN[:7], *TEN[8:],
                                 own("aaaa", TEN[7].ja)])  # fmt: skip
    back = carry_on(KIND, added, TEN)
    assert back[-1].id == "own_aaaa" and back[-1].ja == f"{TEN[7].ja}（2）"


def test_what_it_was_called_is_still_read_unless_another_is_called_so_now():
    renamed = carry_on(KIND, TEN, [replace(TEN[7], ja="会合", en=""), *TEN[:7], *TEN[8:]])
    known = lookup_choices(asked(renamed).choices)
    assert known["会合"] == known["会議・研修・調査・イベント"] == known["会議"] == "meeting"
    split = carry_on(KIND, renamed, [*renamed, own("aaaa", "会議"), own("bbbb", "研修")])
    known = lookup_choices(asked(split).choices)
    assert (known["会議"], known["研修"], known["調査"]) == ("own_aaaa", "own_bbbb", "meeting")


def test_a_declared_name_brings_its_english_back():
    renamed = carry_on(KIND, TEN, [replace(TEN[5], ja="会社", en=""), *TEN[:5], *TEN[6:]])
    assert asked(renamed).choice("company").words.en == "会社"
    back = carry_on(
        KIND, renamed, [replace(renamed[0], ja="企業連携 事業・情報収集・提供"), *renamed[1:]]
    )
    assert asked(back).choice("company").words.en == "companies"


@pytest.mark.parametrize(
    "kept",
    [None, 5, "x", [5], [{}], [{"id": "own_aaaa", "ja": 5, "en": "", "hidden": False, "was": []}],
     [{"id": "own_aaaa", "ja": "あ", "en": "", "hidden": "no", "was": []}], []],
)  # fmt: skip
def test_what_nobody_wrote_is_read_as_declared(kept):
    assert parse_choices(KIND, kept) == TEN


@given(st.lists(st.tuples(texts, texts, st.booleans()), max_size=6), st.randoms())
def test_any_list_that_is_taken_says_and_reads_each_kind_as_itself(rows, random):
    wanted = [
        *TEN,
        *(
            own(f"{at:04}", ja[:44], en=en[:44], hidden=hidden)
            for at, (ja, en, hidden) in enumerate(rows)
        ),
    ]
    random.shuffle(wanted)
    try:
        after = carry_on(KIND, TEN, wanted)
    except InputError:
        return
    assert parse_choices(KIND, dump_choices(after)) == after
    field = asked(after)
    known = lookup_choices(field.choices)
    for one in field.choices:
        for lang in ("ja", "en"):
            said = say_choice(field, one.id, lang)
            assert said == one.words.say(lang) and known[fold(said)] == one.id
