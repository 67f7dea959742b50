"""What a person said of a place of the map and a site: the same, or not (同じ所か)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_PLACE: Final = 200
LONGEST_INSIDE: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One answer (同じか、ちがうか).

    Attributes
    ----------
    place_id
        The place's id in the town's tables, OpenStreetMap's own: ``osm-node-42``.
    site_id, inside
        The site; and what of it, ``benches/b1``, where a thing inside a park is meant.
    same
        Whether the site is of this place, or surely not.
    by, made_at
        Who said so (a role), and when, UTC to the millisecond.
    undone_at
        "" while it stands.
    hidden
        Whether the site is shown nowhere, its import undone: the answer sleeps as long.
    """

    id: str
    place_id: str
    site_id: str
    same: bool
    by: str
    made_at: str
    inside: str = ""
    undone_at: str = ""
    hidden: bool = False

    @property
    def thing_id(self) -> str:
        """The site, or the thing inside it, as tables name it (物の id)."""
        return join_thing(self.site_id, self.inside)


def join_thing(site_id: str, inside: str) -> str:
    """Return the id of a site, or of a thing inside it (物の id).

    Examples
    --------
    >>> join_thing("s1", ""), join_thing("s1", "benches/b1")
    ('s1', 's1/benches/b1')
    """
    return f"{site_id}/{inside}" if inside else site_id


def split_thing(thing_id: str) -> tuple[str, str]:
    """Return the site of a thing, and what of it is meant (物の地点と中の物).

    Examples
    --------
    >>> split_thing("s1"), split_thing("s1/benches/b1")
    (('s1', ''), ('s1', 'benches/b1'))
    """
    parts = thing_id.rsplit("/", 2)
    return (parts[0], "/".join(parts[1:])) if len(parts) == 3 else (thing_id, "")  # noqa: PLR2004 - site, list, item


def fold_claims(claims: Iterable[Claim]) -> tuple[dict[str, str], frozenset[tuple[str, str]]]:
    """Return what stands: the thing each place is, and the pairs that are two (いまの答え).

    Of a pair the newest answer stands; a place is one thing at the most, the newest said.

    Parameters
    ----------
    claims
        The oldest first.
    """
    newest: dict[tuple[str, str], bool] = {}
    for one in claims:
        if not one.undone_at and not one.hidden:
            pair = (one.place_id, one.thing_id)
            newest.pop(pair, None)  # so that the order is that of the newest answers
            newest[pair] = one.same
    yes = {place: thing for (place, thing), same in newest.items() if same}
    return yes, frozenset(pair for pair, same in newest.items() if not same)
