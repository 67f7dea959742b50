"""Fees as lists write them."""

import pytest

from surveys.record.fee import find_fee, read_fee

FEES = [
    ("100円", 100, "", False),
    ("１，０００円", 1000, "", False),
    ("無料", 0, "", False),
    ("参加費無料（昼食代300円）", 0, "", True),
    ("100円／月", 100, "month", True),
    ("月額1,000円", 1000, "month", True),
    ("500円（月）", 500, "month", True),
    ("年会費1200円", 1200, "year", True),
    ("1回200円（茶菓代）", 200, "", True),
    ("100円/回", 100, "", True),
    ("回数券（5回500円）", 500, "ticket", True),
    ("コーヒー100円", 100, "goods", True),
    ("実費", None, "actual", True),
    ("100円／月、ノート代実費", 100, "month", True),
    ("会員100円、非会員200円", None, "", True),
    ("100～200円", None, "", True),
    ("300円程度", None, "", True),
    ("要問合せ", None, "", True),
    ("30人", None, "", True),
]


@pytest.mark.parametrize(("text", "yen", "unit", "kept"), FEES)
def test_a_fee_is_an_amount_what_it_is_for_and_its_words(text, yen, unit, kept):
    fee = read_fee(text)
    assert (fee.yen, fee.unit, fee.words) == (yen, unit, text if kept else "")


@pytest.mark.parametrize(
    ("text", "fee"),
    [
        ("楽しく過ごす\n参加費100円", "参加費100円"),
        ("オリジナルコーヒー 100円", "オリジナルコーヒー 100円"),
        ("体操とおしゃべり", ""),
        ("65歳以上の体操", ""),
    ],
)
def test_a_fee_is_found_in_a_longer_text(text, fee):
    assert find_fee(text) == fee
