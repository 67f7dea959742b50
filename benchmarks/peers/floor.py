"""The floor of a search: the same junctions by the same links, in no order of distance."""

from peers.scipy_bare import floor

TASKS = {"nearest": floor}
