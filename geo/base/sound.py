"""Numbers that are none stop the run: they never become an answer (数でないものを答えにしない)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from geo.base.problems import InputError
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt


@contextmanager
def sound_numbers(doing: Words) -> Iterator[None]:
    """Refuse to go on where numpy would only warn; a block or a decorator (数の見張り).

    A division by zero, an overflow or a sum of infinities of different sign, which numpy
    answers with NaN or infinity and a warning, ends the run with a sentence. Only what runs
    in this thread is watched; `geo.network.snap`, which has threads, watches its own.

    Parameters
    ----------
    doing
        What is being done, as it stands in the sentence.

    Raises
    ------
    InputError
        In place of numpy's FloatingPointError.

    Examples
    --------
    >>> with sound_numbers(Words("割り算", "the division")):
    ...     np.zeros(1) / np.zeros(1)
    Traceback (most recent call last):
    geo.base.problems.InputError: the division met a value that is not a number; stopped...
    """
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            yield
    except FloatingPointError as error:
        raise InputError(
            Words(
                f"{doing.ja}の途中で、数でない値が出ました。"
                "まちがった数字を出さないために止めました。元のファイルの座標を確かめてください",
                f"{doing.en} met a value that is not a number; stopped, so that no wrong figure "
                "is told: check the coordinates of the source files",
            )
        ) from error


def check_finite(numbers: npt.ArrayLike, what: Words) -> None:
    """Refuse NaN and infinities (有限の数か確かめる).

    Parameters
    ----------
    numbers
        Of any shape; rows are counted along the first axis.
    what
        What they are, as it stands in the sentence.

    Raises
    ------
    InputError
        It names the first row that is no number, and how many there are.
    """
    values = np.asarray(numbers, dtype=float)
    bad = ~np.isfinite(values)
    if not bad.any():
        return
    rows = np.flatnonzero(bad if values.ndim == 1 else bad.any(axis=tuple(range(1, values.ndim))))
    raise InputError(
        Words(
            f"{what.ja}の {rows[0] + 1}番目が数ではありません（{rows.size}件）",
            f"number {rows[0] + 1} of {what.en} is not a finite number ({rows.size} of them)",
        )
    )
