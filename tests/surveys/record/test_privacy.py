"""Who somebody is, noticed in a text; roles and bodies are not (`surveys.record.called`, `surveys.record.privacy`)."""

import random
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from where import ROOT

from surveys.declaration.private_reason import PRIVATE_REASON
from surveys.record.called import READ, ROLES, WRITTEN
from surveys.record.privacy import (
    INSTEAD,
    REASON,
    hide_private,
    is_watched,
    lacks_reason,
    notice,
    notice_answers,
    watched,
    without_private,
)
from surveys.record.private_text import contact_spans, says_contact
from surveys.types import EVERY_TYPE

sys.path.insert(0, str(ROOT / "benchmarks"))
from privacy import MADE, make_line

ACTIVITY = EVERY_TYPE["activity"]
NAMED = [
    ("田中さんから電話", "name", "田中さん"),
    ("佐々木 花子様のお宅", "name", "佐々木 花子様"),
    ("（渡邊氏より）", "name", "渡邊氏"),
    ("たなかさんが来所", "name", "たなかさん"),
    ("はなちゃんのお母さん", "name", "はなちゃん"),
    ("健太くんと遊ぶ", "name", "健太くん"),
    ("鈴木民生委員と相談", "name", "鈴木民生委員"),
    ("森さんと林様", "name", "森さん"),
    ("連絡先：０９０－１２３４－５６７８", "phone", "０９０－１２３４－５６７８"),
    ("TEL 03(1234)5678", "phone", "03(1234)5678"),
    ("hanako@example.jp まで", "mail", "hanako@example.jp"),
    ("85歳。本町3丁目2-5", "age", "85歳。本町3丁目2-5"),
    ("団地203号室の９１才", "age", "203号室の９１才"),
]
# As they stand in what municipalities write.
ORDINARY = [
    "民生委員さんと保健師さんが同席した",
    "お客様、皆様、住民の皆さん",
    "市役所さんに聞いてみる",
    "社協さん、包括さん、郵便局さん",
    "仕様、様子、様々、同様、多様な主体",
    "たくさんの人が集まった",
    "取りくんで、くんで",
    "ちゃんと伝わった",
    "おばあちゃん、おじいちゃん、赤ちゃん",
    "▲▲さんの意向により",
    "Aさん（80代）とBさん",
    "氏名を書く欄、氏神様",
    "利用者様のご家族",
    "75歳以上の人、65歳から",
    "参加者は約20名、85歳が最高齢",
    "本町3丁目の公園",
    "令和8年12月2日 10:30～12:00",
    "面積 120-340-56",
    "さまざまな分野",
    "ケアマネさん、ヘルパーさん、大工さん、八百屋さん",
    "会長さん、区長さん、店長さん",
    "ビジネスチャンスにつなげる",
    "お互いさまの地域",
    "彼氏、同氏、両氏",
]


@pytest.mark.parametrize(("text", "kind", "found"), NAMED)
def test_what_tells_who_somebody_is_is_noticed_where_it_stands(text, kind, found):
    first = notice(text)[0]
    assert (first.kind, first.text) == (kind, found)
    assert text[first.start : first.end] == found and first.instead == INSTEAD[kind]


@pytest.mark.parametrize("text", ORDINARY)
def test_roles_bodies_and_words_that_sound_so_are_not(text):
    assert notice(text) == []


def test_of_500_made_up_lines_98_in_100_are_noticed():
    rng = random.Random(5)  # noqa: S311 - another than the script's own
    lines = [make_line(rng) for _ in range(MADE)]
    assert MADE == 500 and sum(bool(notice(one)) for one in lines) >= 0.98 * MADE


@given(st.text(alphabet="田中さん様氏090-1234（）@.jp歳丁目番\n　々ヶ㈱ｶﾞ", max_size=60))
def test_places_are_in_the_text_in_order_and_never_over_each_other(text):
    found = notice(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert not notice(without_private(text)) or "（伏せた）" in without_private(text)


def test_who_is_watched_is_asked_the_one_reason():
    asked = [one for one in EVERY_TYPE.values() if one.asks(REASON)]
    assert {one.id for one in asked} == {"activity", "concern"}
    assert all(one.field(REASON) is PRIVATE_REASON for one in asked) and PRIVATE_REASON.office


def test_a_record_is_watched_where_it_asks_why_and_saved_with_a_reason_alone():
    assert "note" in watched(ACTIVITY) and REASON not in watched(ACTIVITY)
    assert watched(EVERY_TYPE["salon"]) == ()
    named = {"name": "相談", "note": "田中さんから"}
    assert set(notice_answers(ACTIVITY, named)) == {"note"}
    assert lacks_reason(ACTIVITY, named)
    assert not lacks_reason(ACTIVITY, {**named, REASON: "本人の希望"})
    assert not lacks_reason(ACTIVITY, {"note": "民生委員さんから"})


@pytest.mark.parametrize(
    "text",
    ["03-1234-5678", "電話 1234-5678", "0 9 0 1 2 3 4 5 6 7 8", "+81 90 1234 5678", "x@y.jp"],
)
def test_a_contact_is_said_where_it_is_found(text):
    assert says_contact(text) and list(contact_spans(text))


def test_names_are_no_roles():
    assert not set(WRITTEN) & set(ROLES) and all(len(one) > 2 for one in READ)


def test_what_is_said_on_a_concerns_way_is_looked_at_thing_by_thing():
    concern = EVERY_TYPE["concern"]
    way = [{"_id": "a", "note": "買い物に困る"}, {"_id": "b", "meeting": "田中さん宅"}]
    assert set(notice_answers(concern, {"way": way})) == {"way/b/meeting"}
    assert is_watched(watched(concern), "way/b/meeting") and not is_watched(
        watched(concern), "way/b"
    )
    hidden = hide_private(concern, {"way/b/meeting": "田中さん宅", "way/b": 1, REASON: "田中さん"})
    assert hidden == {"way/b/meeting": "（伏せた）宅", "way/b": 1, REASON: "田中さん"}
