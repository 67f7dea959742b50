"""What the commands on the register share (コマンドの共通)."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geo.base.arguments import make_adder
from geo.base.files import save_bytes
from geo.base.text import visible
from geo.base.words import Words, count_in_english
from surveys.store.disk import disk_in_words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from geo.base.arguments import Add
    from geo.base.words import Lang
    from surveys.store.manifest import Summary

_SHOWN, _NAME = 10, 80


def declare_actions(
    parser: argparse.ArgumentParser, lang: Lang, *actions: tuple[str, Words, Callable[[Add], None]]
) -> None:
    """Declare a command's actions, each with its own arguments (することを並べる)."""
    found = parser.add_subparsers(
        dest="action",
        required=True,
        metavar="ACTION",
        help=Words("すること", "what to do").say(lang),
    )
    for name, words, declare in actions:
        one = found.add_parser(
            name, help=words.say(lang), description=words.say(lang), allow_abbrev=False, lang=lang
        )
        declare(make_adder(one, lang))


def tell(words: Words, lang: Lang, *, mark: str = "") -> None:
    """Print one line, whatever signs a file's names hold (一行言う)."""
    print(mark + visible(words.say(lang)))


def read_clock() -> str:
    """Return the time now in UTC, as the register keeps times (いまの時刻)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def make_id() -> str:
    """Return an id nobody else has (新しい id)."""
    return uuid.uuid4().hex


def save_export(path: Path, data: bytes) -> None:
    """Write a file whole or not at all (書き出す).

    Raises
    ------
    InputError
        When the disk is full or may not be written; what was there is left as it was.
    """
    with disk_in_words(path):
        try:
            save_bytes(path, data)
        except OSError:
            # A full disk is freed of what was begun.
            path.with_name(f".{path.name}.part").unlink(missing_ok=True)
            raise


def say_summary(summary: Summary) -> list[Words]:
    """Return what a backup holds in sentences (控えの中身を言う)."""
    size = max(1, round(summary.bytes / 1_000_000))
    held = Words(
        f"地点と活動記録 {summary.sites:,}・記録の版 {summary.versions:,}・写真 {summary.photos:,}"
        f"（約{size:,} MB、{summary.made_at} の控え）",
        f"{count_in_english(summary.sites, 'site or log entry', 'sites and log entries')}, "
        f"{count_in_english(summary.versions, 'version')}, "
        f"{count_in_english(summary.photos, 'photo')}"
        f" (about {size:,} MB, made at {summary.made_at})",
    )
    faults = (
        Words(f"もとの台帳の合わないところ: {one.ja}", f"at fault in the register: {one.en}")
        for one in summary.faults
    )
    return [held, *faults, *_say_left(summary.left_out), *_say_accounts(summary.accounts)]


def _say_left(names: tuple[str, ...]) -> list[Words]:
    if not names:
        return []
    shown = ", ".join(visible(one[:_NAME]) for one in names[:_SHOWN])
    more = len(names) - _SHOWN
    return [
        Words(
            f"かよいマップのものでないので、戻さなかったもの: {shown}"
            + (f" ほか {more}" if more > 0 else ""),
            f"not restored, for it is none of Kayoi Map's: {shown}"
            + (f" and {more} more" if more > 0 else ""),
        )
    ]


def _say_accounts(names: tuple[str, ...]) -> list[Words]:
    if not names:
        return []
    shown = ", ".join(visible(one) for one in names)
    return [
        Words(
            f"サインインできる人: {shown}。知らない名前があれば kayoi user disable で止めてください",
            f"these may sign in: {shown}; disable a name you do not know by kayoi user disable",
        )
    ]
