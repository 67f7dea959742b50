"""The eight kinds of support: every word of a need and of a service stands in a table."""

import pytest

from surveys.declaration.field import UNKNOWN
from surveys.declaration.service_kinds import SERVICE_KINDS
from surveys.record import service_kinds as kinds
from surveys.record.service_kinds import KIND_WORDS, service_kinds_of
from surveys.types import EVERY_TYPE

TABLES = [
    ("concern", "tag", kinds.CONCERN_TAGS),
    ("resource", "category", kinds.RESOURCE_CATEGORIES),
    ("shop", "kind", kinds.SHOP_KINDS),
    ("shop", "delivery", kinds.SHOP_DELIVERIES),
    ("shop", "shuttle", kinds.SHOP_SHUTTLES),
]


def test_the_kinds_are_the_eight_of_kosaka_in_their_order():
    assert [one.words.ja for one in SERVICE_KINDS] == [
        "介護者支援", "家事援助", "交流サロン", "外出支援", "配食・配送", "見守り・安否確認", "健康相談", "その他",
    ]  # fmt: skip
    assert "見守りや安否確認" in SERVICE_KINDS[5].aliases  # as the town's rules write it


@pytest.mark.parametrize(("type_id", "field", "table"), TABLES, ids=[one[1] for one in TABLES])
def test_every_choice_stands_in_its_table_and_leads_to_kinds_there_are(type_id, field, table):
    assert list(table) == [one.id for one in EVERY_TYPE[type_id].field(field).choices]
    assert {kind for some in table.values() for kind in some} <= set(KIND_WORDS)


def test_every_need_and_every_resource_is_of_some_kind():
    assert all(kinds.CONCERN_TAGS.values()) and all(kinds.RESOURCE_CATEGORIES.values())
    assert EVERY_TYPE["resource"].field("service").choices is SERVICE_KINDS
    for one in EVERY_TYPE["resource"].field("service").choices:
        assert service_kinds_of("resource", {"service": [one.id]}) == (one.id,)


@pytest.mark.parametrize(
    ("type_id", "answers", "found"),
    [
        ("concern", {"tag": ["other", "carer", "moving"]}, ("carer", "outing", "other")),
        ("concern", {"tag": UNKNOWN}, ()),
        ("concern", {}, ()),
        # What it says itself goes before the heading it stood under.
        ("resource", {"service": ["watch"], "category": "meal"}, ("watch",)),
        ("resource", {"service": UNKNOWN, "category": "transport"}, ("outing",)),
        ("resource", {"category": "gone_from_the_list"}, ()),
        ("salon", {"activities": [{"_id": "1", "group": "体操"}]}, ("salon",)),
        ("salon", {"activities": []}, ()),  # a hall where nobody meets
        ("shop", {"kind": "mobile", "delivery": "none", "shuttle": "yes"}, ("outing", "meal_delivery")),
        ("shop", {"kind": "supermarket", "delivery": UNKNOWN}, ()),
        ("activity", {"kind": "moving"}, ()),
        ("park", {"name": "公園"}, ()),
    ],
)  # fmt: skip
def test_what_a_record_speaks_of_is_told_in_the_order_of_the_kinds(type_id, answers, found):
    assert service_kinds_of(type_id, answers) == found
