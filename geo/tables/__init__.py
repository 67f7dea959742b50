"""The checked tables that cross borders (表)."""
