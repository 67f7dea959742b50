"""Hold answers against what is right, and times against the floors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from machine import middle
from networkx_oracle import ALLOWED_M, SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt
    from contest import Row

    Floats = npt.NDArray[np.float64]

SIDE_AT_M: Final = 500.0
# Least bytes a point's nearest street takes: two coordinates in, edge, metres along and off out,
# and some ten candidate segments of 20 bytes.
SNAP_BYTES: Final = 16 + 12 + 10 * 20


def find_errors(rows: list[Row], folder: Path) -> list[dict[str, Any]]:
    """Return each row's errors: median, p95, most (metres), share on the wrong side of 500 m.

    `rows` are those of one task, city and case. An empty dict where nothing is held against.
    """
    return [_errors(row, rows, folder) for row in rows]


def find_faults(row: Row, errors: dict[str, Any]) -> str:
    """Say what is wrong with this project's answer; empty where nothing is."""
    if not row.engine.module.startswith("ours"):
        return ""
    where = f"{row.task} {row.city} {row.case.name} {row.engine.name}"
    if row.note:
        return f"{where}: {row.note}"
    if not row.engine.check or not errors:
        return ""
    if errors["other_set"]:
        return f"{where}: {errors['other_set']} answers reach what the truth does not, or not"
    if errors["most_m"] > ALLOWED_M:
        return f"{where}: off by {errors['most_m']:.4f} m, more than {ALLOWED_M} m"
    return ""


def floor_s(row: Row, rows: list[Row], floor: str | None, bandwidth: float) -> float:
    """Return the least seconds the question can take; NaN where no floor is known."""
    if floor == "search":
        for other in rows:
            if other.engine.module == "peers.floor":
                return middle(other.wall_s)
    if floor == "bytes":
        return row.case.people * SNAP_BYTES / (bandwidth * 1e9)
    return float("nan")


def ratio(row: Row, first: Row) -> float:
    """Return how many times as long as the first engine, by rounds taken in turn."""
    pairs = zip(row.wall_s, first.wall_s, strict=False)
    return middle([one * row.scaled / (other * first.scaled) for one, other in pairs])


def growth(times: dict[int, float]) -> float:
    """Return the exponent of time against nodes, by least squares on logarithms.

    Examples
    --------
    >>> round(growth({10: 1.0, 100: 10.0, 1000: 100.0}), 3)
    1.0
    """
    if len(times) < 2:
        return float("nan")
    nodes, seconds = (np.log(np.array(list(part))) for part in (times.keys(), times.values()))
    return float(np.polyfit(nodes, seconds, 1)[0])


def _errors(row: Row, rows: list[Row], folder: Path) -> dict[str, Any]:
    if row.answer is None or row.engine.check is None:
        return {}
    found = np.load(row.answer)
    right = _right(row, rows, folder)
    if right is None:
        return {}
    count = min(found.size, right.size)
    found, right = found[:count].astype(float), right[:count]
    far = row.case.limit_m if row.case.sites else np.inf
    same = np.isfinite(right) & (right <= far)
    within = np.isfinite(found) & (found <= far + ALLOWED_M)
    # At the limit itself rounding may fall either way.
    edge = np.isfinite(right) & (
        np.abs(np.where(np.isfinite(right), right, 0.0) - far) <= ALLOWED_M
    )
    other = (same != within) & ~edge
    both = same & within
    away = np.abs(found[both] - right[both])
    return {
        "held": int(count),
        "median_m": float(np.median(away)) if away.size else float("nan"),
        "p95_m": float(np.percentile(away, 95)) if away.size else float("nan"),
        "most_m": float(away.max(initial=0.0)),
        "other_set": int(other.sum()),
        "wrong_side": float(((found <= SIDE_AT_M) != (right <= SIDE_AT_M)).mean()),
    }


def _right(row: Row, rows: list[Row], folder: Path) -> Floats | None:
    if row.engine.check in {"door", "street"}:
        truth = np.load(folder / "truth.npz")
        right: Floats = truth[f"{row.engine.check}_{row.case.sites}"][:SAMPLE]
        return right
    # A field or a way off the street: ours against the plainest peer's, theirs against ours.
    others = [r for r in rows if r.answer is not None and r.engine.check == row.engine.check]
    others = [r for r in others if (r is rows[0]) != (row is rows[0])]
    if not others:
        return None
    against: Floats = np.load(others[0].answer or "")
    return against
