"""The question and its widgets (問いと選ぶもの)."""
