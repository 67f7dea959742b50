"""Heights, one file a format (標高)."""
