"""The connections there are, and which of them have had their time (つながりの台帳)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal

from layers.door.bounds import group_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from layers.door.bounds import Bounds

# greeting: the handshake of https; head: a request is waited for; body: its body; rest: a body
# that was answered before it was whole; busy: we are at work; socket: a page's own connection.
Stage = Literal["greeting", "head", "body", "rest", "busy", "socket"]
_MOST_KNOWN: Final = 10_000


class Visit:
    """One connection (つながりひとつ).

    Attributes
    ----------
    group
        What its address is counted by.
    cut
        Ends it at once.
    look
        Brings `stage` up to date: reading goes on and stops without a byte coming.
    stage, since
        What it is at, and since when.
    took, marked, marked_at
        Bytes that came; how many there were at the last mark, and when that was.
    signed_in
        Whether its request is of somebody signed in.
    stuck_at
        Since when its reader takes nothing.
    """

    __slots__ = (
        "cut", "group", "look", "marked", "marked_at", "signed_in", "since", "stage", "stuck_at",
        "took",
    )  # fmt: skip

    def __init__(self, group: str, now: float) -> None:
        self.group = group
        self.cut: Callable[[], object] = lambda: None
        self.look: Callable[[], object] = lambda: None
        self.stage: Stage = "greeting"
        self.since = self.marked_at = now
        self.took = self.marked = 0
        self.signed_in = False
        self.stuck_at: float | None = None

    def enter(self, stage: Stage, now: float) -> None:
        """Go over to another stage; staying in one starts nothing anew (次の段に入る)."""
        if stage == self.stage:
            return
        self.stage, self.since = stage, now
        self.marked, self.marked_at = self.took, now
        if stage == "head":
            self.signed_in = False

    def waits(self) -> bool:
        """Say whether it keeps us waiting, and nobody who signed in does (待たせているか)."""
        return self.stage in {"greeting", "head"} or (self.stage == "body" and not self.signed_in)


class Visits:
    """All connections, counted (つながりの台帳).

    Parameters
    ----------
    proxies
        Addresses that speak for many: the bound for one address is not theirs.
    clock
        Seconds that only grow.
    """

    def __init__(
        self, bounds: Bounds, clock: Callable[[], float], proxies: Iterable[str] = ()
    ) -> None:
        self.bounds = bounds
        self.clock = clock
        self._proxies = {group_of(one) for one in proxies}
        self._all: dict[Visit, None] = {}
        self._of: Counter[str] = Counter()
        self._known: dict[str, None] = {}
        self._none_before: dict[str | None, float] = {}

    def __len__(self) -> int:
        """Return how many there are (数)."""
        return len(self._all)

    def admit(self, address: str) -> Visit | None:
        """Return a new connection's place; ``None`` when there is none for it (入れる).

        Where there is none, the one goes that has kept us waiting longest: a silent connection
        must not keep out somebody who has something to say.
        """
        group, now = group_of(address), self.clock()
        own = self._of[group] >= self.bounds.of_one and group not in self._proxies
        if own or self._is_full(group):
            idle = self._find_idle(now, group if own else None)
            if idle is None:
                return None
            self.leave(idle)
            idle.cut()
        visit = Visit(group, now)
        self._all[visit] = None
        self._of[group] += 1
        return visit

    def leave(self, visit: Visit) -> None:
        """Forget a connection that ended; twice is once (出る)."""
        if visit in self._all:
            del self._all[visit]
            self._of[visit.group] -= 1
            if not self._of[visit.group]:
                del self._of[visit.group]

    def know(self, visit: Visit) -> None:
        """Remember that somebody signed in is behind an address (知っている住所)."""
        visit.signed_in = True
        self._known.pop(visit.group, None)
        self._known[visit.group] = None
        if len(self._known) > _MOST_KNOWN:
            del self._known[next(iter(self._known))]

    def knows(self, visit: Visit) -> bool:
        """Say whether somebody has signed in from where it comes (知っているか)."""
        return visit.group in self._known

    def sweep(self) -> int:
        """Cut the connections that have had their time, and return how many (見回る)."""
        for visit in self._all:
            visit.look()
        now = self.clock()
        self._none_before = {
            group: until for group, until in self._none_before.items() if until > now
        }
        late = [one for one in self._all if self._is_late(one, now)]
        for visit in late:
            self.leave(visit)
            visit.cut()
        return len(late)

    def _is_full(self, group: str) -> bool:
        most = self.bounds.connections
        return len(self._all) >= (most if group in self._known else most - self.bounds.known)

    def _find_idle(self, now: float, group: str | None) -> Visit | None:
        """Return who has waited longest, of one address or of all nobody has signed in from."""
        if now < self._none_before.get(group, now):
            return None
        grace = self.bounds.grace_s if group is None else self.bounds.own_grace_s
        found: Visit | None = None
        for one in self._all:
            asked = one.group not in self._known if group is None else one.group == group
            if asked and one.waits() and (found is None or one.since < found.since):
                found = one
        if found is not None and now - found.since >= grace:
            return found
        # Whoever begins to wait later is not due sooner: looked for again no earlier.
        self._none_before[group] = (now if found is None else found.since) + grace
        return None

    def _is_late(self, visit: Visit, now: float) -> bool:
        bounds, spent = self.bounds, now - visit.since
        if visit.stuck_at is not None and now - visit.stuck_at > bounds.answer_s:
            return True
        limits: dict[Stage, float] = {
            "greeting": bounds.greeting_s,
            # Silent, or in the midst of a head.
            "head": bounds.first_s if visit.took == visit.marked else bounds.head_s,
            "body": bounds.unsigned_s,
            "rest": bounds.rest_s,
        }
        if visit.stage == "body" and visit.signed_in:
            return self._stands_still(visit, now)
        return visit.stage in limits and spent > limits[visit.stage]

    def _stands_still(self, visit: Visit, now: float) -> bool:
        if now - visit.marked_at <= self.bounds.window_s:
            return False
        still = visit.took - visit.marked < self.bounds.window_bytes
        visit.marked, visit.marked_at = visit.took, now
        return still
