"""Why a record names somebody: a type that asks it is watched (個人情報を残すわけ).

What is noticed, and where it is hidden, is `surveys.record.privacy`.
"""

from __future__ import annotations

from typing import Final

from geo.base.words import Words
from surveys.declaration.common_fields import text

PRIVATE_REASON: Final = text("private_reason", "個人情報を残すわけ", "Why it names somebody",
    office=True, carried=False,
    help=Words("個人の名前や電話番号をどうしても残すときだけ、わけを書きます。",
        "Only where a person's name or number has to stay: why."),
)  # fmt: skip
