"""The slopes that heights along streets come to, for the tests of relief."""

from typing import NamedTuple

import numpy as np


class Grades(NamedTuple):
    """Slopes between one sample and the next: the edge, the metres between, the rise a metre."""

    edge: np.ndarray
    run_m: np.ndarray
    grade: np.ndarray


def edge_grades(relief):
    """The slope of every piece between two samples; NaN where a height is missing."""
    edge = np.repeat(np.arange(relief.start.size - 1), np.diff(relief.start) - 1)
    first = np.delete(np.arange(relief.along_m.size), relief.start[1:] - 1)
    run_m = relief.along_m[first + 1] - relief.along_m[first]
    return Grades(edge, run_m, (relief.height_m[first + 1] - relief.height_m[first]) / run_m)
