"""How much of the server one connection, one address and all of them may take (入口の限り)."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final

# Of the files a process may open, what is kept for its own: databases, photos, tiles, uploads.
_OWN_SHARE: Final = 4
_FEWEST: Final = 16
_MOST: Final = 2000
_MOST_OF_ONE: Final = 200
_IPV6: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the door allows (入口の限り).

    An office behind one address has thirty people of six connections each. Times are of a radio
    that comes and goes: a body of somebody signed in need only go on, not be quick.

    Attributes
    ----------
    connections
        In all.
    known
        Of these, how many only addresses get from which somebody has signed in.
    of_one
        From one address (of IPv6, one network of 64 bits).
    greeting_s
        For the handshake of https.
    first_s, head_s
        To the first byte of a request, and to its whole head.
    unsigned_s
        To the whole body of a request nobody signed in has made: a form of a name and a password.
    window_s, window_bytes
        In each such time, that much of any other body must come.
    rest_s
        For what is left of a body that was answered before it was whole.
    answer_s
        For a reader that takes nothing of its answer.
    own_grace_s, grace_s
        Where one address has all its places, or all are taken, whoever has kept us waiting for
        longer makes room. An own address has no other help; in all, each that makes room costs
        taking in another.
    sweep_s
        How often all this is looked at.
    """

    connections: int
    known: int
    of_one: int
    greeting_s: float = 6.0
    first_s: float = 6.0
    head_s: float = 10.0
    unsigned_s: float = 8.0
    window_s: float = 30.0
    window_bytes: int = 1_000
    rest_s: float = 30.0
    answer_s: float = 60.0
    own_grace_s: float = 0.25
    grace_s: float = 3.0
    sweep_s: float = 0.5


def make_bounds(files: int) -> Bounds:
    """Return the bounds for a process that may open so many files (限りをつくる).

    Examples
    --------
    >>> bounds = make_bounds(1024)
    >>> bounds.connections, bounds.known, bounds.of_one
    (768, 192, 200)
    """
    connections = min(_MOST, max(_FEWEST, files - files // _OWN_SHARE))
    return Bounds(
        connections=connections,
        known=connections // 4,
        of_one=min(_MOST_OF_ONE, max(_FEWEST // 2, connections // 3)),
    )


def group_of(address: str) -> str:
    """Return what one person's connections are counted by: an IPv6 reader has a whole network (数える単位).

    Examples
    --------
    >>> group_of("::ffff:192.0.2.7"), group_of("2001:db8:1:2:3::9"), group_of("?")
    ('192.0.2.7', '2001:db8:1:2::/64', '?')
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == _IPV6:
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        if not found.is_loopback:
            return str(ip_network((found, 64), strict=False))
    return str(found)
