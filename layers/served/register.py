"""The register of the town being served, and where its sites lie (動いている台帳)."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from layers.day.own_import import settle_own
from layers.served.clock import now_in_utc
from layers.served.town import stamp, town_folder, town_now
from layers.surveyed.areas import name_areas
from surveys.accounts.user import is_needed
from surveys.signing_in.asking import sessions_asking
from surveys.signing_in.sessions import is_within
from surveys.store.register import Register, open_register, register_url
from surveys.store.witness import make_witness

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from geo.town import Town
    from surveys.record.site import Site
    from surveys.store.accounts import Session


def register_now() -> Register:
    """Return the register of the town being served, opened once (いまの台帳).

    When it is first opened, and when the town was built anew, the town's own list of 通いの場 is
    taken into it, if none ever was (`layers.day.own_import`).

    Raises
    ------
    InputError
        When no town was chosen, or its register cannot be opened.
    """
    folder = town_folder()
    url = register_url(folder)
    register = _register(folder, url)
    _settle(folder, url, stamp(folder))
    return register


def register_stamp() -> tuple[str, ...]:
    """Return what changes with every change of the town or its register (いまの版).

    A register put back from a backup may come to the same numbers again: its file is another.
    """
    register, folder = register_now(), town_folder()
    file = Path(register.engine.url.database or "")
    inode = file.stat().st_ino if register.engine.name == "sqlite" else 0
    return (str(register.engine.url), str(inode), stamp(folder), register.stamp())


@lru_cache(maxsize=4)
def _opened(folder: Path, url: str) -> Register:
    return open_register(folder, url)


@lru_cache(maxsize=4)
def _register(folder: Path, url: str) -> Register:
    """Return the register as all that is served has it: nobody who left writes into it."""
    return _opened(folder, url).witnessed_by(make_witness(_asking, _stands))


def _asking() -> Collection[str] | None:
    return sessions_asking() if is_needed() else None


def _stands(session: Session) -> bool:
    return is_within(session, datetime.now(UTC))


@lru_cache(maxsize=4)
def _settle(folder: Path, url: str, _stamp: str) -> None:
    with suppress(InputError):  # no town there: its register alone is looked at
        # By the server on its own, whoever happened to ask first.
        settle_own(town_now(), _opened(folder, url), now=now_in_utc())


def areas_of(town: Town, sites: Iterable[Site], division: str = "") -> dict[str, str]:
    """Return the name of the area each site lies in, by site id (地点のある地区).

    As `layers.surveyed.areas.name_areas`.
    """
    return name_areas(town, {one.id: one.place for one in sites}, division)
