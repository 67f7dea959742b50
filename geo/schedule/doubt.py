"""What makes the count of a rule not known, though its days were read (数えられないわけ).

The field app's schedule_doubt.js is its twin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.dates import DASHES
from geo.base.text import tidy
from geo.base.words import Words
from geo.schedule.grammar import GRAMMAR, compile_pattern, sentence
from geo.schedule.off import read_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.schedule.rules import Rule

_HARMLESS = compile_pattern(GRAMMAR["doubt"]["harmless"])
_WORDS = compile_pattern(GRAMMAR["doubt"]["words"])
_BESIDE = compile_pattern(GRAMMAR["doubt"]["beside"])
_STATES = [
    (compile_pattern(one["pattern"]), Words(one["ja"], one["en"]))
    for one in GRAMMAR["doubt"]["states"]
]
_PLANNED = GRAMMAR["doubt"]["states"][-1]["ja"]


def without_harmless(text: str) -> str:
    """Return a remark without what never changes on which days it meets (かまわないことばを除く).

    Examples
    --------
    >>> without_harmless("雨天中止、休憩あり")
    '、あり'
    """
    return _HARMLESS.sub("", tidy(text).translate(DASHES))


def is_doubtful(text: str) -> bool:
    """Return whether a remark may change on which days it meets (回数を変えうることばか).

    Examples
    --------
    >>> is_doubtful("第1週は休み"), is_doubtful("上履き持参"), is_doubtful("雨天中止")
    (True, False, False)
    """
    return bool(_WORDS.search(without_harmless(text)))


def is_of_schedule(note: str) -> bool:
    """Return whether a remark beside a schedule is about its days, or that it is held at all (日時の備考か).

    Examples
    --------
    >>> is_of_schedule("8月は休み"), is_of_schedule("休止中"), is_of_schedule("準備体操あり")
    (True, True, False)
    """
    return bool(_BESIDE.search(without_harmless(note)))


def find_state(text: str) -> Words | None:
    """Return the state a remark tells: paused, ended, not begun; ``None`` for none (ようす).

    Examples
    --------
    >>> find_state("令和7年度で終了").ja, find_state("雨天中止")
    ('終了', None)
    """
    plain = without_harmless(text)
    return next((words for pattern, words in _STATES if pattern.search(plain)), None)


def say_doubt(rule: Rule) -> Words | None:
    """Return why a rule's sessions cannot be counted, ``None`` if they can (数えられないわけ).

    Examples
    --------
    >>> say_doubt({"freq": "daily", "except": "冬期"}).ja
    '「冬期」の休みがいつか分からないので、回数は分からないものとします。'
    >>> say_doubt({"freq": "daily", "except": "祝日"})
    """
    if rule["freq"] == "text":
        return _say_text(str(rule["text"]))
    if "planned" in rule:
        return _say_text(_PLANNED)
    if "except" in rule and without_harmless(f"{rule['except']}休み"):  # 雨天 is harmless
        off = read_off(str(rule["except"]))
        if off is None or off.months or off.cuts:
            return _say("vague_off", str(rule["except"]))
    if "except_months" in rule and "every_months" in rule:  # which months it has is not told
        return _say("vague_off", "・".join(f"{month}月" for month in rule["except_months"]))
    return _say_text(str(rule["note"])) if "note" in rule else None


def are_counted(rules: Sequence[Rule]) -> list[bool]:
    """Return for each rule whether its sessions may be counted (数えてよいか).

    A line kept as text that may change the days of the others, like 第5週は休み, leaves none.
    """
    if any(rule["freq"] == "text" and is_doubtful(str(rule["text"])) for rule in rules):
        return [False] * len(rules)
    return [say_doubt(rule) is None for rule in rules]


def _say_text(told: str) -> Words | None:
    state = find_state(told)
    if state is not None:
        return sentence("state", told=Words(told, told), state=state)
    return _say("doubt", told) if is_doubtful(told) else None


def _say(name: str, told: str) -> Words:
    return sentence(name, told=Words(told, told))
