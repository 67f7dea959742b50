"""What every engine is given: one folder of arrays a city, and the questions.

Only NumPy is imported here, so that an engine of another Python can be asked too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    from geo.network.network import WalkNetwork
    from geo.network.snap import Snaps

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question: how many people and sites, and how far (metres; infinite for no limit)."""

    people: int = 0
    sites: int = 0
    limit_m: float = float("inf")

    @property
    def name(self) -> str:
        """The case in words."""
        far = "no limit" if self.limit_m == float("inf") else f"{self.limit_m:.0f} m"
        parts = [f"N={self.people:,}"] if self.people else []
        parts += [f"F={self.sites:,}"] if self.sites else []
        return ", ".join([*parts, far] if self.sites else parts) or "all"

    def told(self) -> dict[str, Any]:
        """Return the case as JSON can hold it."""
        return asdict(self)


class KeptArrays(Mapping[str, "npt.NDArray[Any]"]):
    """The arrays of an .npz file, each read when first asked for."""

    def __init__(self, path: Path) -> None:
        self._file = np.load(path)
        self._read: dict[str, npt.NDArray[Any]] = {}

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        """Return one array."""
        if name not in self._read:
            self._read[name] = self._file[name]
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._file.files)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._file.files)


@dataclass(frozen=True, kw_only=True)
class Work:
    """A city's folder: streets, people and sites, each read when first asked for.

    Files: ``streets.npz`` (the arrays of a `WalkNetwork`), ``points.npz`` (`people`, `sites`
    (n, 2) metres, `rests` likewise, their `_lonlat` twins), ``snaps.npz`` (where they meet the
    streets, exact), ``merged.npz`` (the graph with its chains merged, and where the sites stand
    on it), ``streets.osm.pbf`` where it was written.
    """

    folder: Path

    @cached_property
    def streets(self) -> Arrays:
        """The arrays of the network."""
        return KeptArrays(self.folder / "streets.npz")

    @cached_property
    def points(self) -> Arrays:
        """People, sites and rests, metres and degrees."""
        return KeptArrays(self.folder / "points.npz")

    @cached_property
    def merged(self) -> Arrays:
        """The graph of junctions and where the points stand on it.

        ``x y`` (M,), ``indptr head metres`` (CSR, both directions); for people and sites
        ``{name}_a {name}_b`` the two junctions, ``{name}_to_a {name}_to_b`` metres to them along
        the street, ``{name}_off`` to the street, ``{name}_on`` whether it is on one.
        """
        return KeptArrays(self.folder / "merged.npz")

    @cached_property
    def network(self) -> WalkNetwork:
        """The streets as this project's network."""
        from geo.network.network import WalkNetwork  # noqa: PLC0415 - not in every Python asked

        arrays = dict(self.streets)
        kinds = tuple(str(kind) for kind in arrays.pop("kinds"))
        return WalkNetwork(kinds=kinds, **arrays)

    def snaps(self, name: str, count: int) -> Snaps:
        """Return where the first `count` ``people``, ``sites`` or ``rests`` meet the streets."""
        from geo.network.snap import Snaps  # noqa: PLC0415 - as above

        kept = KeptArrays(self.folder / "snaps.npz")
        return Snaps(
            **{part: kept[f"{name}_{part}"][:count] for part in ("edge", "along_m", "off_m")}
        )

    @property
    def pbf(self) -> Path:
        """The city as an OSM file."""
        return self.folder / "streets.osm.pbf"


def save_network(path: Path, network: WalkNetwork) -> None:
    """Write a network's arrays as .npz, uncompressed."""
    names = [name for name in type(network).__slots__ if name != "kinds"]
    np.savez(
        path,
        kinds=np.array(network.kinds, dtype=np.str_),
        **{name: getattr(network, name) for name in names},
    )
