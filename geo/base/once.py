"""What was made for somebody is kept, and made once for all who ask for it meanwhile (一度だけつくる)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import update_wrapper
from typing import TYPE_CHECKING, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_Asked = ParamSpec("_Asked")
_Made = TypeVar("_Made")


class Once(Generic[_Asked, _Made]):
    """A function whose last values are kept; who asks for one that is being made waits for it (一度だけ).

    `functools.lru_cache` has a value made by everybody who asks before the first has it: a page and
    the pictures on it, say, which ask at the same moment, and each takes the longer for it.
    What raises is not kept. A function must not ask for its own value. Keys are positional.
    """

    def __init__(self, make: Callable[_Asked, _Made], most: int) -> None:
        self._make, self._most = make, most
        self._kept: OrderedDict[Hashable, _Made] = OrderedDict()
        self._turns: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        update_wrapper(self, make)

    def __call__(self, *args: _Asked.args, **kwargs: _Asked.kwargs) -> _Made:
        """Return the value, made at most once at a time (値)."""
        key: Hashable = (args, tuple(sorted(kwargs.items())))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                made = self._make(*args, **kwargs)
                with self._lock:
                    self._kept[key] = made
                    while len(self._kept) > self._most:
                        self._kept.popitem(last=False)
            finally:
                with self._lock:
                    self._turns.pop(key, None)
        return made

    def held(self, *args: _Asked.args, **kwargs: _Asked.kwargs) -> _Made | None:
        """Return the value if it is there already; nothing is made (もうある値)."""
        with self._lock:
            return self._kept.get((args, tuple(sorted(kwargs.items()))))

    def cache_clear(self) -> None:
        """Forget all values (忘れる)."""
        with self._lock:
            self._kept.clear()


def kept_once(most: int) -> Callable[[Callable[_Asked, _Made]], Once[_Asked, _Made]]:
    """Return a decorator that keeps a function's last values, each made once (一度だけつくって残す).

    Examples
    --------
    >>> @kept_once(most=2)
    ... def double(number: int) -> int:
    ...     return 2 * number
    >>> double.held(3), double(3), double.held(3)
    (None, 6, 6)
    """

    def wrap(make: Callable[_Asked, _Made]) -> Once[_Asked, _Made]:
        return Once(make, most)

    return wrap
