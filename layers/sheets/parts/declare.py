"""What a sheet for paper is (紙の宣言)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.base.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layers.sheets.parts.frame import Frame

NO_SITE: Final = Words(
    "この番号の記録は、一覧にありません。一覧のページから開き直してください",
    "the register has no such record; open it again from the list's page",
)


class NotHereError(Exception):
    """What a sheet was asked for is not in the register (台帳にない)."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One kind of sheet (紙).

    Attributes
    ----------
    address
        Below ``/print/``; what stands in braces is given to `draw`.
    asked_with
        What the address names, in words.
    draw
        From the frame, the parts of the address and its query to one HTML page for A4, made of
        the template ``<id>.html`` beside the sheet's own file. Raises `NotHereError` for what
        is not in the register, and an ``InputError`` for a question that is not known.
    for_office
        Shows what the register says: a file of it is marked so. A blank form is not.
    own_command
        Asked with more than an id: a command of its own makes it, and not ``kayoi print``.
    kinds
        Ids of `surveys.store.kept`: what of the register is printed on it.
    """

    id: str
    words: Words
    address: str
    asked_with: Words
    draw: Callable[[Frame, Mapping[str, str], Mapping[str, str]], str]
    for_office: bool = True
    own_command: bool = False
    kinds: tuple[str, ...] = ()
