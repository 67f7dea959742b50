"""Keep what an office writes into its reports; a version is never changed and never lost (報告に書いたこと).

Texts, numbers by hand, and which kinds a column counts. Each has an address: a report, its days, a division
and a key. The newest row of an address holds; a row without a value takes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.record.answers import is_clean
from surveys.store.engine import reading, writing
from surveys.store.tables import REPORT_WORD

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

    from surveys.store.register import Register

LONGEST_TEXT: Final = 10_000
LONGEST_WHY: Final = 200
LARGEST: Final = 10_000_000
_LONGEST_KEY: Final = 300
_LONGEST_BY: Final = 80
_MOST_LINES, _MOST_VALUES = 60, 200
_MEANWHILE: Final = Words(
    "ほかの画面で、ここが変わりました。いまの内容を見てから、もう一度書いてください",
    "this was changed elsewhere meanwhile; look at it as it is now, and write again",
)
_NO_WORD: Final = Words("報告に書いたことがありません", "nothing like it was written into a report")
_TEXT: Final = Words(
    f"文は {LONGEST_TEXT:,}字までにしてください", f"a text has at most {LONGEST_TEXT:,} characters"
)
_NUMBER: Final = Words(
    f"数は 0～{LARGEST:,} で書いてください", f"give a number of 0 to {LARGEST:,}"
)
_WHY: Final = Words(
    f"手で直すわけを {LONGEST_WHY}字までで書いてください",
    f"say in at most {LONGEST_WHY} characters why the number is another",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWord:
    """One thing written into a report (報告に書いたこと一つ).

    Attributes
    ----------
    seq
        Its number; 0 before it is kept.
    form, span, ground, key
        The report's id, its days as ``2026-04-01/2026-06-30`` ("" for every sheet of it), the division it
        counts by, and which text or number of the sheet.
    value
        A text, a number, values by line of a mapping, or None: taken back.
    why
        Of a number.
    """

    form: str
    span: str
    ground: str
    key: str
    value: Any
    why: str = ""
    by: str = ""
    made_at: str = ""
    seq: int = 0


def save_word(register: Register, word: ReportWord, *, seen: int | None = None) -> ReportWord:
    """Keep a new version of what stands at an address, and return it with its number (書いたことをしまう).

    Parameters
    ----------
    seen
        The number of the version the writer saw, 0 for none; another's since then is not written over.
        ``None`` does not look.

    Raises
    ------
    InputError
        When somebody wrote there meanwhile, or the value cannot be; nothing is kept then.
    """
    _check(word)
    with writing(register.engine) as connection:
        newest = _newest(connection, word)
        if seen is not None and seen != newest:
            raise InputError(_MEANWHILE)
        return _keep(connection, word)


def list_words(register: Register, form: str, ground: str) -> list[ReportWord]:
    """Return what holds of a report by one division, with what is said of every sheet (いま書いてあること)."""
    newest = (
        select(func.max(REPORT_WORD.c.seq))
        .where(REPORT_WORD.c.form == form, REPORT_WORD.c.ground.in_({"", ground}))
        .group_by(REPORT_WORD.c.span, REPORT_WORD.c.ground, REPORT_WORD.c.key)
    )
    chosen = select(REPORT_WORD).where(REPORT_WORD.c.seq.in_(newest)).order_by(REPORT_WORD.c.seq)
    with reading(register.engine) as connection:
        return [_word(row) for row in connection.execute(chosen).mappings()]


def list_numbers(register: Register) -> list[ReportWord]:
    """Return every number by hand that holds, of whichever report, days and division (手で直した数)."""
    newest = select(func.max(REPORT_WORD.c.seq)).group_by(
        REPORT_WORD.c.form, REPORT_WORD.c.span, REPORT_WORD.c.ground, REPORT_WORD.c.key
    )
    chosen = select(REPORT_WORD).where(REPORT_WORD.c.seq.in_(newest)).order_by(REPORT_WORD.c.seq)
    with reading(register.engine) as connection:
        words = [_word(row) for row in connection.execute(chosen).mappings()]
    return [one for one in words if isinstance(one.value, int) and one.span]


def history_of(register: Register, word: ReportWord) -> list[ReportWord]:
    """Return every version at an address, the newest first (書いたことの履歴)."""
    chosen = select(REPORT_WORD).where(*_at(word)).order_by(REPORT_WORD.c.seq.desc())
    with reading(register.engine) as connection:
        return [_word(row) for row in connection.execute(chosen).mappings()]


def find_word(register: Register, seq: int) -> ReportWord | None:
    """Return one version by its number (一つの版)."""
    with reading(register.engine) as connection:
        return _by_seq(connection, seq)


def take_word_back(register: Register, seq: int, *, now: str, by: str = "") -> ReportWord:
    """Go back to what stood at an address before a version (書く前に戻す).

    Raises
    ------
    InputError
        When there is no such version, or another was written since.
    """
    with writing(register.engine) as connection:
        word = _by_seq(connection, seq)
        if word is None:
            raise InputError(_NO_WORD)
        if _newest(connection, word) != seq:
            raise InputError(_MEANWHILE)
        older = connection.scalar(
            select(func.max(REPORT_WORD.c.seq)).where(*_at(word), REPORT_WORD.c.seq < seq)
        )
        before = _by_seq(connection, int(older)) if older else None
        value, why = (before.value, before.why) if before else (None, "")
        return _keep(connection, _again(word, value, why, by or word.by, now))


def bring_word_back(register: Register, seq: int, *, now: str = "", by: str = "") -> ReportWord:
    """Write a version once more, after it was taken back (書いたことを戻す).

    Raises
    ------
    InputError
        When there is no such version.
    """
    with writing(register.engine) as connection:
        word = _by_seq(connection, seq)
        if word is None:
            raise InputError(_NO_WORD)
        made_at = now or word.made_at
        return _keep(connection, _again(word, word.value, word.why, by or word.by, made_at))


def check_value(value: object) -> None:
    """Refuse what is no text, number or mapping of a report (値を確かめる).

    Raises
    ------
    InputError
        Saying what may be.
    """
    if value is None:
        return
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT or not is_clean(value):
            raise InputError(_TEXT)
        return
    if isinstance(value, dict):
        lines = list(value.values())
        fits = len(lines) <= _MOST_LINES and all(
            isinstance(one, list) and len(one) <= _MOST_VALUES for one in lines
        )
        texts = [*value, *(each for one in lines if isinstance(one, list) for each in one)]
        if fits and all(isinstance(one, str) and len(one) <= _LONGEST_KEY for one in texts):
            return
        raise InputError(_NO_WORD)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise InputError(_NUMBER)


def _check(word: ReportWord) -> None:
    check_value(word.value)
    if isinstance(word.value, int) and not word.why.strip():
        raise InputError(_WHY)
    if len(word.why) > LONGEST_WHY or not is_clean(word.why):
        raise InputError(_WHY)
    if not word.key or len(word.key) > _LONGEST_KEY or not is_clean(word.key):
        raise InputError(_NO_WORD)
    if len(word.by) > _LONGEST_BY or not is_clean(word.by) or not is_clean(word.ground):
        raise InputError(_NO_WORD)


def _again(word: ReportWord, value: object, why: str, by: str, now: str) -> ReportWord:
    return ReportWord(
        form=word.form, span=word.span, ground=word.ground, key=word.key, value=value, why=why,
        by=by, made_at=now,
    )  # fmt: skip


def _at(word: ReportWord) -> list[Any]:
    return [
        REPORT_WORD.c.form == word.form, REPORT_WORD.c.span == word.span,
        REPORT_WORD.c.ground == word.ground, REPORT_WORD.c.key == word.key,
    ]  # fmt: skip


def _newest(connection: Connection, word: ReportWord) -> int:
    return int(connection.scalar(select(func.max(REPORT_WORD.c.seq)).where(*_at(word))) or 0)


def _by_seq(connection: Connection, seq: int) -> ReportWord | None:
    chosen = select(REPORT_WORD).where(REPORT_WORD.c.seq == seq)
    row = connection.execute(chosen).mappings().first()
    return None if row is None else _word(row)


def _keep(connection: Connection, word: ReportWord) -> ReportWord:
    row = {name: getattr(word, name) for name in _NAMES}
    kept = connection.execute(insert(REPORT_WORD).values(row).returning(REPORT_WORD.c.seq))
    return ReportWord(**row, seq=int(kept.scalar_one()))


_NAMES: Final = ("form", "span", "ground", "key", "value", "why", "by", "made_at")


def _word(row: RowMapping) -> ReportWord:
    return ReportWord(**{name: row[name] for name in _NAMES}, seq=row["seq"])
