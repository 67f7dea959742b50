"""Sheets for paper: one site, one walk, a list, a blank form (紙に出す調査票)."""
