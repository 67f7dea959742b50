"""Arguments of a command, declared with their words (引数の宣言)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from geo.base.words import Words

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

Add = Callable[..., None]


def make_adder(parser: argparse.ArgumentParser, lang: Lang) -> Add:
    """Return ``add(name, ja, en, **more)``, which declares one argument with its words (引数を足す)."""

    def add(name: str, ja: str, en: str, **more: Any) -> None:  # noqa: ANN401 - argparse's own
        parser.add_argument(name, help=Words(ja, en).say(lang), **more)

    return add
