"""The day a file says it is of, in a line beside its table (書いてある基準日)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from geo.base.dates import parse_date
from geo.base.problems import InputError
from geo.base.text import tidy

if TYPE_CHECKING:
    from datetime import date

    from layers.inspected.seen import Seen

_AS_OF: Final = re.compile(
    r"((?:令和|平成|[RH])[ .]?(?:元|[0-9]{1,2})[年.] ?[0-9]{1,2}[月.] ?[0-9]{1,2}日?"
    r"|20[0-9]{2} ?[年/.-] ?[0-9]{1,2} ?[月/.-] ?[0-9]{1,2}日?) ?(?:現在|時点)"
)


def written_day(seen: Seen) -> date | None:
    """Return the one day a file's own lines say it is of, ``None`` for none or several (いつのものか).

    Read of what stands above or below a table and was not used as a row of it.

    Examples
    --------
    >>> from geo.base.words import Words
    >>> from layers.inspected.seen import Seen
    >>> trap = Words("a.csv 1行目 （人口　令和８年４月１日現在）: 表の上にある行", "")
    >>> written_day(Seen(file="a.csv", size=1, kind=Words("表", "table"), traps=(trap,)))
    datetime.date(2026, 4, 1)
    """
    found = {text.replace(" ", "") for one in seen.traps for text in _AS_OF.findall(tidy(one.ja))}
    days = set()
    for text in found:
        try:
            days.add(parse_date(text))
        except InputError:
            return None
    return days.pop() if len(days) == 1 else None
