"""Arguments of a command: declared with their words, faults told in one sentence (引数の宣言)."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.base.words import Lang

Add = Callable[..., None]


class Parser(argparse.ArgumentParser):
    """An argument parser whose help and errors speak the user's language (引数を読む).

    Parameters
    ----------
    lang
        Of everything it prints; a sub-command's parser is given its own.
    add_help
        Whether ``--help`` is an argument; further keywords are `argparse.ArgumentParser`'s.
    """

    def __init__(self, *, lang: Lang = "ja", add_help: bool = True, **more: Any) -> None:  # noqa: ANN401 - argparse's own
        super().__init__(add_help=False, formatter_class=_FORMATS[lang], **more)
        self.lang = lang
        for name in (None, "store"):
            self.register("action", name, _Once)
        self._positionals.title = _GIVEN.say(lang)
        self._optionals.title = _OPTIONS.say(lang)
        if add_help:
            self.add_argument(
                "-h", "--help", action="help", default=argparse.SUPPRESS, help=_HELP.say(lang)
            )

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and leave with 2 (誤りを言って終わる)."""
        sys.stderr.write(f"{self.prog}: {_told(message).say(self.lang)}\n")
        sys.exit(2)


class _Once(argparse._StoreAction):  # noqa: SLF001 - what argparse itself stores a value with
    """Stores a value once: of two, the first would be left out unsaid."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        told = vars(namespace).setdefault(_SAID, set())
        if self.option_strings and self.dest in told:
            raise argparse.ArgumentError(self, _TWICE)
        told.add(self.dest)
        super().__call__(parser, namespace, values, option_string)


def join_negatives(argv: Sequence[str]) -> list[str]:
    """Return arguments in which a value such as ``-5m`` stands with its option (負の値をつなぐ).

    Else it would be taken for an option, and what is wrong with it could not be said.

    Examples
    --------
    >>> join_negatives(["--within", "-5m", "--add", "-138.6,35"])
    ['--within=-5m', '--add=-138.6,35']
    """
    joined: list[str] = []
    for one in argv:
        before = joined[-1] if joined else ""
        if _NEGATIVE.match(one) and before.startswith("--") and "=" not in before:
            joined[-1] = f"{before}={one}"
        else:
            joined.append(one)
    return joined


def make_adder(parser: argparse.ArgumentParser, lang: Lang) -> Add:
    """Return ``add(name, ja, en, **more)``, which declares one argument with its words (引数を足す)."""

    def add(name: str, ja: str, en: str, **more: Any) -> None:  # noqa: ANN401 - argparse's own
        parser.add_argument(name, help=Words(ja, en).say(lang), **more)

    return add


class _English(argparse.HelpFormatter):
    """Help as argparse lays it out."""


class _Japanese(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)


_FORMATS: dict[Lang, type[argparse.HelpFormatter]] = {"ja": _Japanese, "en": _English}
_GIVEN = Words("渡すもの", "arguments")
_OPTIONS = Words("選べるもの", "options")
_HELP = Words("この説明を出して終わる", "show this help and leave")
_SAID, _TWICE = "_said", "given twice"
_NEGATIVE = re.compile(r"-[.\d]")
_PATTERNS = (
    (
        r"the following arguments are required: (?P<a>.+)",
        Words("{a} が要ります", "{a} is required"),
    ),
    (r"unrecognized arguments: (?P<a>.+)", Words("{a} は知らない引数です", "unknown argument {a}")),
    (
        r"argument (?P<a>[^:]+): expected one argument",
        Words("{a} の値がありません", "{a} needs a value"),
    ),
    (
        rf"argument (?P<a>[^:]+): {_TWICE}",
        Words(
            "{a} は1つだけ渡せます。ほかは、もう一度別に動かしてください",
            "{a} may be given once; run the rest apart",
        ),
    ),
    (
        r"argument (?P<a>[^:]+): invalid choice: (?P<b>\S+) \(choose from (?P<c>.+)\)",
        Words("{a} に {b} は使えません。使えるもの: {c}", "{a}: {b} is not one of {c}"),
    ),
    (
        r"argument (?P<a>[^:]+): invalid int value: (?P<b>.+)",
        Words("{a} は整数で書いてください（{b}）", "{a} must be a whole number ({b})"),
    ),
    (
        r"argument (?P<a>[^:]+): not allowed with argument (?P<b>.+)",
        Words("{a} と {b} は一緒に使えません", "{a} cannot be used with {b}"),
    ),
)


def _told(message: str) -> Words:
    for pattern, words in _PATTERNS:
        if match := re.fullmatch(pattern, message):
            return words.fill(**match.groupdict())
    return Words(f"引数が正しくありません（{message}）", message)
