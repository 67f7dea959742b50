"""The records answers are of, and why one cannot be a place's, in words (答えの記録と、断る文)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from geo.tables.rests import REST_WORDS
from layers.day.called import item_of, items_of, list_field, number_of, say_site, say_thing
from surveys.record.claim import join_thing, split_thing
from surveys.store.listing import SiteQuery, each_site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.tables.pairing import Pair
    from layers.day.places import Joined
    from surveys.record.site import Site
    from surveys.store.register import Register


class ClaimWords:
    """What a file of answers names, read against a town's places and its register (名と文)."""

    def __init__(self, joined: Joined, register: Register) -> None:
        self.kinds = dict(zip(joined.places["rest_id"], joined.places["kind"], strict=True))
        self._named = dict(zip(joined.places["rest_id"], joined.places["name"], strict=True))
        self._things = dict(zip(joined.things["rest_id"], joined.things["kind"], strict=True))
        self._sites = {one.id: one for one in each_site(register, SiteQuery(statuses=()))}
        self._numbers = {str(one.number): one.id for one in self._sites.values()}

    def knows(self, written: str) -> bool:
        """Say whether this is the id of a site or a thing, or a number (知っている番号か)."""
        return self._thing(written) is not None

    def find(self, place: str, written: str) -> str | Words:
        """Return the thing of a number or id, or why it cannot be this place (番号の物を探す)."""
        thing = self._thing(written)
        if thing is None:
            return Words(
                "この番号・IDの地点は一覧にありません",
                "the register has no site of this number or id",
            )
        site = self._site(thing)
        inside = thing[len(site.id) + 1 :]
        missing = self._say_missing(site, inside) if inside else None
        if missing is not None:
            return missing
        field = list_field(site, inside) if inside else None
        marker = field.item.marker if field and field.item else site.type.id
        kind = self._things.get(thing, marker)
        if kind != self.kinds[place]:
            return self._say_kinds(place, thing, kind)
        if thing not in self._things:
            called = self.say_record(thing)
            return Words(
                f"{called.ja}には場所がありません。カルテで場所を入れてから答えてください",
                f"{called.en} has no place: give it one on its sheet first",
            )
        return thing

    def _thing(self, written: str) -> str | None:
        """Return the thing of a number or id, with what is inside it; ``None`` for none there is."""
        if written in self._sites or written in self._things:
            return written
        head, inside = split_thing(written)
        id_ = head if head in self._sites else self._numbers.get(head)
        return join_thing(id_, inside) if id_ else None

    def _site(self, thing: str) -> Site:
        return self._sites[thing if thing in self._sites else split_thing(thing)[0]]

    def _say_missing(self, site: Site, inside: str) -> Words | None:
        """Return that a site has no such thing, and which it has; ``None`` where it has it."""
        if list_field(site, inside) and item_of(site, inside):
            return None
        name = inside.split("/", maxsplit=1)[0]
        ids = [f"{name}/{one['_id']}" for one in items_of(site, inside)]
        called = self.say_record(site.id)
        there = Words(
            f"あるのは {'・'.join(ids)}" if ids else "その種類の物は1つも書いてありません",
            f"it has {', '.join(ids)}" if ids else "it has none of that kind",
        )
        return Words(
            f"{called.ja}に {inside} はありません（{there.ja}）",
            f"{called.en} has no {inside} ({there.en})",
        )

    def _say_kinds(self, place: str, thing: str, kind: str) -> Words:
        one, called = REST_WORDS[self.kinds[place]], self.say_record(thing)
        other = REST_WORDS.get(kind) or self._site(thing).type.words  # type: ignore[call-overload]
        return Words(
            f"種類がちがいます（所は{one.ja}、記録は{other.ja}）。{called.ja}とは同じにできません",
            f"of another kind: the place is a {one.en}, the record a {other.en}; it cannot be "
            f"{called.en}",
        )

    def say_one_id(self, held: str, *, same: bool) -> Words:
        """Return why a place its own record is of cannot be answered (IDが同じ)."""
        called = self.say_record(held)
        if same:
            return Words(
                f"この所は{called.ja}とIDが同じで、1つの所です。ほかの記録と同じにはできません",
                f"this place and {called.en} have one id and are one: it can be no other record",
            )
        return Words(
            f"IDが同じなので分けられません。{called.ja}は、この所を一覧に入れたものです。"
            "別の所のことが書いてあるなら、それを新しい地点として書き、この記録を直してください",
            f"they have one id and cannot be two: {called.en} is this place, taken into the "
            "register. If it tells of another place, write that as a new site and correct this one",
        )

    def say_denied(self, denied: Sequence[str], asked: str | None) -> Words | None:
        """Return that a bare no was said before, and how to say it of what is asked now (もう答えた).

        ``None`` where nothing is asked: then it stands already.
        """
        if asked is None:
            return None
        said, now = ([self.say_record(one) for one in things] for things in (denied, [asked]))
        number = number_of(self._site(asked).number, asked)
        return Words(
            f"この所は{'、'.join(one.ja for one in said)}とちがう、ともう答えてあります。"
            f"いま尋ねている{now[0].ja}ともちがうなら「-{number}」と書いてください",
            f"it was said before that this place is not {', '.join(one.en for one in said)}; if "
            f"it is not {now[0].en}, asked about now, either, write -{number}",
        )

    def say_record(self, thing: str) -> Words:
        """Return a record by number and name: 記録 3/benches/b1「中央公園のベンチ1」 (記録の名)."""
        site = self._site(thing)
        inside = thing[len(site.id) + 1 :]
        number = number_of(site.number, thing)
        called = say_thing(site, inside) if inside else say_site(site)
        if not inside and not site.title:
            return Words(f"記録 {number}", f"record {number}")
        return Words(f"記録 {number}「{called.ja}」", f"record {number} ({called.en})")

    def say_place(self, place: str) -> Words:
        """Return a place of the map by id, kind and name (地図の所の名)."""
        kind, name = REST_WORDS[self.kinds[place]], self._named[place]
        name = f"「{name}」" if name else ""
        return Words(f"{place}（{kind.ja}{name}）", f"{place} ({kind.en}{name})")

    def say_answer(self, place: str, thing: str, *, same: bool) -> Words:
        """Return what an answer does (答えの文)."""
        one, other = self.say_place(place), self.say_record(thing)
        if same:
            return Words(f"{one.ja}は、{other.ja}と同じ所", f"{one.en} is {other.en}")
        return Words(f"{one.ja}は、{other.ja}とちがう所", f"{one.en} is not {other.en}")

    def say_next(self, pair: Pair) -> Words:
        """Return what will be asked (次に尋ねること)."""
        one, other = self.say_place(pair.place_id), self.say_record(pair.thing_id)
        return Words(
            f"次に尋ねる：{one.ja}は、{other.ja}（{pair.metres:.0f}m）と同じか",
            f"asked next: is {one.en} {other.en} ({pair.metres:.0f} m)?",
        )
