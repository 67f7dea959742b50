"""Heights along streets (高さ)."""
