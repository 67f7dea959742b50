"""Streets as a network, and points put onto them (道のつながり)."""
