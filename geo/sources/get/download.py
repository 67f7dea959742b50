"""One file fetched, going on where an earlier try ended (ファイルを取り寄せる)."""

from __future__ import annotations

import errno
import json
import re
import shutil
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from geo.base.files import hash_file, save_text
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.get.line import Cut, NotGot, say_page, waits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import requests

    from geo.sources.get.declared import Address
    from geo.sources.get.line import Line

_CHUNK: Final = 1 << 16
_ON: Final = 1 << 20  # bytes more, after which a failure counts as the first again
_ROOM: Final = 32 << 20  # bytes to be left on the disk
_PARTIAL, _NO_RANGE = 206, 416
_RANGE: Final = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_PLAIN: Final = "identity"
_WEAK: Final = "W/"
_PAGE: Final = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server said of a file (サーバーの言ったこと).

    Attributes
    ----------
    url
        The address after all redirects.
    etag, last_modified
        By which it knows whether the file is still the same; "" where it does not say.
    size
        Bytes in all; ``None`` where it does not say.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    size: int | None = None

    @property
    def mark(self) -> str:
        """What a range may be asked by (続きをたずねる印)."""
        strong = self.etag if not self.etag.startswith(_WEAK) else ""
        return strong or self.last_modified


def download(
    url: str, part: Path, address: Address, line: Line, *, name: str, quiet: bool = False
) -> Fetched:
    """Fetch a file to `part`, whole; what was there of it is gone on from (取り寄せる).

    Beside it ``<part>.json`` says which file `part` is the beginning of. It goes on only where the
    server knows the file again by its ETag or date, and gives what was asked for; else anew.

    Parameters
    ----------
    part
        In a folder that exists. A stop, a cut line and a full disk leave it to be gone on from.
    name
        What the file is called, as it is told and as `Address.sha256` knows it.
    quiet
        Whether the bytes so far are told nobody: of one of many small files.

    Raises
    ------
    NotGot
        The address moved, the server refuses, answers a page instead of a file, gives another
        length or fingerprint than told, or the line is cut again and again.
    Stopped
        Somebody said stop.
    InputError
        The disk is full.
    """
    failures, best = 0, _size(part)
    while True:
        try:
            fetched = _once(url, part, address, line, "" if quiet else name)
            break
        except Cut as cut:
            failures = 1 if _size(part) >= best + _ON else failures + 1
            best = max(best, _size(part))
            if failures >= line.tries:
                line.offline = line.offline or cut.unreached
                raise NotGot(_given_up(cut, part)) from cut
            wait_s = cut.wait_s
            wait_s = waits(line.table.manner.first_wait_s, failures) if wait_s is None else wait_s
            line.say(
                Words(
                    f"{name}: {cut.words.ja}。{wait_s:.0f}秒待って、もう一度取り寄せます",
                    f"{name}: {cut.words.en}; asking again in {wait_s:.0f} s",
                )
            )
            line.wait(wait_s)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise disk_full() from error
            raise
    _check_print(part, address, name)
    _note_of(part).unlink(missing_ok=True)
    return fetched


def disk_full() -> InputError:
    """Return what is said of a full disk (ディスクがいっぱい)."""
    return InputError(
        Words(
            "ディスクがいっぱいで、書けません。いらないファイルを片づけて、もう一度取り寄せてください。"
            "ここまでのものは残っていて、続きから始まります",
            "the disk is full: make room and fetch again; what came so far is kept and gone on from",
        )
    )


def _once(url: str, part: Path, address: Address, line: Line, name: str) -> Fetched:
    told = _told_before(url, part)
    have = _size(part) if told else 0
    if told and have == told.size:  # it was whole already when the run before ended
        return told
    headers = {"Accept-Encoding": _PLAIN if address.way == "file" else "gzip"}
    if told and have:
        headers |= {"Range": f"bytes={have}-", "If-Range": told.mark}
    with line.opened(url, address, headers) as response:
        if response.status_code == _NO_RANGE:
            _drop(part)
            raise Cut(Words("続きがもらえません", "the rest is not given"), wait_s=0)
        went_on = response.status_code == _PARTIAL
        if went_on and not _goes_on(response.headers, told, have):
            _drop(part)
            raise Cut(Words("相手のファイルが変わりました", "the file has changed"), wait_s=0)
        have = have if went_on else 0
        fetched = _fetched(response, have)
        _check_room(part, (fetched.size or have) - have)
        if not went_on:
            told = None
            part.unlink(missing_ok=True)
            save_text(_note_of(part), json.dumps({"asked": url, **asdict(fetched)}))
        _write(response, part, fetched, line, name, have)
    if _is_page(part):
        _drop(part)
        page = say_page(address)
        raise NotGot(
            Words(
                f"ファイルの代わりに、画面（HTML）が返ってきました。{page.ja}",
                f"a page (HTML) came instead of the file; {page.en}",
            )
        )
    _check_length(part, fetched.size)
    return fetched


