"""Ways and places as OpenStreetMap tags them (タグの読み方)."""
