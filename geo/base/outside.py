"""Messages as they may leave this machine: they name a file, never where it lies (外に出すことば).

Who types a command is told the whole path; who opens a page, or sends by the field app, is told
as much as helps to find the file and nothing of the server's disk.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from geo.base.settings import TOWN
from geo.base.words import Words

_SIGN: Final = r"[^\s/\\「」『』“”\"'`<>（）()、。，,;:|]"
# An absolute path of any system, its last part apart. What follows a sign of a word, an address
# or a relative path begins no path.
_PATH: Final = re.compile(
    rf"(?<![\w.:/\\~])(?:[A-Za-z]:[\\/]|\\\\|~?/)(?:{_SIGN}++[\\/]++)*?"
    rf"(?P<last>{_SIGN}++)[\\/]*+(?!{_SIGN})"
)
# Sentences, each with its end.
_JA: Final = re.compile(r"[^。]+。?")
_EN: Final = re.compile(r".+?(?:[.;](?=\s)\s*|$)", re.DOTALL)
_COMMAND: Final = re.compile(r"\bkayoi [a-z]+|(?<![\w-])--[a-z]")
_ADDRESS: Final = re.compile(r"\b(?:sqlite|postgresql)(?:\+\w+)?://\S*")


def outside(words: Words) -> Words:
    """Return words without where anything lies on this machine (場所を言わない).

    A path in the town's folder is told from there, any other by its last part. Texts of people
    are not for this: "/" is a sign they may write.

    Examples
    --------
    >>> outside(Words("/srv/kayoi/x がありません", "no /home/ann/town.toml (/tmp)"))
    Words(ja='x がありません', en='no town.toml (tmp)')
    """
    plain = without_commands(words)
    return Words(_cut(plain.ja), _cut(plain.en))


def without_commands(words: Words) -> Words:
    """Return words without the sentences that name a command or its options (コマンドを言わない).

    Whoever reads a page has no terminal. A text that is nothing else stays as it is.

    Examples
    --------
    >>> without_commands(Words("人口がありません。kayoi build に --people で渡してください", "no people; add --people"))
    Words(ja='人口がありません。', en='no people')
    >>> without_commands(Words("--border で渡してください", "give --border")).ja
    '--border で渡してください'
    """
    ja = "".join(one for one in _JA.findall(words.ja) if not _COMMAND.search(one))
    en = "".join(one for one in _EN.findall(words.en) if not _COMMAND.search(one))
    return Words(ja or words.ja, en.rstrip("; ") or words.en)


def _cut(text: str) -> str:
    town = TOWN.read().rstrip("/\\")
    if town and town not in (".", ".."):
        for known in dict.fromkeys([str(Path(town).resolve()), town]):
            text = text.replace(f"{known}/", "").replace(f"{known}\\", "")
            text = text.replace(known, Path(known).name)
    return _PATH.sub(lambda found: found["last"], _ADDRESS.sub("", text))
