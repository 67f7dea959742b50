"""The engines this project is measured beside, one file each.

A file has `TASKS`: the name of a task to a function that builds from a `Work` and returns a
function of a `Case`; that one gets ready (untimed) and returns the call that is timed. Peers get
the graph with its chains already merged, and their sites already on it.
"""
