"""Bringing a file in, as a plan first (取りこみ)."""
