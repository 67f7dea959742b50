"""The process that builds, or fetches: ``python -m layers.making.child FOLDER build`` (つくる仕事の中身)."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import traceback
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.stopping import stop_in_order
from geo.base.words import Words
from geo.say.sentences import say_streets_left_out
from geo.sources.build import build_new
from geo.sources.editions import drop_next, take_next
from geo.sources.get.kept import source_facts
from geo.sources.get.town import fetch_town
from geo.sources.own_folder import holds_town
from layers.getting.eyes import check_file
from layers.making.choose import choose
from layers.making.cities import city_of, name_of
from layers.making.draft import read_draft
from layers.making.matching import leave_waiting, match_parts
from layers.making.partly import fetched_of, note_unfinished, say_unfinished
from layers.making.sources import join_parts, make_recipe, standing_recipe
from layers.making.taking import Dropped, take_files
from layers.making.work import Doing, Work, beat, is_asked_to_stop, save_work, written_work
from layers.served.clock import now_in_utc
from surveys.record.as_of import JAPAN
from surveys.store.disk import disk_in_words

if TYPE_CHECKING:
    from geo.town import Town

_EVERY_S: Final = 2.0
_SHOWN: Final = 40
_OURS: Final = Words(
    "プログラムの誤りでつくれませんでした。making/work.log を添えて、知らせてください",
    "a fault of the program; report it with the file making/work.log",
)


def main(folder: Path, doing: Doing = "build") -> int:
    """Build or fetch, saying how far it is; 0 when it was done (つくる)."""
    done = threading.Event()
    beat(folder)  # to begin takes long where others are at work
    threading.Thread(target=_live, args=(folder, done), daemon=True).start()
    work = written_work(folder)
    try:
        with stop_in_order(), disk_in_words(folder):
            work = (_build if doing == "build" else _fetch)(folder, work)
    except InputError as error:
        work = replace(written_work(folder), state="failed", why=error.words)
    except SystemExit:
        if doing == "build":
            drop_next(folder)
        work = replace(written_work(folder), state="stopped")
    except Exception:  # noqa: BLE001 - told to the person in words, in full in the log
        traceback.print_exc()
        work = replace(written_work(folder), state="failed", why=_OURS)
    finally:
        done.set()
    save_work(folder, replace(work, ended_at=time.time()))
    return 0 if work.state in ("ready", "done", "fetched") else 1


def _build(folder: Path, work: Work) -> Work:
    def say(words: Words) -> None:
        nonlocal work
        work = replace(work, steps=(*work.steps, words))
        save_work(folder, work)
        print(words.ja, flush=True)  # noqa: T201 - the log

    say(Words("ファイルを写しています", "copying files"))
    draft = read_draft(folder)
    standing = standing_recipe(folder)
    called = standing.name if standing is not None else ""
    city = city_of(draft, called)
    parts = join_parts(draft, choose(draft, city), standing)
    name = name_of(draft, city, called)
    matched = {} if "division" in parts.roles() else match_parts(folder, parts, name)
    used = leave_waiting(parts, matched)
    waiting = [one.words for one in matched.values() if not one.good]
    recipe = make_recipe(folder, used, name, standing)
    first = not holds_town(folder)
    notes = note_unfinished(say_unfinished(folder, parts, city))
    town, report = build_new(folder, recipe, say, take=False, notes=notes)
    told = [*waiting[:1], *_say_off(town), *report.notices, *say_streets_left_out(town)]
    told += [Words(one.say("ja"), one.say("en")) for one in report.problems[:_SHOWN]]
    if first:
        take_next(folder)
    return replace(work, state="done" if first else "ready", told=tuple(told))


def _say_off(town: Town) -> list[Words]:
    """Return which 通いの場 no street is near: no figure counts them."""
    salons = town.salons
    off = salons[town.site_snaps(salons).edge < 0] if len(salons) and not town.streetless else None
    if off is None or off.empty:
        return []
    names = "・".join(map(str, off["name"]))
    return [
        Words(
            f"道につながらず、数えられない通いの場 {len(off):,}か所（{names}）",
            f"{len(off):,} salons are near no street and are not counted ({names})",
        )
    ]


def _fetch(folder: Path, work: Work) -> Work:
    """Fetch what a town is made of, and put it among the files given."""
    standing = standing_recipe(folder)
    city = city_of(read_draft(folder), standing.name if standing is not None else "")
    if city is None:
        raise InputError(Words("市区町村を選んでください", "choose a municipality"))

    def say(words: Words) -> None:
        nonlocal work
        work = replace(work, steps=(*work.steps, words))
        save_work(folder, work)

    said = 0.0

    def progress(name: str, done: int, total: int | None) -> None:
        nonlocal said
        if time.monotonic() - said > 1.0:
            said = time.monotonic()
            amount = f"{done:,}" if total is None else f"{done:,} / {total:,}"
            save_work(
                folder,
                replace(work, steps=(*work.steps, Words(f"{name} {amount}", f"{name} {amount}"))),
            )

    into = fetched_of(folder, city)
    got = fetch_town(
        city, into, check=check_file, today=datetime.now(JAPAN).date(), say=say,
        stop=lambda: is_asked_to_stop(folder), progress=progress,
    )  # fmt: skip
    have = {one.sha256 for one in read_draft(folder).files}
    new = [one for one in got.files if one.sha256 not in have]
    say(Words("届いたファイルを見ています", "looking at what came"))
    dropped = [
        Dropped(name=one.file, data=into / one.file, facts=source_facts(into / one.file))
        for one in new
    ]
    take_files(folder, dropped, now_in_utc(), lambda *_: None)
    came = Words(f"届いたファイル {len(new)}", f"{len(new)} files came")
    missing = [
        Words(f"{one.kind.words.ja}：{one.words.ja}", f"{one.kind.words.en}: {one.words.en}")
        for one in got.missing
    ]
    return replace(work, state="stopped" if got.stopped else "fetched", told=(came, *missing))


def _live(folder: Path, done: threading.Event) -> None:
    """Say that the work lives, and stop it when somebody asks."""
    while not done.wait(_EVERY_S):
        beat(folder)
        if (
            is_asked_to_stop(folder) and written_work(folder).doing == "build"
        ):  # a fetch looks itself
            os.kill(os.getpid(), signal.SIGTERM)
            return


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), "fetch" if sys.argv[2:] == ["fetch"] else "build"))
