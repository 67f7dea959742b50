"""All files of a town, fetched one after another and looked at (街の資料を取り寄せる)."""

from __future__ import annotations

import errno
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.get.around import border_of, box_around, overpass_url
from geo.sources.get.declared import ADDRESSES, wanted_of
from geo.sources.get.download import disk_full, download
from geo.sources.get.got import KINDS, Got, Missing
from geo.sources.get.kept import load_record, save_record, told_file
from geo.sources.get.line import Line, NotGot, Stopped, say_page
from geo.sources.get.tiles import fetch_tiles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    import shapely

    from geo.base.municipal.listed import Listed
    from geo.sources.get.declared import Address, Table
    from geo.sources.get.kept import Record
    from geo.sources.where.declared import FileKind

    Check = Callable[[Path, FileKind], Words | None]

PARTS: Final = ".part"
"""The folder, inside that of the files, of what has not come whole or was not looked at yet."""


def fetch_town(  # noqa: PLR0913 - each is named
    city: Listed,
    into: Path,
    *,
    check: Check,
    today: date,
    say: Callable[[Words], None],
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[str, int, int | None], None] | None = None,
    kinds: Iterable[str] = KINDS,
    by: Iterable[str] = (),
    again: bool = False,
    table: Table = ADDRESSES,
    sleep: Callable[[float], None] = time.sleep,
) -> Got:
    """Fetch the files a town is made of from where they are to be had (街の資料を取り寄せる).

    One request at a time, with pauses, in the order of the table; streets and heights last, as
    they are asked for by the border. A file counts only once `check` has looked at it; then it
    lies in `into` and stands in the record there, which is written after each. What is there
    already, whole, is not asked for again. Whatever ends a run (a stop, a cut line, a full disk,
    a power cut), the next one goes on from where it was.

    It blocks for minutes: a page calls it from a thread of its own, passes a `stop` that reads a
    flag, and shows what `say` and `progress` were told last.

    Parameters
    ----------
    into
        The folder for the files; made where it is not there. It is one municipality's.
    check
        Told a file and what it should be; returns why it cannot be that, ``None`` where it is.
        `layers.getting.eyes.check_file` is the one with every reader's eyes.
    today
        Kept as the day the files came.
    say
        Told in a sentence what is done, as it is done.
    stop
        Asked between chunks and during waits; true ends the run within half a second, or, while a
        server is silent, at its time limit.
    progress
        Told a file's name, the bytes so far (of heights: tiles) and how many in all, ``None``
        where nobody knows; some hundred times a second at most.
    kinds
        Ids of ``where.toml`` among `KINDS`.
    by
        Ids of places to be asked in place of the usual one of their kind: ``geofabrik``.
    again
        Whether what is there already is fetched anew.
    sleep
        Seconds; for tests.

    Returns
    -------
        What is there and what is missing, with what to do about each. Missing files are no
        error: a town can be made without some.

    Raises
    ------
    InputError
        When the folder is another municipality's, the disk is full, or `by` is not in the table.
    """
    wanted = wanted_of(city, table, kinds=kinds, by=by)
    line = Line(table=table, say=say, stop=stop, sleep=sleep)
    if progress is not None:
        line.progress = progress
    run = _Run(city=city, into=into, line=line, check=check, today=today, record=_begin(into, city))
    missing: list[Missing] = []
    stopped = False
    for at, address in enumerate(wanted):
        kind = address.kind
        if not again and run.has(address):
            say(Words(f"{kind.words.ja}: もうあります", f"{kind.words.en}: there already"))
            continue
        try:
            run.fetch(address)
        except Stopped:
            stopped = True
            missing += [_not_yet(one) for one in wanted[at:] if not run.has(one)]
            break
        except NotGot as error:
            why = error.words
            missing.append(Missing(kind=kind, words=why))
            say(Words(f"{kind.words.ja}: {why.ja}", f"{kind.words.en}: {why.en}"))
    return Got(
        city=city, folder=into, files=run.record.files, missing=tuple(missing),
        stopped=stopped, answered=line.answered,
    )  # fmt: skip


