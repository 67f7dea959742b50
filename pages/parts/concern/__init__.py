"""Concerns as they rise: the board, one card, what is written on it (課題の画面)."""
