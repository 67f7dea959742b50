"""Walking: who walks, what it costs, which way, how far, with which rules (歩く)."""
