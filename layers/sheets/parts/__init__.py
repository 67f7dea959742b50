"""What every sheet is made of: frame, facts, map (用紙の部品)."""
