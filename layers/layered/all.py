"""Every layer of the one map, by its id: those of this room, and one a record type (地図の層の一覧)."""

from __future__ import annotations

from typing import Final

from geo.base.registry import by_id, find_entries
from layers.layered.parts.declare import GROUPS, VIEWS, MapLayer
from layers.layered.parts.kinds import kind_layer
from surveys.types import RECORD_TYPES


def _gather() -> dict[str, MapLayer]:
    own: dict[str, MapLayer] = find_entries("layers.layered", "LAYER", beside=("all",))
    every = by_id([*own.values(), *(kind_layer(one) for one in RECORD_TYPES.values())])
    groups = list(GROUPS)
    places = [(groups.index(one.group), one.order) for one in every.values()]
    if len(set(places)) < len(places):
        raise ValueError(f"two layers stand at one place: {sorted(places)}; give one another order")
    for one in every.values():
        unknown = set(one.views) - set(VIEWS)
        if unknown:
            raise ValueError(f"layer {one.id} names views nobody knows: {sorted(unknown)}")
    return dict(
        sorted(every.items(), key=lambda item: (groups.index(item[1].group), item[1].order))
    )


MAP_LAYERS: Final[dict[str, MapLayer]] = _gather()


def layers_of(view: str) -> tuple[str, ...]:
    """Return the ids of the layers a view shows, in their order (見方の層).

    Examples
    --------
    >>> layers_of("meeting")
    ('borders', 'coverage', 'salon')
    """
    return tuple(id_ for id_, one in MAP_LAYERS.items() if view in one.views)
