"""The city's list of parks, and short ways to say what stands in one (公園の一覧と物)."""

from __future__ import annotations

from typing import Any, Final

# From the list of parks the city publishes: kind, area in square metres, opened, tended by.
LISTED: Final = {
    "中央公園": ("neighbourhood", 12600, "1968-04", "中央公園愛護会"),
    "寺町公園": ("neighbourhood_block", 2450, "1974", "寺町自治会"),
    "仲町公園": ("neighbourhood_block", 2100, "1971", "仲町自治会"),
    "駅南河畔公園": ("neighbourhood", 9800, "1992-07", "河畔公園愛護会"),
    "東町公園": ("neighbourhood_block", 2600, "1979", "東町自治会"),
    "川向公園": ("neighbourhood_block", 2300, "1981", "川向自治会"),
    "西町公園": ("neighbourhood_block", 1900, "1976", "西町自治会"),
    "緑ヶ丘西公園": ("neighbourhood_block", 1560, "1984-10", "緑ヶ丘自治会"),
    "団地中央公園": ("neighbourhood_block", 1900, "1973", "団地自治会"),
    "新町けやき公園": ("neighbourhood_block", 2100, "2012-04", "新町自治会"),
    "下新田農村公園": ("rural", 1140, "1998", "下新田自治会"),
}


def bench(id_: str, back: str = "yes", seat: int | None = 42, **more: object) -> dict[str, Any]:
    """Return one bench (ベンチひとつ)."""
    seen = {"_id": id_, "back": back, "armrest": "no", "condition": "good", "material": "wood"}
    return seen | ({} if seat is None else {"seat_cm": seat, "seat_count": 3}) | more


def door(id_: str, width_cm: int, step_cm: float, **more: object) -> dict[str, Any]:
    """Return one way in (出入口ひとつ)."""
    return {"_id": id_, "width_cm": width_cm, "step_cm": step_cm, "grade_percent": 2, **more}


def wc(id_: str, wheelchair: str, clean: str, **more: object) -> dict[str, Any]:
    """Return one toilet (トイレひとつ)."""
    seen = {"_id": id_, "parting": "separate", "wheelchair": wheelchair, "handrail": wheelchair}
    return seen | {"clean": clean, "kind": "flush"} | more


def gear(id_: str, kind: str, condition: str = "good", count: int = 1) -> dict[str, Any]:
    """Return one piece of equipment (健康遊具ひとつ)."""
    return {"_id": id_, "kind": kind, "count": count, "board": "yes", "condition": condition}


def slope(id_: str, kind: str, **more: object) -> dict[str, Any]:
    """Return one slope or flight of steps (坂・階段ひとつ)."""
    return {"_id": id_, "kind": kind, **more}
