"""Which of the eight kinds of support a record speaks of: a need or a service (生活支援の種類を読む).

The tables are written out: every word a concern or a resource may be given stands in one, and
what is no support at all (a slope, a bench) is その他. The kinds are
`surveys.declaration.service_kinds.SERVICE_KINDS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from surveys.declaration.field import UNKNOWN
from surveys.declaration.service_kinds import SERVICE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.base.words import Words

Table = dict[str, tuple[str, ...]]

KIND_WORDS: Final[dict[str, Words]] = {one.id: one.words for one in SERVICE_KINDS}
# A need is met by any of its kinds: shopping by what is brought and by a lift to the shop.
CONCERN_TAGS: Final[Table] = {
    "shopping": ("outing", "meal_delivery"),
    "moving": ("outing",),
    "gathering": ("salon",),
    "rubbish": ("housework",),
    "housework": ("housework",),
    "watch": ("watch",),
    "walking": ("other",),
    "rest": ("other",),
    "toilet": ("other",),
    "carer": ("carer",),
    "dementia": ("carer", "watch"),
    "health": ("health",),
    "helpers": ("other",),
    "disaster": ("other",),
    "home": ("other",),
    "information": ("other",),
    "other": ("other",),
}
RESOURCE_CATEGORIES: Final[Table] = {
    "consult": ("other",),
    "gathering": ("salon",),
    "cafe": ("carer", "salon"),
    "event": ("salon",),
    "meal": ("salon",),
    "mobile_shop": ("meal_delivery",),
    "transport": ("outing",),
    "helper": ("housework",),
    "volunteer": ("other",),
    "other": ("other",),
}
# A shop brings things; one that only sells is none of the kinds.
SHOP_KINDS: Final[Table] = {
    "supermarket": (),
    "convenience": (),
    "drugstore": (),
    "fresh_food": (),
    "general": (),
    "direct_sale": (),
    "home_centre": (),
    "mobile": ("meal_delivery",),
    "eatery": (),
    "bank": (),
    "barber": (),
    "other": (),
}
SHOP_DELIVERIES: Final[Table] = {
    "free": ("meal_delivery",),
    "paid": ("meal_delivery",),
    "some": ("meal_delivery",),
    "none": (),
}
SHOP_SHUTTLES: Final[Table] = {"yes": ("outing",), "no": ()}
_SALON: Final = ("salon",)


def service_kinds_of(type_id: str, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the kinds a record speaks of, in their order; none of other types (種類).

    A resource's own kinds come before its heading, which is read only where they are not told. A
    通いの場 is one as far as it has a group, or nobody told; who wants to know whether it meets asks
    `surveys.record.venue`.

    Parameters
    ----------
    type_id
        Id of a record type.
    answers
        Its answers, items as lists.

    Examples
    --------
    >>> service_kinds_of("concern", {"tag": ["shopping", "rubbish"]})
    ('housework', 'outing', 'meal_delivery')
    >>> service_kinds_of("shop", {"kind": "supermarket", "delivery": "free"})
    ('meal_delivery',)
    >>> service_kinds_of("salon", {}), service_kinds_of("bench", {})
    (('salon',), ())
    """
    match type_id:
        case "concern":
            return _of((CONCERN_TAGS, answers.get("tag")))
        case "resource":
            told = [one for one in _listed(answers.get("service")) if one in KIND_WORDS]
            return _in_order(told) or _of((RESOURCE_CATEGORIES, answers.get("category")))
        case "salon":
            return () if answers.get("activities") == [] else _SALON
        case "shop":
            return _of(
                (SHOP_KINDS, answers.get("kind")),
                (SHOP_DELIVERIES, answers.get("delivery")),
                (SHOP_SHUTTLES, answers.get("shuttle")),
            )
        case _:
            return ()


def _of(*asked: tuple[Table, object]) -> tuple[str, ...]:
    return _in_order(
        kind for table, value in asked for one in _listed(value) for kind in table.get(one, ())
    )


def _listed(value: object) -> list[str]:
    """Return the choices of an answer, of one or of any number; none where it is not known."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return [] if value in (None, UNKNOWN) else [str(value)]


def _in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    found = set(kinds)
    return tuple(one for one in KIND_WORDS if one in found)
