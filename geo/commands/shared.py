"""What several commands ask for (コマンドに共通のもの)."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geo.export import Stamp
from geo.problems import InputError
from geo.sources.sites import load_sites
from geo.tables import SITES, check_sites
from geo.text import visible
from geo.version import VERSION
from geo.walkers import WALKERS
from geo.words import Words

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    import pandas as pd

    from geo.commands.arguments import Add
    from geo.town import Town
    from geo.words import Lang


def add_walk(add: Add) -> None:
    """Declare how far and who walks (徒歩圏と歩行者像)."""
    add(
        "--within", "徒歩圏（500m、10min など）", "walking range (500m, 10min)",
        default="500m", metavar="RANGE",
    )  # fmt: skip
    add("--walker", "歩行者像", "walker", default="elderly", choices=list(WALKERS))


def add_keys(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare ``--keys``, the language of property names (項目名の言語)."""
    words = Words("項目名の言語", "language of property names")
    parser.add_argument("--keys", choices=["ja", "en"], default="en", help=words.say(lang))


def check_apart(*paths: Path | None) -> None:
    """Refuse two outputs that are one file (書き出し先が同じでないか)."""
    given = [path.resolve() for path in paths if path]
    if len(set(given)) < len(given):
        raise InputError(
            Words(
                "書き出し先が同じファイルです。別の名前にしてください",
                "two outputs are the same file; name them apart",
            )
        )


def make_stamp() -> Stamp:
    """Return the version and the time now, to the second in UTC (作成の記録)."""
    return Stamp(version=VERSION, made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def other_sites(town: Town, path: Path | None, lang: Lang) -> pd.DataFrame:
    """Return the sites of a file, or the town's own 通いの場 (使う通いの場).

    Problems of rows are printed to standard error, one line each.
    """
    if path is None:
        sites = town.salons
    else:
        frame, problems = load_sites(path, kind="salon", source=path.name)
        for problem in problems:
            print("・" + visible(problem.say(lang)), file=sys.stderr)
        x_m, y_m = town.plane.to_m(
            frame["lon"].to_numpy(dtype=float), frame["lat"].to_numpy(dtype=float)
        )
        sites = check_sites(frame.assign(x_m=x_m, y_m=y_m)[list(SITES)].reset_index(drop=True))
    if sites.empty:
        raise InputError(
            Words(
                "通いの場が1つもありません。--sites で渡してください",
                "there is no salon; give some with --sites",
            )
        )
    return sites
