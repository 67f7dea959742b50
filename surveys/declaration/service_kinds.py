"""The kinds of support a town's people need and give: one list for both sides (生活支援の種類).

小坂町（秋田県）, 協議体設置要綱 第4条第2項 (1) to (8).
"""

from __future__ import annotations

from typing import Final

from surveys.declaration.common_fields import options

SERVICE_KINDS: Final = options(
    ("carer", "介護者支援", "for carers", "介護者の支援", "家族会"),
    ("housework", "家事援助", "housework", "家事支援", "生活支援", "ゴミ出し"),
    ("salon", "交流サロン", "salon", "交流の場", "通いの場", "サロン"),
    ("outing", "外出支援", "going out", "移動支援", "送迎"),
    ("meal_delivery", "配食・配送", "meals and delivery", "配食", "宅配", "食材の宅配"),
    ("watch", "見守り・安否確認", "looking in", "見守りや安否確認", "見守り", "安否確認"),
    ("health", "健康相談", "health advice", "健康"),
    ("other", "その他", "other", "そのほか"),
)
