"""Which tables the register is asked for, and with what, while something is shown."""

import functools
import gc
import re
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, event

from surveys.store.kept import KINDS
from surveys.store.tables import METADATA

_NAMED = {name: re.compile(rf"\b{name}\b") for name in METADATA.tables}
# What opens the register: emptied, it would be opened again.
_OPENING = {"_opened", "_register", "_settle"}


@dataclass(slots=True)
class Asked:
    """Statements with what was given to them."""

    statements: set[tuple[str, str]] = field(default_factory=set)

    def without(self, common):
        """Return what was asked beside some statements, whatever was given to these."""
        texts = {text for text, _ in common}
        return Asked({one for one in self.statements if one[0] not in texts})

    def names(self, id_):
        """Say whether a kind's tables were asked for; of one among others' rows, its own."""
        kind = KINDS[id_]
        tables = {one.name for one in kind.tables or KINDS[kind.lies_in].tables}
        return any(
            any(_NAMED[name].search(text) for name in tables)
            and (not kind.lies_in or f"'{id_}'" in given)
            for text, given in self.statements
        )


@contextmanager
def asking():
    """Gather what every database is asked meanwhile."""
    asked = Asked()

    def hear(_connection, _cursor, statement, parameters, _context, _many):
        asked.statements.add((statement, repr(parameters)))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def forget_answers():
    """Empty every cache of ours, so that what was read before is read again."""
    gc.unfreeze()  # what was there before the tests began is looked through, too
    for one in gc.get_objects():
        if (
            isinstance(one, functools._lru_cache_wrapper)
            and str(one.__module__).startswith(("layers.", "pages."))
            and one.__name__ not in _OPENING
        ):
            one.cache_clear()
