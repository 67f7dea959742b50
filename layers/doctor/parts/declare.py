"""What a check of an installation is, and what it finds (確かめの宣言)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

State = Literal["good", "careful", "mend"]
STATES: Final[dict[State, Words]] = {
    "good": Words("よい", "good"),
    "careful": Words("気をつける", "careful"),
    "mend": Words("なおす", "mend"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is looked over (見る相手).

    Attributes
    ----------
    folder
        The town's.
    named
        Whether somebody named it, or it is the usual one.
    host, port
        Where the app is, or is to be, served.
    secure
        Whether it serves https itself.
    environment
        The variables that are set. Passwords may be inside.
    now
        With its zone.
    """

    folder: Path
    named: bool
    host: str
    port: int
    secure: bool
    environment: Mapping[str, str]
    now: datetime


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the answer: how it is, and what to do (見たこと)."""

    state: State
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check (確かめ).

    Attributes
    ----------
    id
        The name of its file.
    order
        Its place in the answer.
    words
        What is looked at.
    look
        Looks, and changes nothing; one finding or several.
    """

    id: str
    order: int
    words: Words
    look: Callable[[Subject], list[Finding]]


def good(ja: str, en: str) -> Finding:
    """Return that nothing need be done (よい)."""
    return Finding("good", Words(ja, en))


def careful(ja: str, en: str) -> Finding:
    """Return that one should know of it (気をつける)."""
    return Finding("careful", Words(ja, en))


def mend(ja: str, en: str) -> Finding:
    """Return that something must be done (なおす)."""
    return Finding("mend", Words(ja, en))
