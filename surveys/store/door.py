"""The register's door: what is wrong is turned away before anything is kept (台帳の戸口)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.declaration.paths import assemble, item_of, known_paths
from surveys.record.answers import check_answers, is_clean
from surveys.record.compose import check_place
from surveys.record.history import KINDS, PLACE, SOURCES, STATUS, STATUSES, SURES
from surveys.record.plain import has_plain_numbers
from surveys.record.site import find_type

if TYPE_CHECKING:
    from surveys.declaration.record_type import RecordType
    from surveys.record.answers import Fault
    from surveys.record.history import SiteState, Version

_STATUS_KEYS: Final = frozenset({"is", "on", "reason"})


def check_version(version: Version) -> RecordType:
    """Return the record type of a version that may be kept (版を確かめる).

    Its own values are looked at, also those that will not stand because somebody else was first.
    Paths the declaration of today does not ask are let through: an older form wrote them.

    Raises
    ------
    InputError
        When one of its values, its words or its day is not what the type allows.
    """
    try:
        type_ = find_type(version.type)
    except KeyError:
        raise InputError(
            Words(
                f"「{version.type}」という調査票はありません",
                f"there is no record type {version.type!r}",
            )
        ) from None
    if (
        version.kind not in KINDS
        or version.origin.source not in SOURCES
        or version.origin.sure not in SURES
    ):
        raise InputError(Words("記録の種類が分かりません", "unknown kind, source or sureness"))
    if version.origin.on and not _is_day(version.origin.on):
        raise InputError(
            Words(f"日付が正しくありません（{version.origin.on}）", f"no date: {version.origin.on}")
        )
    own = {path: value for path, value in version.patch.items() if not path.startswith("@")}
    if not is_clean((own, version.note, version.origin.dump(), dict(version.origins))):
        raise InputError(
            Words("使えない文字があります。打ち直してください", "a text holds signs that are none")
        )
    if not has_plain_numbers(own):
        raise InputError(
            Words("数として残せない値があります", "a number that not every program reads the same")
        )
    _refuse(find_faults(type_, version))
    return type_


def find_faults(type_: RecordType, version: Version) -> list[Fault]:
    """Return every value of a version that its type does not allow, by path (使えない値)."""
    own = {path: value for path, value in version.patch.items() if not path.startswith("@")}
    return [*_check_own(type_, own), *_check_shared(type_, version)]


def check_base(version: Version, newest: int) -> None:
    """Refuse a version that claims to have seen what is not there yet (見たはずの版を確かめる).

    It would overwrite, unsaid, what others are going to write: a form that stayed open while an
    older backup was put back.

    Parameters
    ----------
    newest
        The `seq` of the newest version of the whole register.
    """
    if version.patch and not 0 <= version.base <= newest:
        raise InputError(
            Words(
                "この画面は、いまの台帳より新しい台帳で開いたものです。写しをとってから開き直してください",
                "this form was opened on a newer state of the register: copy what you wrote, open it anew",
            )
        )


def check_state(type_: RecordType, state: SiteState) -> None:
    """Refuse a site that could be found by nothing, neither place nor name (地点を確かめる).

    Raises
    ------
    InputError
        When it has neither and its type needs one.
    """
    if state.place is None and type_.pin_needed and not state.flat.get("name"):
        _refuse([(PLACE, Words("場所か名前を入れてください", "give a place or a name"))])


def _check_own(type_: RecordType, own: dict[str, Any]) -> list[Fault]:
    flat = {path: value for path, value in known_paths(type_, own).items() if value is not None}
    # What is said about one bench is looked at as a bench is, whose place was said before.
    flat |= {item_of(path): 1 for path in flat if item_of(path) and item_of(path) not in flat}
    _, faults = check_answers(type_, assemble(type_, flat))
    return faults


def _check_shared(type_: RecordType, version: Version) -> list[Fault]:
    faults = check_place(type_, version.patch.get(PLACE))
    status = version.patch.get(STATUS)
    if status is not None and not (
        isinstance(status, dict)
        and status.get("is") in STATUSES
        and _STATUS_KEYS.issuperset(status)
        and is_clean(status)
    ):
        faults.append((STATUS, Words("状態が分かりません", "unknown status")))
    return faults


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _refuse(faults: list[Fault]) -> None:
    if faults:
        path, words = faults[0]
        raise InputError(Words(f"{path}: {words.ja}", f"{path}: {words.en}"))
