"""How old the last backup is (控え)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from geo.base.dates import say_date
from geo.base.words import Words
from layers.doctor.parts.declare import Check, Finding, careful, good, mend
from layers.doctor.register import address
from surveys.record.as_of import JAPAN
from surveys.store.backup_note import last_beside, last_noted
from surveys.store.backup_place import find_last
from surveys.store.looking import file_of, look_at

if TYPE_CHECKING:
    from layers.doctor.parts.declare import Subject

WEEK: Final = timedelta(days=7)
MONTH: Final = timedelta(days=31)


def look(subject: Subject) -> list[Finding]:
    """Look for the last backup where one is noted, chosen to be, or lies beside (控えを見る).

    Raises
    ------
    InputError
        When the register cannot be read.
    """
    url, folder = address(subject), subject.folder
    file = file_of(url)
    if file is not None and not file.is_file():
        return [good("とるものは、まだありません", "there is nothing to back up yet")]
    seen = look_at(url)
    if not seen.versions:
        return [good("とるものは、まだありません", "there is nothing to back up yet")]
    places = [find_last(seen.backup_place)] if seen.backup_place else []
    found = [one for one in (last_noted(folder), last_beside(folder), *places) if one]
    if not found:
        return [careful(
            f"とった記録が見つかりません。kayoi backup --town {folder} FILE.zip でとり、"
            "別の機械に写してください",
            f"none is known; kayoi backup --town {folder} FILE.zip makes one: copy it to another machine",
        )]  # fmt: skip
    last = max(found)
    day = last.astimezone(JAPAN).date()
    ja, en = f"前の控えは {say_date(day, 'ja')}", f"the last was made {say_date(day, 'en')}"
    age = subject.now - last
    if age > MONTH:
        return [mend(f"{ja}。ひと月より前です。控えをとってください（kayoi backup）",
                     f"{en}, more than a month ago: back up (kayoi backup)")]  # fmt: skip
    if age > WEEK:
        return [careful(f"{ja}。1週間より前です。控えをとる時期です（kayoi backup）",
                        f"{en}, more than a week ago: a backup is due (kayoi backup)")]  # fmt: skip
    return [good(f"{ja}。別の機械に写してあるか、確かめてください",
                 f"{en}; see that a copy lies on another machine")]  # fmt: skip


CHECK = Check(id="backup", order=90, words=Words("控え", "Backup"), look=look)
