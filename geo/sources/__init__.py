"""Readers: one file each kind of source (読みこみ口)."""
