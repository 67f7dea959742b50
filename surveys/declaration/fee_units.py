"""What an amount of money is for: a time, a month, a book of tickets (参加費の単位)."""

from __future__ import annotations

from typing import Final

from surveys.declaration.common_fields import options

FEE_UNITS: Final = options(
    ("once", "1回", "a time", "1回あたり", "回", "1回につき"),
    ("month", "1か月", "a month", "月", "月額", "1ヶ月", "1カ月"),
    ("year", "1年", "a year", "年", "年額", "年会費"),
    ("ticket", "回数券", "a book of tickets", "チケット"),
    ("goods", "飲食・材料代", "food, drink or material", "飲み物代", "食事代", "材料費"),
    ("actual", "実費", "what it costs", "実費負担"),
    ("other", "その他", "other", "そのほか"),
)
