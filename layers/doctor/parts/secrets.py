"""No password leaves with what is said (合言葉をふせる)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from geo.base.settings import DATABASE_URL
from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

_HIDDEN: Final = "…"
# Whoever stands before the last @ of an address, with what follows the name.
_WHO: Final = re.compile(r"(?<=://)[^\s/]*:[^\s]*(?=@)")
_PASSWORD: Final = re.compile(r"://[^:/@]*:(?P<password>.*)@", re.DOTALL)
_NAMED: Final = re.compile(r"(?i)(password|passwd|pwd)=([^\s&]+)")


def hide(words: Words, environment: Mapping[str, str]) -> Words:
    """Return words without the passwords of any address in them (ふせる).

    Examples
    --------
    >>> told = Words("x", "cannot reach postgresql://kayoi:himitsu@db/kayoi")
    >>> hide(told, {}).en
    'cannot reach postgresql://…@db/kayoi'
    """
    url = DATABASE_URL.read(environment)
    found = [one["password"] for one in [_PASSWORD.search(url)] if one]
    found += [one[2] for one in _NAMED.finditer(url)]
    secrets = {text for one in found for text in (one, unquote(one)) if text}
    return Words(_hide(words.ja, secrets), _hide(words.en, secrets))


def _hide(text: str, secrets: set[str]) -> str:
    text = _NAMED.sub(rf"\1={_HIDDEN}", _WHO.sub(_HIDDEN, text))
    for one in sorted(secrets, key=len, reverse=True):
        text = text.replace(one, _HIDDEN)
    return text
