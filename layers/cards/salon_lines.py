"""What a 通いの場 offers, a line a group, as plain text (集まりの行)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words
from geo.schedule import dump_schedule
from layers.cards.say_answer import say_value
from layers.cards.say_fee import say_fee
from surveys.declaration.field import UNKNOWN
from surveys.record.meeting import rules_of
from surveys.types.salon import ACTIVITY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.base.words import Lang
    from layers.day.listed import Listed

_ASKED: Final = {one.id: one for one in ACTIVITY.fields}
_BETWEEN: Final = Words("・", ", ")
_ANYBODY: Final = Words("だれでも", "anybody")
_NOT_KNOWN: Final = Words("分からない", "not known")


def group_lines(listed: Listed, lang: Lang) -> list[str]:
    """Return a line for each group as wished: name, days and hours, content, fee, for whom (集まりの行).

    Plain text of records, never markup.
    """
    groups = listed.venue.groups
    if not groups:
        text = listed.schedule.strip()
        return [text] if text else []
    return [_BETWEEN.say(lang).join(filter(None, _of_group(one, lang))) for one in groups]


def whom_line(listed: Listed, lang: Lang) -> str:
    """Return who may come, as far as the records tell (だれが来られるか).

    Examples
    --------
    >>> from layers.day.listed import Listed
    >>> from surveys.record.venue import Venue
    >>> none = Venue(counts="yes", why=Words("", ""), meetings=())
    >>> one = Listed(
    ...     site_id="1", name="茶の間", at_m=None, venue=none, schedule="", sessions_per_month=1.0,
    ...     capacity=1.0, note="", source="", own=True, open="yes",
    ... )
    >>> whom_line(one, "ja")
    'だれでも（地区の決まりは記録にない）'
    """
    who = listed.venue.who("known")
    if who.areas:
        names = _BETWEEN.say(lang).join(sorted(who.areas))
        return Words(f"{names}の人", f"people of {names}").say(lang)
    if not who.known:
        return _NOT_KNOWN.say(lang)
    none = Words("だれでも（地区の決まりは記録にない）", "anybody (no limit of areas is recorded)")
    return none.say(lang) if who.areas is None else _ANYBODY.say(lang)


def _of_group(group: Mapping[str, Any], lang: Lang) -> list[str]:
    name = str(group.get("group") or "").strip()
    days = Words("、", "; ").say(lang).join(dump_schedule(rules_of(group), lang).split("\n"))
    content = _answer(group, "content", lang)
    fee, note = say_fee(ACTIVITY.fields, group, lang), str(group.get("fee_note") or "").strip()
    label = Words("参加費 ", "fee ").say(lang) if fee else ""
    booking = Words("申し込みが要る", "booking needed").say(lang)
    return [
        name, days, content, label + fee, note, str(group.get("target") or "").strip(),
        booking if group.get("booking") == "yes" else "",
    ]  # fmt: skip


def _answer(group: Mapping[str, Any], id_: str, lang: Lang) -> str:
    value = group.get(id_)
    return "" if value is None or value == UNKNOWN else say_value(_ASKED[id_], value, lang)
