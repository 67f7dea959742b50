"""What the field app notices names by: the patterns and lists of here, as plain values (端末が気づく表).

`surveys/field_app/js/noticing.js` follows them as `surveys.record.privacy` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.base.dates import DASHES
from surveys.record import privacy, private_text
from surveys.record.called import ALONE, WRITTEN
from surveys.record.js_pattern import write_for_browser
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping


def dump_privacy() -> dict[str, Any]:
    """Return what the field app follows, as plain JSON values (端末に渡す表).

    Cost: about 20 kB as JSON, most of it the patterns' own words.
    """
    patterns = {**privacy.PATTERNS, **private_text.PATTERNS}
    watched = {one.id: list(privacy.watched(one)) for one in EVERY_TYPE.values()}
    return {
        "patterns": {name: write_for_browser(one) for name, one in patterns.items()},
        "heads": {mark: write_for_browser(one) for mark, one in privacy.HEAD_OF_WORD.items()},
        "of_sama": "".join(sorted(privacy.WORDS_OF_SAMA)),
        "alone": "".join(sorted(ALONE)),
        "written": [*WRITTEN],
        "dashes": _letters(DASHES),
        "kanji": _letters(private_text.KANJI),
        "near": privacy.NEAR,
        "most_groups": private_text.MOST_GROUPS,
        "least_last": private_text.LEAST_LAST,
        "instead": {
            kind: {"ja": words.ja, "en": words.en} for kind, words in privacy.INSTEAD.items()
        },
        "watched": {id_: keys for id_, keys in watched.items() if keys},
    }


def _letters(table: Mapping[int, Any]) -> dict[str, str]:
    """Return a table of `str.translate` by its signs."""
    return {chr(code): to if isinstance(to, str) else chr(to) for code, to in table.items()}
