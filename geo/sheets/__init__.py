"""Any table file opened as plain cells, and the table in it found (表の診断)."""
