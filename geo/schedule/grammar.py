"""The grammar of schedules: one table, read here and by the field app (開催日時の文法).

`grammar.json` lies beside this file and is served to the browser as it is; `read`, `heads`,
`rules` and their twins in the field app only follow it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from geo.base.words import Words

PATH: Final = Path(__file__).with_name("grammar.json")
GRAMMAR: Final[dict[str, Any]] = json.loads(PATH.read_text(encoding="utf-8"))
_NAME = re.compile("«([A-Z0-9]+)»")


@cache
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the grammar, its names filled in (文法の型).

    Examples
    --------
    >>> compile_pattern("第(?<n>«N»)").pattern
    '第(?P<n>[1-5一二三四五])'
    """
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda name: GRAMMAR["names"][name[1]], pattern)
    # No pattern looks behind, so every (?< begins a name.
    return re.compile(pattern.replace("(?<", "(?P<"))


@cache
def line_pattern(name: str) -> re.Pattern[str]:
    """Return one of the patterns that take a line apart (行の型)."""
    return compile_pattern(GRAMMAR["line"][name])


@cache
def date_pattern(name: str) -> re.Pattern[str]:
    """Return one of the patterns of written days (日付の型)."""
    return compile_pattern(GRAMMAR["dates"][name])


def fault(name: str, /, **facts: object) -> Words:
    """Return a fault's words (開催日時の誤りのことば)."""
    ja, en = GRAMMAR["faults"][name]
    return Words(ja, en).fill(**facts)


def sentence(name: str, /, **parts: Words) -> Words:
    """Return one of the sentences that say what was made of a text (読みとった内容の文)."""
    ja, en = GRAMMAR["sentences"][name]
    return Words(
        ja.format(**{key: part.ja for key, part in parts.items()}),
        en.format(**{key: part.en for key, part in parts.items()}),
    )
