"""What a walk came to, in words: its state, and a sentence that counts each place once (踏査のようす)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.words import Words
from layers.maps.popup import entity
from surveys.record.outcome import CAME_WORDS, say_state

if TYPE_CHECKING:
    from geo.base.words import Lang
    from surveys.record.outcome import Outcome

_SEEN: Final = (
    "style='color:#2C6E49;background:#E6F1EA;border-radius:6px;padding:.05rem .45rem;"
    "white-space:nowrap'"
)
_QUIET: Final = "style='border:1px solid;border-radius:6px;padding:0 .45rem;white-space:nowrap'"
_STATE: Final = {"yet": _QUIET, "begun": "class='kz-due'", "done": _SEEN, "left": "class='kz-due'"}
_CAME: Final = {
    "seen": _SEEN, "absent": "class='kz-gone'", "closed": "class='kz-gone'",
    "unseen": _QUIET, "missed": "class='kz-due'",
}  # fmt: skip


def state_html(outcome: Outcome, lang: Lang) -> str:
    """Return the state of a walk as a mark (状態のしるし)."""
    return f"<span {_STATE[outcome.state]}>{say_state(outcome).say(lang)}</span>"


def came_html(outcome: Outcome, id_: str, lang: Lang) -> str:
    """Return what a walk came to at a place as a mark, with the reason where one was given (しるし)."""
    state = outcome.came[id_]
    said = f"<span {_CAME[state]}>{CAME_WORDS[state].say(lang)}</span>"
    why = outcome.why.get(id_)
    return said + (f" <span class='kz-note'>{entity(why.say(lang))}</span>" if why else "")


def outcome_html(outcome: Outcome, lang: Lang) -> str:
    """Return the sentence of a walk that was begun: each place is counted once (ようすの文)."""
    counts = {
        "seen": outcome.count("seen"),
        "gone": outcome.count("absent", "closed"),
        "unseen": outcome.count("unseen"),
        "missed": len(outcome.missed),
    }
    told = [_PARTS[key].fill(n=count) for key, count in counts.items() if count]
    more = [(len(outcome.added), _ADDED), (len(outcome.gone) - counts["gone"], _CLOSED)]
    beside = [words.fill(n=count) for count, words in more if count]
    ja, en = [], []
    if outcome.planned:
        head = _HEAD.fill(n=len(outcome.planned))
        ja += [head.ja, "、".join(one.ja for one in told) + "。"]
        en += [f"{head.en} {', '.join(one.en for one in told)}."]
    if beside:
        ja += [("ほかに、" if outcome.planned else "") + "、".join(one.ja for one in beside) + "。"]
        en += [f"Besides: {', '.join(one.en for one in beside)}."]
    parts = "".join(f"<span class='nb'>{one}</span>" for one in ja)
    return Words(parts, " ".join(en)).say(lang)


_HEAD: Final = Words("予定した<b>{n}</b>か所のうち、", "Of <b>{n}</b> planned places")
_PARTS: Final[dict[str, Words]] = {
    "seen": Words("見た所 <b>{n}</b>か所", "<b>{n}</b> were seen"),
    "gone": Words(
        "閉まった・見つからない所 <b class='gap'>{n}</b>か所",
        "<b class='gap'>{n}</b> were closed or not there",
    ),
    "unseen": Words("見られなかった所 <b>{n}</b>か所", "<b>{n}</b> could not be seen"),
    "missed": Words("まだ見ていない所 <b class='gap'>{n}</b>か所", "<b class='gap'>{n}</b> not seen yet"),
}  # fmt: skip
_ADDED: Final = Words("途中でたした所 <b>{n}</b>か所", "<b>{n}</b> added on the way")
_CLOSED: Final = Words(
    "予定の外で閉まった所 <b>{n}</b>か所", "<b>{n}</b> found closed that were not planned"
)
