"""The town's own list of 通いの場 on its way into the register, told on the terminal (街の表を伝える)."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.text import visible
from layers.day.own_import import Settled, settle_own
from layers.served.clock import now_in_utc
from surveys.store.register import find_register, open_register

if TYPE_CHECKING:
    from pathlib import Path

    from geo.base.words import Lang
    from geo.town import Town


def settle_town(folder: Path, town: Town, lang: Lang, *, make: bool = False) -> Settled:
    """Take the town's own list into its register, where it has one, and print what is new (街の表).

    One that cannot be opened or written stops nothing: the list counts beside it then.

    Parameters
    ----------
    make
        Whether a register is made where there is none: by what reads or writes it.
    """
    try:
        register = open_register(folder) if make else find_register(folder)
    except InputError as error:
        settled = Settled(state="unwritten", why=error.words)
    else:
        if register is None:
            return Settled(state="none")
        try:
            settled = settle_own(town, register, now=now_in_utc())
        finally:
            register.engine.dispose()
    for words in settled.say():
        print("・" + visible(words.say(lang)), file=sys.stderr, flush=True)
    return settled
