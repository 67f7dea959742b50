"""What a double click does: environment, server, stop; the standard library alone (はじめる道具)."""
