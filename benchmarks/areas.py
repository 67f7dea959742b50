"""The last step of the whole process, the same for everyone: shares by square, as GeoJSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

SQUARES: Final = 20  # along each side of the city
LIMIT_M: Final = 500.0


def save_shares(path: Path, people: Floats, metres: Floats) -> float:
    """Write each square's people and share within 500 m; return the city's share."""
    low, high = people.min(axis=0), people.max(axis=0)
    step = (high - low) / SQUARES
    column, row = np.minimum(((people - low) / step).astype(int), SQUARES - 1).T
    square = row * SQUARES + column
    near = metres <= LIMIT_M
    count = np.bincount(square, minlength=SQUARES**2)
    covered = np.bincount(square, weights=near, minlength=SQUARES**2)
    features = []
    for number in np.flatnonzero(count).tolist():
        north, east = divmod(number, SQUARES)
        (x, y), (w, h) = (low + step * (east, north)).tolist(), step.tolist()
        ring = [[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": {
                    "people": int(count[number]),
                    "share": round(float(covered[number] / count[number]), 4),
                },
            }
        )
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return float(near.mean())
