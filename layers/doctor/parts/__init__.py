"""What every check is made of (確かめの部品)."""
