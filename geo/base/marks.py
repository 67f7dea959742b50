"""Signs nobody sees, made visible, and texts that run the other way kept apart (見えない文字).

A title with U+202E in it turned a time beside it, 06:51, into 15:60. In what people wrote such
marks stay, and files carry them as data; what is *shown* goes through `shown`. Its twin for the
field app is ``surveys/field_app/js/marks.js``, and ``tests/vectors/marks.json`` holds the two
together.
"""

from __future__ import annotations

import re
from typing import Final

# Scripts written from the right: Hebrew, Arabic and their neighbours.
_RIGHT: Final = "\u0590-\u060f\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_JOINERS: Final = "\u200c\u200d"
# Where the joiners are spelling: Arabic and Indic scripts, and emoji made of several.
_JOINED: Final = "\u0600-\u1cff\ua840-\uabff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
# A run ends with its last letter, so that a number after it stays where it was written.
_RUN: Final = f"[{_RIGHT}](?:[{_RIGHT}{_JOINERS} '\\-]*[{_RIGHT}])?"
# Control signs, marks and overrides of direction, line ends of their own kind, signs without
# width, blanks that are letters, tags.
UNSEEN: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U000e0001\U000e0020-\U000e007f"
)
_FLAG: Final = "\U0001f3f4[\U000e0020-\U000e007f]+"
# What such signs may be part of: flags of regions, emoji made of several, joined letters.
SPELLED: Final = f"{_FLAG}|[{_JOINED}][{_JOINERS}]"
_SEEN_TO: Final = re.compile(f"(?P<kept>\u2068{_RUN}\u2069|{SPELLED})|(?P<run>{_RUN})|[{UNSEEN}]")


def shown(text: str) -> str:
    """Return text as a screen, a sheet or a message shows it; done twice it is the same (見せる文字).

    A mark nobody sees becomes its number, ``［U+202E］``; words of scripts written from the right
    are isolated from what stands beside them, each run between U+2068 and U+2069. Line ends, tabs,
    selectors of a kanji's form and emoji stay. Never for what is kept, compared or written to a
    file. Cost: one pass.

    Examples
    --------
    >>> shown("サロン\u202e06:51"), shown("花の会")
    ('サロン［U+202E］06:51', '花の会')
    """
    return _SEEN_TO.sub(_told, text)


def _told(found: re.Match[str]) -> str:
    if found["kept"]:
        return found["kept"]
    if found["run"]:
        return f"\u2068{found['run']}\u2069"
    return f"［U+{ord(found[0]):04X}］"
