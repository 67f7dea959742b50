"""What the register says of the ground (調べてわかった道とようす)."""
