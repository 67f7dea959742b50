"""Figures as pictures with words: maps of areas, and slides (スライドの絵)."""
