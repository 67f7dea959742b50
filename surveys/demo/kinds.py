"""The kinds of the log as the demo's office calls them (役所が決めた種類)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from surveys.record.own_choices import OwnChoice, carry_on, declared_choices, with_choices
from surveys.record.site import find_type
from surveys.store.own_choices import find_choices, keep_choices

if TYPE_CHECKING:
    from surveys.declaration.record_type import RecordType
    from surveys.record.own_choices import Own
    from surveys.store.register import Register

LOG: Final = "activity"
KIND: Final = "kind"
# What the office added: nobody's list had it.
PHONES: Final = OwnChoice(id="own_smartphones", ja="スマートフォンの教室・相談", en="smartphones")


def own_kinds() -> Own:
    """Return the office's list: those declared, its own before the rest (決めた種類)."""
    field = find_type(LOG).field(KIND)
    *known, rest = declared_choices(field)
    return carry_on(field, declared_choices(field), [*known, PHONES, rest])


def demo_type(id_: str) -> RecordType:
    """Return a record type as the demo's office has it (デモの調査票)."""
    type_ = find_type(id_)
    return with_choices(type_, KIND, own_kinds()) if id_ == LOG else type_


def write_kinds(register: Register) -> None:
    """Keep the office's list in the register (種類を残す)."""
    mark = find_choices(register, LOG, KIND).mark
    keep_choices(register, LOG, KIND, own_kinds(), made_from=mark)
