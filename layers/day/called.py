"""What a record's thing is called, and where it lies by another (記録の物の呼び名と、ありか)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.compass import say_direction
from geo.base.words import Words
from surveys.record.claim import split_thing

if TYPE_CHECKING:
    from surveys.declaration.field import Field
    from surveys.record.site import Site

_HERE_M: Final = 0.5  # nearer, the metres that are told would be none


def items_of(site: Site, inside: str) -> list[dict[str, Any]]:
    """Return the things of the list a path is in, ``benches/b1`` in the benches (その一覧の物)."""
    found = site.answers.get(inside.split("/", maxsplit=1)[0])
    return found if isinstance(found, list) else []


def list_field(site: Site, inside: str) -> Field | None:
    """Return the question whose list a path is in; ``None`` for none of this type (その項目)."""
    name = inside.split("/", maxsplit=1)[0]
    return next((one for one in site.type.fields if one.id == name and one.item), None)


def item_of(site: Site, inside: str) -> dict[str, Any] | None:
    """Return a thing inside a site; ``None`` where there is none of this id (中の物)."""
    id_ = inside.rpartition("/")[2]
    return next((one for one in items_of(site, inside) if one.get("_id") == id_), None)


def say_site(site: Site) -> Words:
    """Return what a site is called: its name, else its kind and number (地点の呼び名)."""
    kind, number = site.type.words, site.number
    en = kind.en[:1].upper() + kind.en[1:]
    return Words(site.title or f"{kind.ja} {number}", site.title or f"{en} {number}")


def say_thing(site: Site, inside: str) -> Words:
    """Return what a site, or a thing inside it, is called; of several, by number (物の呼び名).

    The number is that of its place in the list, as the sheet has it: 中央公園のベンチ2.
    """
    whole = say_site(site)
    field = list_field(site, inside) if inside else None
    if not inside or field is None or field.item is None:
        return whole
    ids = [one.get("_id") for one in items_of(site, inside)]
    id_ = inside.rpartition("/")[2]
    at = str(ids.index(id_) + 1) if id_ in ids and len(ids) > 1 else ""
    kind = field.item.words
    en = kind.en[:1].upper() + kind.en[1:]
    return Words(f"{whole.ja}の{kind.ja}{at}", f"{en}{f' {at}' if at else ''} of {whole.en}")


def number_of(number: int, thing_id: str) -> str:
    """Return what to write for a thing in a file of answers (書く番号).

    Examples
    --------
    >>> number_of(3, "s1"), number_of(3, "s1/benches/b1")
    ('3', '3/benches/b1')
    """
    inside = split_thing(thing_id)[1]
    return f"{number}/{inside}" if inside else str(number)


def say_way(east_m: float, north_m: float, origin: Words) -> Words:
    """Return where a thing lies, seen from another (何から、どちらへ何m).

    Examples
    --------
    >>> from geo.base.words import Words
    >>> say_way(0.0, 18.2, Words("記録", "the record")).ja
    '記録から北へ 18m'
    """
    metres = (east_m**2 + north_m**2) ** 0.5
    if metres < _HERE_M:
        return Words(f"{origin.ja}と同じ場所", f"just where {origin.en} is")
    way = say_direction(east_m, north_m)
    return Words(
        f"{origin.ja}から{way.ja}へ {metres:.0f}m", f"{metres:.0f} m {way.en} of {origin.en}"
    )
