"""How the set to carry is found together; runs in the environment make makes (一式をつくる道具)."""
