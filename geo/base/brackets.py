"""What is said in brackets, and no brackets round nothing (かっこ)."""

from __future__ import annotations

from geo.base.words import Words


def in_brackets(inside: Words) -> Words:
    """Return words in brackets, nothing where there is nothing to say (かっこに入れる).

    Examples
    --------
    >>> in_brackets(Words("公園 3", "parks 3"))
    Words(ja='（公園 3）', en=' (parks 3)')
    >>> in_brackets(Words(" ", ""))
    Words(ja='', en='')
    """
    ja, en = inside.ja.strip(), inside.en.strip()
    return Words(f"（{ja}）" if ja else "", f" ({en})" if en else "")
