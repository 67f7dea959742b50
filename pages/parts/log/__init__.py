"""The log: its list, one entry, its files (活動記録の画面)."""
