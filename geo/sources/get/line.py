"""One line to the servers: one request at a time, with pauses, redirects and retries (たずね方)."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from geo.base.problems import InputError
from geo.base.version import VERSION
from geo.base.words import Words
from geo.sources.get.declared import may_ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geo.sources.get.declared import Address, Table

AGENT: Final = f"KayoiMap/{VERSION} (walking coverage of community salons; kayoi get)"
_SLICE_S: Final = 0.5  # a wait is left within that when somebody stops
_MOST_MOVES: Final = 5
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({404, 410})
_LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED: Final = 400


class Stopped(Exception):  # noqa: N818 - nothing is wrong
    """Somebody said stop; what came so far is kept (止められた)."""


class NotGot(InputError):  # noqa: N818 - as the person says it
    """A file could not be had, and what to do (取り寄せられない).

    Attributes
    ----------
    gone
        Whether the server says that there is no such file.
    """

    def __init__(self, words: Words, *, gone: bool = False) -> None:
        super().__init__(words)
        self.gone = gone


class Cut(Exception):  # noqa: N818 - it is tried again
    """A line was cut or a server is busy; asked again after a while (あとでもう一度).

    Attributes
    ----------
    words
        What happened.
    wait_s
        What the server asked for; ``None`` where it did not say.
    unreached
        Whether no server answered at all.
    """

    def __init__(
        self, words: Words, *, wait_s: float | None = None, unreached: bool = False
    ) -> None:
        super().__init__(words.en)
        self.words = words
        self.wait_s = wait_s
        self.unreached = unreached


def _ignore(_name: str, _done: int, _total: int | None) -> None:
    pass


@dataclass(kw_only=True)
class Line:
    """What asks the servers, and whom it tells (回線).

    Attributes
    ----------
    table
        Whose manner is kept.
    say
        Told in words what is done.
    stop
        Asked between chunks and while waiting; true to stop.
    progress
        Told a file's name, the bytes (of tiles: the tiles) so far, and how many in all, ``None``
        where the server does not say.
    sleep
        Seconds; a test gives its own.
    answered
        Whether any server ever answered.
    offline
        Whether a file was given up before any did: then each other server is asked just once.
    """

    table: Table
    say: Callable[[Words], None]
    stop: Callable[[], bool] = lambda: False
    progress: Callable[[str, int, int | None], None] = _ignore
    sleep: Callable[[float], None] = time.sleep
    answered: bool = False
    session: requests.Session = field(default_factory=requests.Session)
    offline: bool = False
    _asked: bool = False

    @property
    def tries(self) -> int:
        """How many failures in a row give a file up: one where no server answered yet (何度まで)."""
        return 1 if self.offline and not self.answered else self.table.manner.tries

    def check_stop(self) -> None:
        """Raise `Stopped` when somebody said stop (止められたか)."""
        if self.stop():
            raise Stopped

    def wait(self, seconds: float) -> None:
        """Wait, in pieces, so that a stop is heard (待つ)."""
        left = seconds
        self.check_stop()
        while left > 0:
            self.sleep(min(left, _SLICE_S))
            left -= _SLICE_S
            self.check_stop()

    @contextmanager
    def opened(
        self, url: str, address: Address, headers: Mapping[str, str]
    ) -> Iterator[requests.Response]:
        """Ask for an address, a pause after the one before; its answer, body unread (たずねる).

        Redirects are followed to https and the servers of the table only.

        Raises
        ------
        NotGot
            The address has moved out of reach, or is refused for good.
        Cut
            Nobody answers, or the server asks to come again.
        Stopped
            While waiting.
        """
        response = self._follow(url, address, headers)
        try:
            _check_status(response.status_code, response.headers, address, self)
            yield response
        except (requests.RequestException, HTTPError) as error:
            raise Cut(Words("途中で切れました", "the line was cut")) from error
        finally:
            response.close()

    def _follow(self, url: str, address: Address, headers: Mapping[str, str]) -> requests.Response:
        for _ in range(_MOST_MOVES + 1):
            if not may_ask(url, address.hosts, self.table.plain_hosts):
                raise _elsewhere(url, address)
            response = self._ask(url, headers)
            moved = response.headers.get("Location", "")
            if response.status_code not in _MOVED or not moved:
                return response
            response.close()
            url = urljoin(url, moved)
        raise _elsewhere(url, address)

    def _ask(self, url: str, headers: Mapping[str, str]) -> requests.Response:
        if self._asked:
            self.wait(self.table.manner.pause_s)
        self.check_stop()
        self._asked = True
        try:
            response = self.session.get(
                url, headers={"User-Agent": AGENT, **headers}, stream=True, allow_redirects=False,
                timeout=self.table.manner.timeout_s,
            )  # fmt: skip
        except requests.RequestException as error:
            raise Cut(_unreached(urlsplit(url).hostname or "", error), unreached=True) from error
        self.answered = True
        return response


def _unreached(host: str, error: requests.RequestException) -> Words:
    if isinstance(error, requests.exceptions.SSLError):
        return Words(
            f"{host} に安全につなげません（証明書を確かめられません）。庁内の中継のためなら、情報担当に聞いてください",
            f"no safe line to {host} (its certificate cannot be checked); where your office's own proxy is "
            "the cause, ask those who run it",
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return Words(
            f"庁内の中継（プロキシ）が {host} へつないでくれません。情報担当に聞いてください",
            f"your office's proxy does not lead to {host}; ask those who run it",
        )
    return Words(f"{host} につながりません", f"{host} cannot be reached")


def waits(manner_first_s: float, failures: int) -> float:
    """Return how long to wait after so many failures in a row, seconds (失敗のあとの待ち時間).

    Examples
    --------
    >>> [waits(3.0, n) for n in (1, 2, 3)]
    [3.0, 6.0, 12.0]
    """
    return float(manner_first_s * 2 ** (failures - 1))


def parse_retry_after(text: str | None, now: datetime) -> float | None:
    """Return the seconds of ``Retry-After``, a number or a date; ``None`` for none (待てと言われた時間).

    Examples
    --------
    >>> noon = datetime(2026, 7, 9, 12, tzinfo=UTC)
    >>> parse_retry_after("20", noon), parse_retry_after("Thu, 09 Jul 2026 12:01:00 GMT", noon)
    (20.0, 60.0)
    >>> parse_retry_after("soon", noon), parse_retry_after(None, noon)
    (None, None)
    """
    plain = (text or "").strip()
    if plain.isascii() and plain.isdecimal():
        return float(plain)
    try:
        at = parsedate_to_datetime(plain)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())


def say_page(address: Address) -> Words:
    """Return which page to open instead (かわりに開くページ)."""
    page = address.place.page
    return Words(
        f"このページを開いて、自分で保存してください: {page}", f"open this page and save it: {page}"
    )


def _check_status(status: int, headers: Mapping[str, str], address: Address, line: Line) -> None:
    if status in _LATER:
        wait_s = parse_retry_after(headers.get("Retry-After"), datetime.now(UTC))
        longest_s = line.table.manner.longest_wait_s
        if wait_s is not None and wait_s > longest_s:
            raise NotGot(_come_later(wait_s))
        raise Cut(
            Words(
                f"サーバーが混んでいるか、止まっています（{status}）",
                f"the server is busy or out of order ({status})",
            ),
            wait_s=wait_s,
        )
    page = say_page(address)
    if status in _GONE:
        raise NotGot(
            Words(
                f"アドレスが変わったようで、ファイルがありません（{status}）。{page.ja}",
                f"the address seems to have changed, there is no file ({status}); {page.en}",
            ),
            gone=True,
        )
    if status >= _REFUSED and status != 416:  # noqa: PLR2004 - the range is no more: asked whole
        raise NotGot(
            Words(
                f"サーバーが断りました（{status}）。{page.ja}",
                f"the server refused ({status}); {page.en}",
            )
        )


def _come_later(wait_s: float) -> Words:
    minutes = -int(-wait_s // 60)
    return Words(
        f"サーバーが、{minutes}分ほど待ってほしいと言っています。そのあと、もう一度取り寄せてください",
        f"the server asks to come again in {minutes} minutes; fetch again after that",
    )


def _elsewhere(url: str, address: Address) -> NotGot:
    host, page = urlsplit(url).netloc, say_page(address)
    return NotGot(
        Words(
            f"アドレスが、この表にない所（{host}）へ移っています。{page.ja}",
            f"the address has moved to {host}, which is not in the table; {page.en}",
        )
    )
