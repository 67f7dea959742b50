"""Upper floor: how it looks (見え方)."""
