"""OpenStreetMap PBF as numpy arrays (PBF を読む)."""
