"""Who uses the app, and what they may be called (利用者と名前)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.settings import SIGN_IN
from geo.base.text import tidy
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_NAME: Final = 40
_LONGEST_TITLE: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person with an account (利用者).

    Attributes
    ----------
    name
        What they sign in with.
    title
        The role (役職) that stands in the records they write; may be empty.
    """

    id: str
    name: str
    title: str = ""
    disabled: bool = False


def is_needed(environment: Mapping[str, str] | None = None) -> bool:
    """Say whether people must sign in: always, unless told otherwise (サインインが要るか).

    Examples
    --------
    >>> is_needed({}), is_needed({"KAYOI_SIGN_IN": "Off"}), is_needed({"KAYOI_SIGN_IN": "off"})
    (True, True, False)
    """
    return SIGN_IN.read(environment) != "off"


def tidy_name(text: str) -> str:
    """Return a name as it is kept and looked for (名前をそろえる).

    Examples
    --------
    >>> tidy_name(" Ｔａｎａｋａ ")
    'tanaka'
    """
    return tidy(text).casefold()


def check_name(text: str) -> str:
    """Return a new account's name as it will be kept (名前を確かめる).

    Raises
    ------
    InputError
        When it is empty, too long, or holds signs nobody can type.
    """
    name = tidy_name(text)
    if not name or len(name) > _LONGEST_NAME or _has_unseen(name):
        raise InputError(
            Words(
                f"名前は1〜{_LONGEST_NAME}文字の、目に見える文字にしてください",
                f"a name has 1 to {_LONGEST_NAME} visible characters",
            )
        )
    return name


def check_title(text: str) -> str:
    """Return a role as it will be kept (役職を確かめる).

    Raises
    ------
    InputError
        When it is too long or holds signs nobody can type.
    """
    title = tidy(text)
    if len(title) > _LONGEST_TITLE or _has_unseen(title):
        raise InputError(
            Words(
                f"役職は{_LONGEST_TITLE}文字までの、目に見える文字にしてください",
                f"a role has up to {_LONGEST_TITLE} visible characters",
            )
        )
    return title


def _has_unseen(text: str) -> bool:
    return any(unicodedata.category(sign).startswith("C") for sign in text)
