"""Which sites are somebody's home (個人の家)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from surveys.record.venue import is_private_home

if TYPE_CHECKING:
    from surveys.record.site import Site

ASKED: Final = "private_home"


def is_home(site: Site) -> bool:
    """Say whether a site is somebody's home, as far as anybody says so (個人の家か).

    Of any record type that asks. While people differ on it, it is one: what is told once cannot
    be taken back.
    """
    if not site.type.asks(ASKED):
        return False
    answers, differing = site.answers, site.state.conflicts
    open_ = ASKED in differing or ("venue" in differing and answers.get(ASKED) != "no")
    return open_ or is_private_home(answers)