@dataclass(kw_only=True)
class _Run:
    """One run, and what has come so far."""

    city: Listed
    into: Path
    line: Line
    check: Check
    today: date
    record: Record

    def has(self, address: Address) -> bool:
        return any(
            one.kind == address.kind.id and one.file == address.file for one in self.record.files
        )

    def fetch(self, address: Address) -> None:
        """Fetch one file, look at it, and put it in its place."""
        kind = address.kind
        self.line.say(
            Words(f"{kind.words.ja}を取り寄せています: {address.file}",
                  f"fetching {kind.words.en}: {address.file}")
        )  # fmt: skip
        parts = self.into / PARTS
        fresh, part = parts / address.file, parts / f"{address.file}.part"
        try:
            parts.mkdir(exist_ok=True)
            url = self._come(address, part)
            part.replace(fresh)
            self._look_at(fresh, address)
            self._keep(fresh, address, url)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise disk_full() from error
            raise

    def _come(self, address: Address, part: Path) -> str:
        """Let the file come to `part`; return the address it is kept under."""
        if address.way == "tiles":
            fetch_tiles(address, part, self._border(), self.line, name=address.file)
            return address.url
        url = address.url
        if address.way == "overpass":
            box, km2 = box_around(self._border())
            if address.most and km2 > address.most:
                raise NotGot(_too_wide(km2))
            url = overpass_url(url, box)
        return download(url, part, address, self.line, name=address.file).url

    def _look_at(self, fresh: Path, address: Address) -> None:
        self.line.say(Words(f"{fresh.name} を確かめています", f"looking at {fresh.name}"))
        why = self.check(fresh, address.kind)
        if why is None and address.kind.id == "border":
            why = _not_ours(fresh, self.city)
        if why is None:
            return
        fresh.unlink()
        page = say_page(address)
        raise NotGot(
            Words(
                f"届いた {fresh.name} は、そのままでは使えません（{why.ja}）。{page.ja}",
                f"{fresh.name} came and is of no use ({why.en}); {page.en}",
            )
        )

    def _keep(self, fresh: Path, address: Address, url: str) -> None:
        fresh.replace(self.into / fresh.name)
        on = self.today.isoformat()
        file = told_file(
            self.into / fresh.name, address.kind.id, address.id,
            address=url, on=on, date=address.date or on, column=address.column,
        )  # fmt: skip
        self.record = self.record.with_file(file)
        save_record(self.into, self.record)
        parts = self.into / PARTS
        if not any(parts.iterdir()):
            parts.rmdir()

    def _border(self) -> shapely.Geometry:
        found = [one for one in self.record.files if one.kind == "border"]
        if not found:
            raise NotGot(
                Words(
                    "市の境がないので、どこまで取り寄せるかが分かりません。市の境がそろってから、もう一度",
                    "without the border nobody knows how far to fetch: again once the border is there",
                )
            )
        try:
            return border_of(self.into / found[-1].file, self.city)[0]
        except InputError as error:
            raise NotGot(error.words) from error


def _begin(into: Path, city: Listed) -> Record:
    record = load_record(into, city)
    into.mkdir(parents=True, exist_ok=True)
    return record


def _not_ours(path: Path, city: Listed) -> Words | None:
    try:
        border_of(path, city)
    except InputError as error:
        return error.words
    return None


def _not_yet(address: Address) -> Missing:
    return Missing(
        kind=address.kind,
        words=Words(
            "まだです。もう一度取り寄せると、続きから始まります",
            "not yet: fetch again, it goes on from there",
        ),
    )


def _too_wide(km2: float) -> Words:
    return Words(
        f"街のまわりが広い（{km2:,.0f}km²）ので、ここからは取り寄せません。地方の切り出し（geofabrik）を使ってください",
        f"the town's surroundings are too wide ({km2:,.0f} km²) to be fetched from here; take the extract "
        "of the region (geofabrik)",
    )


def drop_parts(into: Path) -> None:
    """Throw away what has not come whole (途中のものを捨てる)."""
    shutil.rmtree(into / PARTS, ignore_errors=True)
