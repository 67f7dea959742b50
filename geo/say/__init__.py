"""Figures as sentences, one function each, for page, file, print and command (ことば)."""
