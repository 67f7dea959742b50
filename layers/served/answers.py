"""The latest answers of the running app, shared by pages and routes (動いている答え)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from geo.analysis.band import ask_band
from geo.analysis.bench_gain import bench_gains
from geo.town import ask
from layers.asked import make_question
from layers.served.register import register_stamp
from layers.served.town import stamp, town_folder, town_now
from layers.served.walking import rests_now, sloped_now, surveyed_now

if TYPE_CHECKING:
    import pandas as pd

    from geo.analysis.band import Band
    from geo.base.arrays import Flags
    from geo.coverage.coverage import Coverage
    from geo.town import Town
    from layers.asked import Asked

BENCHES = 5


def answer(asked: Asked) -> Coverage:
    """Return the coverage asked for; the last few are kept (問いの答え).

    With rests it hangs on the register too, and is found anew when that changed. Asked with a
    band, it is the run with what is known.

    Raises
    ------
    InputError
        When a part of the question is not known.
    """
    if asked.band:
        return answer_band(asked).known
    return _answer(asked, answer_stamp(asked))


def answer_band(asked: Asked) -> Band:
    """Return the coverage with the unknown taken as bad and as good (幅のある答え).

    Raises
    ------
    InputError
        As `answer`.
    """
    return _band(replace(asked, band="on"), answer_stamp(asked), _seen(asked))


def best_benches(asked: Asked) -> pd.DataFrame:
    """Return where one more bench would help most, as `geo.analysis.bench_gain.bench_gains` (ベンチを置くなら).

    Raises
    ------
    InputError
        As `answer`.
    """
    asked = replace(asked, band="")
    return _benches(asked, answer_stamp(asked))


def answer_stamp(asked: Asked) -> tuple[str, ...]:
    """Return what changes when the answer to a question may (答えの版)."""
    folder = town_folder()
    if not asked.with_register:
        return (str(folder), stamp(folder))
    return (str(folder), *register_stamp())


def answer_key(asked: Asked) -> str:
    """Return `answer_stamp` as an address may show it (地図の版).

    Of a question without the register it is the town's stamp alone.
    """
    if not asked.with_register:
        return stamp(town_folder())
    return blake2b("\n".join(answer_stamp(asked)).encode(), digest_size=8).hexdigest()


def rests_for(asked: Asked) -> pd.DataFrame | None:
    """Return the rests a question looks at, None where it has no such rule (問いの休む所)."""
    if not asked.with_stops:
        return None
    return rests_now()


def town_for(asked: Asked) -> Town:
    """Return the town a question is asked of: with slopes, those people measured too (問いの街)."""
    if not asked.slopes:
        return town_now()
    return sloped_now().town


def seen_for(asked: Asked) -> Flags | None:
    """Return (E,) the streets somebody looked at for benches, None without a rest rule (見た道)."""
    if not asked.rest:
        return None
    return np.asarray(surveyed_now() != "", dtype=bool)


def _seen(asked: Asked) -> bytes:
    """Return the streets looked at as a key: tracks change without the register's stamp."""
    seen = seen_for(asked)
    return b"" if seen is None else np.packbits(seen).tobytes()


@lru_cache(maxsize=32)
def _answer(asked: Asked, _at: tuple[str, ...]) -> Coverage:
    town = town_for(asked)
    return ask(town, make_question(asked, town), rests=rests_for(asked))


@lru_cache(maxsize=8)
def _band(asked: Asked, _at: tuple[str, ...], seen: bytes) -> Band:
    town = town_for(asked)
    bits = np.frombuffer(seen, dtype=np.uint8)
    looked = np.unpackbits(bits, count=town.network.edge_count).astype(bool) if seen else None
    question = make_question(asked, town)
    return ask_band(town, question, rests=rests_for(asked), surveyed=looked)


@lru_cache(maxsize=16)
def _benches(asked: Asked, _at: tuple[str, ...]) -> pd.DataFrame:
    town = town_for(asked)
    return bench_gains(town, make_question(asked, town), rests=rests_for(asked), count=BENCHES)
