"""Answers as files (書き出し)."""
