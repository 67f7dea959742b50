"""What the demo's office wrote into its report of a quarter, and a number by hand (報告に書いたこと)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from surveys.demo.diary import COORDINATOR
from surveys.store.report_words import ReportWord, save_word

if TYPE_CHECKING:
    from surveys.store.register import Register

TEXTS: Final = {
    "told/a/doing": "移動販売の止まる所と、店先のいすを増やす相談を続けている。",
    "told/a/result": "緑ヶ丘西公園前に移動販売が週に一度来るようになった。",
    "told/a/issue": "坂の上にはまだ止まる所がない。",
    "told/b/doing": "民生委員の定例会とケアマネジャーの連絡会に毎回出ている。",
    "told/b/result": "支え合いの冊子を九つの窓口に置いた。",
    "told/b/issue": "医療機関とのつながりが少ない。",
    "told/c/doing": "ごみ出し、通院の足、買い物の相談を、会や店につないでいる。",
    "told/c/result": "団地では同じ棟の当番がごみ出しを手伝うことになった。",
    "told/c/issue": "助け合い送迎は運転する人が四人で、休む人が出ると回らない。",
    "told/d/doing": "第1層と第2層の協議体で、休む所の少ない道を地図で見た。",
    "told/d/result": "停留所を会館の入口の前へ移すことを市に提案し、実現した。",
    "told/d/issue": "東圏域の協議体はまだ開いていない。",
}
# What had become of some of it three months later.
LATER: Final = {
    "told/a/doing": "店先のいすを三店から出す話が進んでいる。緑ヶ丘三丁目で集いの場になる空き家を探している。",
    "told/a/issue": "坂の上にはまだ止まる所がない。駅前と市役所のあいだは座れる所が二か所しかない。",
    "told/b/result": "九つの窓口の冊子がなくなり、三十冊ずつ足した。",
    "told/d/issue": "東圏域の協議体の世話役が決まっていない。",
}
HELD: Final = 3
WHY: Final = "講座は活動記録に書いていないので、申込みの名簿から数えた"


def quarter_before(day: date) -> tuple[date, date]:
    """Return the first and last day of the quarter before a day's own (前の四半期).

    Examples
    --------
    >>> [str(one) for one in quarter_before(date(2026, 2, 10))]
    ['2025-10-01', '2025-12-31']
    """
    last = date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last


def write_report_words(register: Register, *, division: str, today: date) -> None:
    """Write the texts of the last two quarters, and one number by hand in each (報告に書く).

    So the quarter of today begins with what was written last, and the last with what came before.

    Parameters
    ----------
    division
        By whose areas the office counts.
    """
    late = quarter_before(today)
    early = quarter_before(late[0])
    for (first, last), texts in ((early, TEXTS), (late, TEXTS | LATER)):
        words: list[tuple[str, str | int, str]] = [(key, text, "") for key, text in texts.items()]
        words.append((f"work/{first:%Y-%m}/held", HELD, WHY))
        written_on = min(last + timedelta(days=5), today)
        for key, value, why in words:
            save_word(register, ReportWord(
                form="quarter", span=f"{first}/{last}", ground=division, key=key, value=value, why=why,
                by=COORDINATOR, made_at=f"{written_on}T01:30:00+00:00",
            ))  # fmt: skip
