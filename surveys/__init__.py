"""Middle floor: what is asked, answered and kept (中の階)."""
