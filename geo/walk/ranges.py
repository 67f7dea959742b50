"""How far counts as within walking reach (徒歩圏)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.base.problems import InputError
from geo.base.text import tidy
from geo.base.words import Words

if TYPE_CHECKING:
    from geo.walk.walkers import Walker

_FORM = re.compile(r"^([0-9]+(?:\.[0-9]+)?)\s*(m|min|分|メートル)$")
_MOST_M, _MOST_MIN = 20_000.0, 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkingRange:
    """A walking range, by distance or by time (徒歩圏).

    Attributes
    ----------
    value
        Metres or minutes, > 0.
    unit
        ``"m"`` or ``"min"``.
    """

    value: float
    unit: Literal["m", "min"]

    def limit_m(self, walker: Walker) -> float:
        """Return the range in metres for a walker (その人の距離)."""
        return self.value if self.unit == "m" else self.value * walker.metres_per_min

    @property
    def text(self) -> str:
        """The range as the command line takes it, ``500m`` or ``10min`` (書き方)."""
        return f"{self.value:g}{self.unit}"

    @property
    def words(self) -> Words:
        """The range as people read it (読み方)."""
        number = f"{self.value:,g}"
        return (
            Words(f"{number}m", f"{number} m")
            if self.unit == "m"
            else Words(f"{number}分", f"{number} min")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A walking range people know, with where it comes from (よく使う徒歩圏)."""

    range: WalkingRange
    source: Words


def _metres(value: float, ja: str, en: str) -> Preset:
    return Preset(range=WalkingRange(value=value, unit="m"), source=Words(ja, en))


def _minutes(value: float, ja: str, en: str) -> Preset:
    return Preset(range=WalkingRange(value=value, unit="min"), source=Words(ja, en))


PRESETS: Final[tuple[Preset, ...]] = (
    _metres(
        250,
        "街区公園の誘致距離として使われてきた直線250m",
        "250 m straight, long used for neighbourhood parks (街区公園)",
    ),
    _metres(
        350,
        "サロンの多さと参加の関係を調べた研究の直線350m（武豊町、Hikichi ほか 2015）",
        "350 m straight, the radius in the Taketoyo salon study (Hikichi et al. 2015)",
    ),
    _metres(
        500,
        "国土交通省「都市構造の評価に関するハンドブック」の高齢者の徒歩圏（直線500m）",
        "500 m, elder people's walking radius (straight line) in MLIT's handbook on urban structure",
    ),
    _metres(
        800,
        "国土交通省「都市構造の評価に関するハンドブック」の一般的な徒歩圏（直線800m）",
        "800 m, the general walking radius (straight line) in MLIT's handbook on urban structure",
    ),
    _metres(
        1000,
        "地区公園の誘致距離として使われてきた直線1,000m",
        "1,000 m straight, long used for district parks (地区公園)",
    ),
    _minutes(5, "歩く速さから求めた距離", "distance worked out from the walker's speed"),
    _minutes(10, "歩く速さから求めた距離", "distance worked out from the walker's speed"),
    _minutes(15, "歩く速さから求めた距離", "distance worked out from the walker's speed"),
)


def parse_range(text: str) -> WalkingRange:
    """Return the walking range written as ``500m`` or ``10min`` (徒歩圏を読む).

    Raises
    ------
    InputError
        When it is not written so, is zero, or is farther than anyone walks (20 km, 300 min).

    Examples
    --------
    >>> parse_range("500m").limit_m
    <bound method WalkingRange.limit_m of WalkingRange(value=500.0, unit='m')>
    >>> parse_range("１０分").text
    '10min'
    """
    form = _FORM.match(tidy(text).lower())
    value = float(form[1]) if form else 0.0
    unit: Literal["m", "min"] = "m" if form and form[2] in ("m", "メートル") else "min"
    if not 0 < value <= (_MOST_M if unit == "m" else _MOST_MIN):
        raise InputError(
            Words(
                f"徒歩圏「{text}」が読めません。500m または 10min のように、0より大きい数で"
                "書いてください（20,000m、300分まで）",
                f"cannot read the walking range {text!r}; write 500m or 10min (above 0, at most 20000m or 300min)",
            )
        )
    return WalkingRange(value=value, unit=unit)
