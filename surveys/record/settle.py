"""Settle what people differ on: what a side says, and the patch that takes it (食いちがいを決める)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from surveys.declaration.paths import item_of
from surveys.record.history import is_none

if TYPE_CHECKING:
    from surveys.declaration.paths import Flat
    from surveys.record.history import SiteState, Version


def side_value(state: SiteState, path: str, version: Version) -> Any:  # noqa: ANN401 - an answer is any JSON value
    """Return what one side says of a path people differ on (片方の言うこと).

    Of a field where one says there are none and another lists some, the things are listed. Of a
    thing one took away while another wrote about it, the writer says that it is there.
    """
    if _is_list(state, path, version):
        things = (one for one in _listed(path, version, state) if not item_of(one))
        return [{"_id": one.rpartition("/")[2]} for one in things]
    standing = state.flat.get(path) if version.seq == state.setters.get(path) else 1
    return version.patch.get(path, standing)


def settle(state: SiteState, path: str, version: Version) -> Flat:
    """Return the patch that lets one side stand (片方に決める差分).

    Parameters
    ----------
    version
        The side chosen, one of ``state.conflicts[path]``.
    """
    if _is_list(state, path, version):
        return {path: None} | _listed(path, version, state)
    value = version.patch.get(path, state.flat.get(path))
    if path not in version.patch and value is None:
        value = 1  # the thing is there, and stands first
    things = _things(state, path) if is_none(value) else ()
    return {path: value} | dict.fromkeys(things)


def _things(state: SiteState, path: str) -> list[str]:
    head = path + "/"
    return [one for one in state.flat if one.startswith(head) and not item_of(one)]


def _is_list(state: SiteState, path: str, version: Version) -> bool:
    """Say whether a side lists things where another says there are none."""
    return (
        "/" not in path and version.patch.get(path) is None and bool(_listed(path, version, state))
    )


def _listed(path: str, version: Version, state: SiteState) -> Flat:
    head = path + "/"
    own = {
        one: value
        for one, value in version.patch.items()
        if one.startswith(head) and value is not None
    }
    if all(map(item_of, own)):
        return {}
    # Those that stand beside it were not taken away by listing one more.
    return {one: state.flat[one] for one in _things(state, path)} | own
