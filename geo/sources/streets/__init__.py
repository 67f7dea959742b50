"""Streets, one file a format (道)."""
