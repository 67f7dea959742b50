"""What changed between two days in the town being served (二つの日のあいだの増減)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.once import kept_once
from layers.asked import make_question
from layers.day.ledger import ledger_between
from layers.day.look import names_counted, since_look
from layers.served.answers import answer_stamp, day_for
from layers.served.register import register_now
from layers.served.walking import day_now
from surveys.store.looks import Look, find_look, keep_look

if TYPE_CHECKING:
    from geo.analysis.ledger import Ledger
    from geo.coverage.coverage import Coverage
    from layers.asked import Asked
    from layers.day.look import SinceLook
    from layers.day.salons import When


def ledger_now(asked: Asked, before: When) -> tuple[Ledger, Coverage]:
    """Return what became of the people from a day to the question's, and the later answer (増減の内訳).

    The last few are kept, as the answers are.

    Raises
    ------
    InputError
        When a part of the question is not known.
    """
    return _ledger(asked, before, answer_stamp(asked))


def changed_since_look(who: str, now: str) -> SinceLook:
    """Return what changed since somebody last said that they have looked (前に見たときから).

    At a first visit nothing did, and the list is kept as looked at.

    Parameters
    ----------
    who
        The account's id, "" where nobody need sign in.
    now
        The moment in UTC.
    """
    day = day_now()
    look = find_look(register_now(), who)
    if look is None:
        look = keep_looked(who, now)
    return since_look(look.at, look.salons, day)


def keep_looked(who: str, now: str) -> Look:
    """Keep the list of now as looked at (見た、と残す).

    Raises
    ------
    InputError
        When the register cannot be written.
    """
    look = Look(who=who, at=now, salons=names_counted(day_now()))
    keep_look(register_now(), look)
    return look


@kept_once(most=8)
def _ledger(asked: Asked, before: When, _at: tuple[str, ...]) -> tuple[Ledger, Coverage]:
    after = day_for(asked)
    return ledger_between(after.at(before), after, make_question(asked, after.built))
