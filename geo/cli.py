"""The ``kayoi`` command: finds its sub-commands and speaks the user's language (コマンド)."""

from __future__ import annotations

import errno
import io
import os
import platform
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, cast

from geo.base.arguments import Parser, join_negatives
from geo.base.lang import choose_lang
from geo.base.problems import InputError
from geo.base.text import visible
from geo.base.version import VERSION
from geo.base.words import Words

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from geo.base.words import Lang

GROUP = "kayoi.commands"
_NO_FOLDER: Final = Words("そのフォルダがありません", "there is no such folder")
_WHY: Final = {
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EACCES: Words("許可がありません", "it is not permitted"),
    errno.EPERM: Words("許可がありません", "it is not permitted"),
    errno.EROFS: Words("書きこめない場所です", "the place is read-only"),
    errno.EISDIR: Words("フォルダです", "it is a folder"),
    errno.ENOSPC: Words("ディスクがいっぱいです", "the disk is full"),
}


class Command(Protocol):
    """What a module of the group ``kayoi.commands`` holds (コマンドの型)."""

    WORDS: Words

    @staticmethod
    def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
        """Declare the command's arguments (引数)."""

    @staticmethod
    def run(args: argparse.Namespace, lang: Lang) -> None:
        """Do the work, or raise `InputError` (実行)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``kayoi`` (実行する).

    Returns 0, or 2 after one clear message for bad arguments or input.
    """
    lang = choose_lang()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a name no terminal can show
    argv = list(sys.argv[1:] if argv is None else argv)
    found = {point.name: point for point in entry_points(group=GROUP)}
    if not argv or argv[0] in {"-h", "--help"}:
        sys.stdout.write(_usage(sorted(found), lang))
        return 0
    if argv[0] == "--version":
        sys.stdout.write(f"kayoi {VERSION} (Python {platform.python_version()})\n")
        return 0
    if argv[0] not in found:
        words = Words(
            f"「{argv[0]}」というコマンドはありません。あるもの: {'、'.join(sorted(found))}",
            f"there is no command {argv[0]!r}; there are {', '.join(sorted(found))}",
        )
        return _refuse(words, lang)
    command = cast("Command", found[argv[0]].load())
    parser = Parser(
        prog=f"kayoi {argv[0]}",
        description=command.WORDS.say(lang),
        allow_abbrev=False,
        lang=lang,
    )
    command.add_arguments(parser, lang)
    return _run(command, parser.parse_args(join_negatives(argv[1:])), lang, name=parser.prog)


def _run(command: Command, args: argparse.Namespace, lang: Lang, *, name: str = "kayoi") -> int:
    try:
        command.run(args, lang)
    except InputError as error:
        return _refuse(error.words, lang, name)
    except BrokenPipeError:
        # Whoever read it has enough, as `head` has: what is left must not be written at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _refuse(say_os_error(error), lang, name)
    except UnicodeError as error:
        words = Words(
            f"文字がこわれています（{error}）。ファイルを作り直してください",
            f"broken text ({error}); make the file again",
        )
        return _refuse(words, lang, name)
    except KeyboardInterrupt:
        return 130
    return 0


def say_os_error(error: OSError) -> Words:
    """Return which file could not be read or written, as the person named it, and why (読み書きできないわけ)."""
    file = Path(str(error.filename or ""))
    if file.name.startswith(".") and file.suffix == ".part":
        file = file.with_name(file.name[1:].removesuffix(".part"))
    if not error.filename:
        said = str(error) or type(error).__name__
        return Words(f"うまくいきません: {said}", f"it failed: {said}")
    why = _WHY.get(error.errno or 0)
    ja, en = (why.ja, why.en) if why else (error.strerror or "", error.strerror or "")
    return Words(
        f"ファイルを読み書きできません: {file}（{ja}）", f"cannot read or write {file} ({en})"
    )


def _refuse(words: Words, lang: Lang, name: str = "kayoi") -> int:
    sys.stderr.write(f"{name}: {visible(words.say(lang))}\n")
    return 2


def _usage(names: list[str], lang: Lang) -> str:
    head = Words(
        "使い方: kayoi コマンド …（kayoi コマンド --help で説明）",
        "usage: kayoi COMMAND … (kayoi COMMAND --help)",
    )
    return head.say(lang) + "\n" + "".join(f"  kayoi {name}\n" for name in names)


if __name__ == "__main__":
    sys.exit(main())
