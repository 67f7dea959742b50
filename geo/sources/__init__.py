"""Readers: one file each kind of source (読み込み口)."""
