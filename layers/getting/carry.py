"""The list of a town's files, to be carried to a computer with internet (持って行く一覧)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from geo.base.dates import say_date
from geo.base.marks import shown
from geo.base.words import Words
from geo.sources.get.declared import ADDRESSES, fill
from geo.sources.get.got import KINDS
from geo.sources.where.declared import FILE_KINDS, Lies

if TYPE_CHECKING:
    from datetime import date

    from geo.base.municipal.listed import Listed
    from geo.base.words import Lang
    from geo.sources.get.declared import Address, Table
    from geo.sources.where.declared import FileKind, Place

_HERE: Final = Path(__file__).parent
_OWN: Final = Words("相手のページに書いてあるとおりに", "as its page says")
_ONE_BY_ONE: Final = frozenset({"overpass", "tiles"})  # the app asks for these itself
_DIRECT: Final = "file"
_CODES: Final = Words(
    "市区町村コード {code}（6けたでは {six}）　都道府県番号 {number}",
    "code {code} (with its check digit {six}), number of the prefecture {number}",
)
_BY_WARD: Final = Words(
    "{city}は区ごとに分かれているので、ここでは{prefecture}の全部を選びます。",
    "{city} is divided by wards there: take the whole of {prefecture}.",
)
_SIX: Final = "〔市区町村コード6けた〕"


def draw_carry_list(
    city: Listed, lang: Lang, *, today: date, back: str, table: Table = ADDRESSES
) -> str:
    """Return the list as one page of HTML that needs nothing else, for screen and A4 (持って行く一覧).

    Parameters
    ----------
    back
        What is said or typed when the files are there: the command, or a page's name.
    today
        Printed as the day the list is of.
    """
    lies = Lies(prefecture=city.prefecture, city=city.name)
    return (
        _environment()
        .get_template("carry.html")
        .render(
            lang=lang,
            t=lambda ja, en: Words(ja, en).say(lang),
            full_name=city.full_name,
            codes=_CODES.fill(code=city.code, six=city.six_digits, number=city.number).say(lang),
            day=say_date(today, lang),
            back=back,
            kinds=[_kind(FILE_KINDS[one], city, lies, table, lang) for one in KINDS],
        )
    )


def _kind(kind: FileKind, city: Listed, lies: Lies, table: Table, lang: Lang) -> dict[str, Any]:
    addresses = {one.id: one for one in table.addresses if one.way == _DIRECT}
    asked_by_app = {one.id for one in table.addresses if one.way in _ONE_BY_ONE}
    places = [one for one in kind.places if one.id not in asked_by_app]
    places.sort(key=lambda one: one.id not in addresses)
    return {
        "name": kind.words.say(lang),
        "use": kind.use.say(lang),
        "without": kind.without.say(lang),
        "places": [_place(one, addresses.get(one.id), city, lies, table, lang) for one in places],
    }


def _place(
    place: Place, address: Address | None, city: Listed, lies: Lies, table: Table, lang: Lang
) -> dict[str, Any]:  # fmt: skip
    named = lies.fill(place.file, lang).replace(_SIX, city.six_digits)
    file = fill(address.file, city, table) if address else named
    steps = [lies.fill(one.say(lang), lang) for one in place.choose]
    if city.wards and address and "{unit}" in address.url:
        steps.append(_BY_WARD.fill(city=city.name, prefecture=city.prefecture).say(lang))
    return {
        "name": place.words.say(lang),
        "direct": fill(address.url, city, table, in_url=True) if address else "",
        "page": place.page,
        "steps": steps,
        "file": file,
        "licence": place.licence.say(lang),
        "credit": place.credit or _OWN.say(lang),
        "note": lies.fill(place.note.say(lang), lang),
    }


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
        finalize=lambda value: shown(value) if type(value) is str else value,
    )  # fmt: skip
