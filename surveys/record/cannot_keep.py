"""A disk or a database that cannot write now, told apart from input that is wrong (書けないとき)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.problems import InputError

if TYPE_CHECKING:
    from geo.base.words import Words


class CannotKeepError(InputError):
    """Nothing is wrong with what was given: sent again later, it may be kept (いまは書けない).

    Attributes
    ----------
    full
        Whether there is no room left.
    """

    def __init__(self, words: Words, *, full: bool = False) -> None:
        super().__init__(words)
        self.full = full
