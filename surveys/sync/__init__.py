"""What devices send and carry (端末とのやりとり)."""