def _write(
    response: requests.Response, part: Path, fetched: Fetched, line: Line, name: str, have: int
) -> None:
    with part.open("ab" if have else "wb") as file:
        for chunk in _chunks(response):
            file.write(chunk)
            have += len(chunk)
            if name:
                line.progress(name, have, fetched.size)
            line.check_stop()


def _chunks(response: requests.Response) -> Iterator[bytes]:
    """Yield what comes as it comes: of a slow line little is lost, and a stop is heard at once."""
    if response.headers.get("Content-Encoding", _PLAIN) != _PLAIN:
        yield from response.iter_content(_CHUNK)
        return
    while chunk := response.raw.read1(_CHUNK):
        yield chunk


def _fetched(response: requests.Response, have: int) -> Fetched:
    if response.headers.get("Content-Encoding", _PLAIN) != _PLAIN:
        return Fetched(url=response.url)  # what is kept is unpacked: bytes of another count
    length = response.headers.get("Content-Length", "")
    return Fetched(
        url=response.url,
        etag=response.headers.get("ETag", ""),
        last_modified=response.headers.get("Last-Modified", ""),
        size=have + int(length) if length.isdecimal() else None,
    )


def _goes_on(headers: Mapping[str, str], told: Fetched | None, have: int) -> bool:
    """Say whether an answer is the rest of what is there."""
    form = _RANGE.fullmatch(headers.get("Content-Range", ""))
    if told is None or form is None or int(form[1]) != have:
        return False
    if told.size is not None and form[2] not in ("*", str(told.size)):
        return False
    return all(headers.get(key, old) == old for key, old in
               (("ETag", told.etag), ("Last-Modified", told.last_modified)) if old)  # fmt: skip


def _told_before(url: str, part: Path) -> Fetched | None:
    """Return what the server said when `part` was begun, ``None`` where it cannot be gone on from."""
    try:
        told: dict[str, Any] = json.loads(_note_of(part).read_text(encoding="utf-8"))
        asked = told.pop("asked")
        before = Fetched(**told)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return before if asked == url and before.mark else None


def _check_room(part: Path, more: int) -> None:
    if more + _ROOM > shutil.disk_usage(part.parent).free:
        raise disk_full()


def _check_length(part: Path, size: int | None) -> None:
    have = _size(part)
    if size is None or have == size:
        return
    if have < size:
        raise Cut(Words("途中で切れました", "the line was cut"))
    _drop(part)
    raise NotGot(
        Words(
            f"長さが合いません（{size:,} のはずが {have:,} バイト）。もう一度取り寄せてください",
            f"the length is wrong ({have:,} bytes instead of {size:,}): fetch again",
        )
    )


def _check_print(part: Path, address: Address, name: str) -> None:
    known = address.sha256.get(name)
    if known is None or hash_file(part) == known:
        return
    _drop(part)
    page = say_page(address)
    raise NotGot(
        Words(
            f"{name} の指紋（sha256）が、表にあるものとちがうので使いません。途中で変わったか、新しいものに"
            f"なっています。{page.ja}",
            f"{name} has another fingerprint (sha256) than the table tells, so it is not used: it "
            f"was changed on the way, or is a newer one; {page.en}",
        )
    )


def _given_up(cut: Cut, part: Path) -> Words:
    have = _size(part)
    kept = Words(
        f"{have:,} バイトまで来ています。" if have else "", f"{have:,} bytes came. " if have else ""
    )
    return Words(
        f"{cut.words.ja}。{kept.ja}しばらくしてもう一度取り寄せると、続きから始まります",
        f"{cut.words.en}. {kept.en}Fetch again later: it goes on from there",
    )


def _is_page(part: Path) -> bool:
    with part.open("rb") as file:
        return _PAGE.match(file.read(200)) is not None


def _size(part: Path) -> int:
    return part.stat().st_size if part.is_file() else 0


def _note_of(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _drop(part: Path) -> None:
    part.unlink(missing_ok=True)
    _note_of(part).unlink(missing_ok=True)
