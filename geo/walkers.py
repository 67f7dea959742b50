"""Who walks, and how fast (歩行者像)."""

from __future__ import annotations

from dataclasses import dataclass

from geo.problems import InputError
from geo.words import Words


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
    source
        Where the speed comes from.
    """

    id: str
    words: Words
    speed_m_s: float
    source: Words

    @property
    def metres_per_min(self) -> float:
        """Metres a minute (分速)."""
        return self.speed_m_s * 60.0


WALKERS: dict[str, Walker] = {
    walker.id: walker
    for walker in (
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
            source=Words(
                "秒速1.33m（不動産の表示に関する公正競争規約施行規則の分速80m）",
                "1.33 m/s (80 m a minute, Japan's fair-competition code for property advertising)",
            ),
        ),
        Walker(
            id="slow",
            words=Words("ゆっくり", "slow"),
            speed_m_s=0.8,
            source=Words(
                "秒速0.8m（フレイルの目安とされる歩く速さ）",
                "0.8 m/s (a gait speed taken as a sign of frailty)",
            ),
        ),
    )
}


def parse_walker(text: str) -> Walker:
    """Return the walker of that id (歩行者像を選ぶ).

    Examples
    --------
    >>> parse_walker("slow").metres_per_min
    48.0
    """
    if text not in WALKERS:
        known = ", ".join(WALKERS)
        raise InputError(
            Words(
                f"歩行者像「{text}」は分かりません。次から選んでください: {known}",
                f"unknown walker {text!r}; choose one of {known}",
            )
        )
    return WALKERS[text]
