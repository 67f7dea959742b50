"""The register's door: what is wrong is turned away before anything is kept (台帳の戸口)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.declaration.paths import assemble, item_of, known_paths
from surveys.record.answers import LONGEST_TEXT, check_answers, is_clean
from surveys.record.compose import check_bounds, check_place
from surveys.record.history import KINDS, PLACE, SOURCES, STATUS, STATUSES, SURES
from surveys.record.plain import has_plain_numbers
from surveys.record.site import knows_type
from surveys.store.bounds import are_texts_short, find_too_long, is_shallow
from surveys.store.photo_checks import photo_ids
from surveys.store.rows import version_values
from surveys.store.tables import VERSION
from surveys.sync.submission import MOST_PATHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from surveys.declaration.record_type import RecordType
    from surveys.record.answers import Fault
    from surveys.record.history import SiteState, Version

_STATUS_KEYS: Final = frozenset({"is", "on", "reason"})
_OWN_PATHS: Final = frozenset({PLACE, STATUS})
UNKNOWN_BASE: Final = 0


def check_version(version: Version, find: Callable[[str], RecordType]) -> RecordType:
    """Return the record type of a version that may be kept (版を確かめる).

    Its own values are looked at, also those that will not stand because somebody else was first.
    Paths the declaration of today does not ask are let through: an older form wrote them.

    Parameters
    ----------
    find
        Finds its type, as `surveys.store.own_types.types_in` has it.

    Raises
    ------
    InputError
        When one of its values, its words or its day is not what the type allows.
    """
    try:
        type_ = find(version.type)
    except KeyError:
        raise InputError(
            Words(
                f"「{version.type}」という調査票はありません",
                f"there is no record type {version.type!r}",
            )
        ) from None
    check_form(version)
    _refuse(find_faults(type_, version))
    return type_


def check_form(version: Version) -> None:
    """Refuse what no type of any release asks: the rules that outlive declarations (形を確かめる).

    The door asks them of every version, and a restore of every version of a backup.

    Raises
    ------
    InputError
        When a word of it is unknown, its day is none, or a text or number cannot be kept.
    """
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
    _check_patch(version)
    _refuse([*_check_status(version), *check_bounds(version.patch.get(PLACE))])
    named = find_too_long(VERSION, version_values(version))
    if named:
        raise InputError(Words(f"「{named}」が長すぎます", f"{named} is too long"))


def find_faults(type_: RecordType, version: Version) -> list[Fault]:
    """Return every value of a version that its type does not allow, by path (使えない値)."""
    own = {path: value for path, value in version.patch.items() if not path.startswith("@")}
    return [*_check_own(type_, own), *_check_shared(type_, version)]


def find_every_fault(version: Version, find: Callable[[str], RecordType]) -> list[Fault]:
    """Return every faulty value of a version, where `check_version` names the first (使えない値すべて).

    None of a type this release does not know.
    """
    return find_faults(find(version.type), version) if knows_type(version.type) else []


def has_seen_that(version: Version, newest: int) -> bool:
    """Say whether a version can have seen what it says (見たはずの版があるか).

    Without values it overwrites nothing, whatever it says it saw. The check asks the same.

    Parameters
    ----------
    newest
        The `seq` of the newest version there was before it.
    """
    return not version.patch or 0 <= version.base <= newest


def mend_base(version: Version, newest: int) -> Version:
    """Return a version whose base is one there can be (見たはずの版をなおす).

    A "no change" written before an older backup was put back is kept, its base read as unknown.

    Raises
    ------
    InputError
        When it has values: it would overwrite, unsaid, what others are going to write.
    """
    if not has_seen_that(version, newest):
        raise InputError(
            Words(
                "この画面は、いまの台帳より新しい台帳で開いたものです。写しをとってから開き直してください",
                "this form was opened on a newer state of the register: copy what you wrote, open it anew",
            )
        )
    return version if 0 <= version.base <= newest else replace(version, base=UNKNOWN_BASE)


def is_same(version: Version, digest: str) -> bool:
    """Say whether a version is the one kept under a fingerprint, mended or not (同じ版か)."""
    if version_values(version)["digest"] == digest:
        return True
    mended = replace(version, base=UNKNOWN_BASE)
    return not version.patch and version_values(mended)["digest"] == digest


def check_photos(version: Version, is_here: Callable[[str], bool]) -> None:
    """Refuse photos that are nowhere: the check would miss them ever after (写真を確かめる).

    Parameters
    ----------
    is_here
        Whether a photo is on the shelf, or the site named it before and lost it.
    """
    for path, value in version.patch.items():
        lost = [] if path.startswith("@") else [one for one in photo_ids(value) if not is_here(one)]
        if lost:
            _refuse(
                [
                    (
                        path,
                        Words(
                            f"写真 {lost[0][:8]}… が届いていません",
                            f"the photo {lost[0][:8]}… has not come",
                        ),
                    )
                ]
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


def _check_patch(version: Version) -> None:
    own = {path: value for path, value in version.patch.items() if not path.startswith("@")}
    others = version.patch.keys() - own.keys() - _OWN_PATHS
    if others or len(own) > MOST_PATHS or not is_shallow(own):
        raise InputError(
            Words("答えの一覧の形が分かりません", "these are no answers to any question")
        )
    if not is_clean((own, version.note, version.origin.dump(), dict(version.origins))):
        raise InputError(
            Words("使えない文字があります。打ち直してください", "a text holds signs that are none")
        )
    if not has_plain_numbers(own):
        raise InputError(
            Words("数として残せない値があります", "a number that not every program reads the same")
        )
    if not are_texts_short((version.patch.get(STATUS), own)):
        raise InputError(
            Words(
                f"長すぎる文字があります。{LONGEST_TEXT:,}字までにしてください",
                f"a text is too long; at most {LONGEST_TEXT:,} characters",
            )
        )


def _check_own(type_: RecordType, own: dict[str, Any]) -> list[Fault]:
    flat = {path: value for path, value in known_paths(type_, own).items() if value is not None}
    # What is said about one bench is looked at as a bench is, whose place was said before.
    flat |= {item_of(path): 1 for path in flat if item_of(path) and item_of(path) not in flat}
    _, faults = check_answers(type_, assemble(type_, flat))
    return faults


def _check_shared(type_: RecordType, version: Version) -> list[Fault]:
    return [*check_place(type_, version.patch.get(PLACE)), *_check_status(version)]


def _check_status(version: Version) -> list[Fault]:
    status = version.patch.get(STATUS)
    if status is None or (
        isinstance(status, dict)
        and status.get("is") in STATUSES
        and _STATUS_KEYS.issuperset(status)
        and all(isinstance(one, str) for one in status.values())
        and is_clean(status)
    ):
        return []
    return [(STATUS, Words("状態が分かりません", "unknown status"))]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _refuse(faults: list[Fault]) -> None:
    if faults:
        path, words = faults[0]
        raise InputError(Words(f"{path}: {words.ja}", f"{path}: {words.en}"))
