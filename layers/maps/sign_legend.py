"""The legend of places by their state, a kind at a time (所のしるしの凡例)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.maps.icons import icon_data_uri, state_icon
from layers.maps.legend_parts import join_legend
from layers.maps.palette import SIGN_STATES, SignState
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from geo.base.words import Lang

_PX: Final = 24
STATE_WORDS: Final[Mapping[SignState, Words]] = {
    "fresh": Words("見てあり、確認の時期はまだ", "seen, not yet to be confirmed"),
    "due": Words("時計: 確認の時期が来た", "clock: to be confirmed again"),
    "never": Words("白ぬき: まだだれも見ていない", "hollow: nobody has seen it yet"),
    "doubt": Words(
        "？: 人によってちがう、または見つからない", "?: people differ, or it was not found"
    ),
    "paused": Words("縦の2本線: 休止中", "two bars: paused"),
    "closed": Words("×: 閉まった・撤去した", "×: closed or removed"),
    "map": Words("白ぬき・点線: 地図だけの所（記録なし）", "hollow, dashed: on the map alone"),
}
_OFF: Final = Words("点線の輪: 道につながらない", "dashed ring: off the network")


def sign_legend(
    kind: str, states: Collection[SignState], lang: Lang, *, off: bool = False
) -> str:  # fmt: skip
    """Return what a kind's signs mean, of the states there are (しるしの凡例).

    Parameters
    ----------
    off
        Whether one is off the network.
    """
    name = RECORD_TYPES[kind].words.say(lang)
    items = [f"<span><b>{name}</b></span>"]
    items += [
        _item(state_icon(kind, _PX, state), STATE_WORDS[state].say(lang))
        for state in SIGN_STATES
        if state in states
    ]
    if off:
        items.append(_item(icon_data_uri(kind, _PX, ring=True), _OFF.say(lang)))
    return join_legend(items)


def signs_legend(
    kinds: Mapping[str, Collection[SignState]], lang: Lang, *, off: bool = False
) -> str:  # fmt: skip
    """Return what the signs of several kinds mean: the kinds in a line, the states in another (しるしの凡例).

    Parameters
    ----------
    kinds
        The states there are, by kind.
    off
        Whether any is off the network.
    """
    names = [_item(icon_data_uri(kind, _PX), RECORD_TYPES[kind].words.say(lang)) for kind in kinds]
    states = {state: kind for kind, found in reversed(list(kinds.items())) for state in found}
    items = [
        _item(state_icon(states[state], _PX, state), STATE_WORDS[state].say(lang))
        for state in SIGN_STATES
        if state in states and state != "fresh"
    ]
    if off:
        items.append(_item(icon_data_uri(next(iter(kinds)), _PX, ring=True), _OFF.say(lang)))
    return join_legend(names) + (join_legend(items) if items else "")


def _item(picture: str, text: str) -> str:
    return f"<span><img alt='' width='{_PX}' height='{_PX}' src='{picture}'>{text}</span>"
