"""Tries to sign in are counted, so that nobody tries for long (サインインの回数).

By name and by the address they come from; in the register, so that a new start forgets nothing.
"""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from surveys.accounts.moments import read_time, say_time
from surveys.store import accounts as store

if TYPE_CHECKING:
    from datetime import datetime

    from surveys.store.register import Register

WINDOW: Final = timedelta(minutes=15)
TRIES_OF_NAME: Final = 10
# While others make a name wait, one try is left to each place that has not failed with it: nobody
# is kept out for good by somebody elsewhere who types wrong passwords all day.
TRIES_LEFT: Final = 1
# One office, one address.
TRIES_OF_ADDRESS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Too many tries: how long to wait (待つ時間)."""

    seconds: int


def begin_try(register: Register, name: str, address: str, *, now: datetime) -> Wait | None:
    """Count a try before it is made; say when to come again if there were too many (数える).

    Counted first, so that many at the same moment are not more than one after another.
    """

    def count(key: str) -> tuple[int, str]:
        return store.count_try(register, key, at=say_time(now), since=say_time(now - WINDOW))

    tries, first = count(address_key(address))
    if tries > TRIES_OF_ADDRESS:
        return _wait(first, now)
    here, _ = count(place_key(name, address))
    tries, first = count(name_key(name))
    return _wait(first, now) if tries > TRIES_OF_NAME and here > TRIES_LEFT else None


def end_tries(register: Register, name: str, address: str) -> None:
    """Forget a name's tries once it signed in (忘れる)."""
    store.forget_tries(register, name_key=name_key(name), address_key=address_key(address))


def _wait(first: str, now: datetime) -> Wait:
    # Never longer than the window, whatever another clock wrote.
    left = min(read_time(first) + WINDOW - now, WINDOW)
    return Wait(seconds=max(1, round(left.total_seconds())))


def place_key(name: str, address: str) -> str:
    """Return the key of a name at one address; it begins with the name's own (名前と場所の鍵)."""
    place = hashlib.sha256(address_key(address).encode("utf-8", "replace")).hexdigest()
    return f"{name_key(name)}@{place[:32]}"


def name_key(name: str) -> str:
    """Return the key a name is counted under; people type passwords there too (名前の鍵)."""
    return "name:" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def address_key(address: str) -> str:
    """Return the key an address is counted under; IPv6 gives each house a /64 (アドレスの鍵).

    Examples
    --------
    >>> address_key("2001:db8::1") == address_key("2001:db8::2")
    True
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return f"address:{address[:80]}"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return f"address:{found.ipv4_mapped}"
        return f"address:{ipaddress.ip_network((found, 64), strict=False)}"
    return f"address:{found}"
