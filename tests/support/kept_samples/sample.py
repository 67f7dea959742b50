"""What a sample of a kind gives the contract test."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

AT = "2026-11-21T09:00:00.000Z"


def nowhere(_id):
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How to keep one of a kind, and how to know it again.

    Attributes
    ----------
    write
        Keeps one in a register and returns its id.
    read
        What stands of it, by the function pages call; ``None`` once it is taken back.
    mark
        Bytes that are in any answer which shows it.
    addresses
        Where the staff see it, of its id; none where no route serves it.
    meddle
        What another device could try against it: takes that device's signed-in client, and the id.
    """

    write: Callable[[Any], str]
    read: Callable[[Any, str], Any]
    mark: Callable[[Any, str], bytes]
    addresses: Callable[[str], tuple[str, ...]] = nowhere
    meddle: Callable[[Any, str], Any] | None = None


def text(words):
    """Return a mark that is the same wherever it stands."""
    return lambda _register, _id: words.encode()
