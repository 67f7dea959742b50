"""Who walks: how fast, on what, and how far without sitting down (歩行者像)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from geo.base.problems import InputError
from geo.base.registry import by_id
from geo.base.text import tidy
from geo.base.words import Words

Slope = Literal["tobler", "energy", "none"]
Steps = Literal["walk", "bar"]

# A setting, not a measured value: seconds a metre of rise on steps adds, up and down alike
# (日本財団図書館の報告 also takes steps down to be as hard for elders as steps up).
STEP_S_PER_M: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Walker:
    """One kind of walker (歩行者像).

    Attributes
    ----------
    id
        Short English name, as the command line takes it.
    words
        What people call it.
    speed_m_s
        Speed on the flat in metres a second.
    slope
        How a grade is charged where heights are used: ``tobler`` by the time it takes
        (Tobler 1993, scaled to the walker's own speed), ``energy`` by the energy of walking
        (Minetti et al. 2002), ``none`` not at all (a motor climbs).
    downhill_bonus
        Whether going down may be quicker than the flat. Elder walkers get none.
    steps
        ``walk`` or ``bar``: the walker cannot use steps.
    trails
        ``walk`` or ``bar``: the walker cannot use mountain paths (OSM `sac_scale` from T2).
    step_s_per_m
        Seconds added for each metre of rise on steps, up and down alike.
    warn_grade, bar_grade
        Grades (rise over run) from which a street is a warning, and above which it cannot be
        used; None for never.
    rest_m
        The longest stretch this walker usually goes without sitting, metres; None where a
        rest is not usually needed.
    source
        Where the speed comes from.
    """

    id: str
    words: Words
    speed_m_s: float
    slope: Slope = "tobler"
    downhill_bonus: bool = False
    steps: Steps = "walk"
    trails: Steps = "walk"
    step_s_per_m: float = STEP_S_PER_M
    warn_grade: float | None = 0.08
    bar_grade: float | None = None
    rest_m: float | None = None
    source: Words

    @property
    def metres_per_min(self) -> float:
        """Metres a minute (分速)."""
        return self.speed_m_s * 60.0


WALKERS: dict[str, Walker] = by_id(
    (
        Walker(
            id="elderly",
            words=Words("高齢者", "elder"),
            speed_m_s=1.0,
            source=Words(
                "秒速1.0m（歩行が遅いとされる境目の速さ。横断歩道の設計にも使われる）",
                "1.0 m/s (the line of slow gait, also used to design crossings)",
            ),
        ),
        Walker(
            id="general",
            words=Words("一般", "general"),
            speed_m_s=1.33,
            downhill_bonus=True,
            source=Words(
                "秒速1.33m（不動産の表示に関する公正競争規約施行規則の分速80m）",
                "1.33 m/s (80 m a minute, Japan's fair-competition code for property advertising)",
            ),
        ),
        Walker(
            id="slow",
            words=Words("ゆっくり", "slow"),
            speed_m_s=0.8,
            rest_m=200.0,
            source=Words(
                "秒速0.8m（フレイルの目安とされる歩く速さ）",
                "0.8 m/s (a gait speed taken as a sign of frailty)",
            ),
        ),
        Walker(
            id="cane",
            words=Words("杖・歩行器", "cane or walking frame"),
            speed_m_s=0.6,
            slope="energy",
            steps="bar",
            trails="bar",
            rest_m=150.0,
            source=Words(
                "秒速0.6m（目安として置いた値で、出典はない。地域で歩いて測った値に直す）。階段と登山道は使わない",
                "0.6 m/s (a setting without a source: put in what you measure); uses no steps and no mountain paths",
            ),
        ),
        Walker(
            id="scooter",
            words=Words("電動シニアカー", "mobility scooter"),
            speed_m_s=6.0 / 3.6,
            slope="none",
            steps="bar",
            trails="bar",
            source=Words(
                "時速6km（道路交通法の上限。ふだんはこれより遅い）。階段は使わない。8％からは注意の坂",
                "6 km/h (the most the Road Traffic Act allows; usually slower); uses no steps; "
                "grades from 8 % are a warning",
            ),
        ),
    )
)

CUSTOM: Final = "custom"
_FORM: Final = re.compile(r"^[0-9]+(?:\.[0-9]+)?$")
_SLOWEST, _FASTEST = 0.1, 3.0
_STEEPEST = 0.5


def parse_walker(text: str) -> Walker:
    """Return the walker of that id, or a custom one (歩行者像を選ぶ).

    A custom walker is the elder one with changes: ``custom:speed=0.7,steps=bar``. Keys:
    ``speed`` (m/s, 0.1–3), ``slope`` (tobler, energy, none), ``steps`` and ``trails`` (walk, bar),
    ``bonus`` (yes, no: quicker downhill), ``bar`` (steepest grade in per cent that can be used).

    Raises
    ------
    InputError
        When the id or a part of a custom walker is not known.

    Examples
    --------
    >>> parse_walker("slow").metres_per_min
    48.0
    >>> parse_walker("custom:speed=0.7,steps=bar,bar=12").bar_grade
    0.12
    """
    text = tidy(text)
    if text in WALKERS:
        return WALKERS[text]
    name, colon, rest = text.partition(":")
    if name != CUSTOM or not colon:
        known = ", ".join((*WALKERS, "custom:speed=0.7,steps=bar"))
        raise InputError(
            Words(
                f"歩行者像「{text}」は分かりません。次から選んでください: {known}",
                f"unknown walker {text!r}; choose one of {known}",
            )
        )
    walker = replace(
        WALKERS["elderly"],
        id=text,
        words=Words("自分で決めた人", "custom"),
        source=Words("自分で決めた値", "set by hand"),
    )
    for part in rest.split(","):
        walker = _change(walker, *part.partition("=")[::2], text)
    speed = f"{walker.speed_m_s:g}"
    return replace(
        walker,
        source=Words(f"秒速{speed}m（自分で決めた値）", f"{speed} m/s (set by hand)"),
    )


def _change(walker: Walker, key: str, value: str, text: str) -> Walker:
    number = float(value) if _FORM.match(value) else None
    if key == "speed" and number is not None and _SLOWEST <= number <= _FASTEST:
        return replace(walker, speed_m_s=number)
    if key == "slope" and value in ("tobler", "energy", "none"):
        return replace(walker, slope=value)  # type: ignore[arg-type] # one of the three
    if key == "steps" and value in ("walk", "bar"):
        return replace(walker, steps=value)  # type: ignore[arg-type] # one of the two
    if key == "trails" and value in ("walk", "bar"):
        return replace(walker, trails=value)  # type: ignore[arg-type] # one of the two
    if key == "bonus" and value in ("yes", "no"):
        return replace(walker, downhill_bonus=value == "yes")
    if key == "bar" and number is not None and 0 < number / 100 <= _STEEPEST:
        return replace(walker, bar_grade=number / 100)
    raise InputError(
        Words(
            f"歩行者像「{text}」の「{key}={value}」が分かりません。"
            "custom:speed=0.7,slope=energy,steps=bar,bonus=no,bar=12 のように書いてください",
            f"cannot read {key}={value} of the walker {text!r}; write it as "
            "custom:speed=0.7,slope=energy,steps=bar,bonus=no,bar=12",
        )
    )
