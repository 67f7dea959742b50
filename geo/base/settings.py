"""Every setting of the environment, declared once and read here alone (環境の設定)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

Reader = Literal["app", "tests"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting (設定).

    Attributes
    ----------
    name
        Of the variable.
    words
        What it decides, and what holds without it.
    default
        What is read where it is not set, or empty.
    used_by
        The app and its commands, or only tests and benchmarks.
    choices
        What it may be; whatever one likes where none are told.
    """

    name: str
    words: Words
    default: str = ""
    used_by: Reader = "app"
    choices: tuple[str, ...] = ()

    def read(self, environment: Mapping[str, str] | None = None) -> str:
        """Return what it is set to, else its default (読む).

        Examples
        --------
        >>> LANG.read({"KAYOI_LANG": "en"}), SIGN_IN.read({})
        ('en', 'needed')
        """
        found = os.environ if environment is None else environment
        return found.get(self.name) or self.default

    def put(self, value: str) -> None:
        """Set it for this process and those it starts (決める)."""
        os.environ[self.name] = value


SETTINGS: Final[dict[str, Setting]] = {}
_OURS: Final = "KAYOI_"


def all_set() -> dict[str, str]:
    """Return every variable of this process, ours or not (すべての変数)."""
    return dict(os.environ)


def unknown_names(environment: Mapping[str, str] | None = None) -> list[str]:
    """Return the variables that are called as ours are and are none (知らない名前)."""
    found = os.environ if environment is None else environment
    return sorted(one for one in found if one.startswith(_OURS) and one not in SETTINGS)


def _declare(setting: Setting) -> Setting:
    if setting.name in SETTINGS:
        raise ValueError(f"two settings are called {setting.name}")
    SETTINGS[setting.name] = setting
    return setting


LANG: Final = _declare(Setting(
    name="KAYOI_LANG", choices=("ja", "en"), words=Words(
        "ことば: ja か en。なければ、画面は日本語、コマンドはその機械の言語",
        "language, ja or en; without it the app is Japanese and commands follow the locale",
    ),
))  # fmt: skip
TOWN: Final = _declare(Setting(
    name="KAYOI_TOWN", words=Words(
        "見せる街のフォルダ。kayoi serve が自分で決める",
        "folder of the town that is served; kayoi serve sets it",
    ),
))  # fmt: skip
SIGN_IN: Final = _declare(Setting(
    name="KAYOI_SIGN_IN", default="needed", choices=("needed", "off"), words=Words(
        "サインインが要るか: needed か off。kayoi serve が、だれに開くかから決める",
        "whether people must sign in, needed or off; kayoi serve sets it by who may reach it",
    ),
))  # fmt: skip
PROXY: Final = _declare(Setting(
    name="KAYOI_PROXY", words=Words(
        "前に置いた中継（リバースプロキシ）のアドレス。コンマで区切る。ここからの接続は、"
        "ひとつのアドレスの数の限りを受けず、だれからの要求かを言える。なければ、この機械の中継だけが言える",
        "addresses of a proxy in front, separated by commas: the bound for one address is not"
        " theirs, and they may say who asks; without it only one on this machine may say so",
    ),
))  # fmt: skip
DATABASE_URL: Final = _declare(Setting(
    name="DATABASE_URL", words=Words(
        "台帳の場所: postgresql://… か sqlite:///…。なければ街のフォルダの register/",
        "where the register is, postgresql://… or sqlite:///…; without it register/ in the town",
    ),
))  # fmt: skip
DATA: Final = _declare(Setting(
    name="KAYOI_DATA", used_by="tests", words=Words(
        "実データのフォルダ。なければ、となりの ../shared/data",
        "folder of real data; without it ../shared/data beside the clone",
    ),
))  # fmt: skip
TEST_POSTGRES: Final = _declare(Setting(
    name="KAYOI_TEST_POSTGRES", used_by="tests", words=Words(
        "試験に使う PostGIS の場所。なければ initdb で自分のものを始める",
        "the PostGIS server tests use; without it they start their own by initdb",
    ),
))  # fmt: skip
PHRASES: Final = _declare(Setting(
    name="KAYOI_PHRASES", used_by="tests", words=Words(
        "開催日時の句を、いくつ引いてサーバーと端末の読みをくらべるか（ふつうは3000）",
        "how many drawn phrases of schedules are compared on server and device (3000)",
    ),
))  # fmt: skip
PHRASE_SEED: Final = _declare(Setting(
    name="KAYOI_PHRASE_SEED", used_by="tests", words=Words(
        "句の引き方の番号（ふつうは8）", "the number the phrases are drawn by (8)",
    ),
))  # fmt: skip
KILLS: Final = _declare(Setting(
    name="KAYOI_KILLS", used_by="tests", default="6", words=Words(
        "8人が書いているアプリを、試験で何度強制終了するか（ふつうは6）",
        "how often a test kills the app under eight who write (6)",
    ),
))  # fmt: skip
