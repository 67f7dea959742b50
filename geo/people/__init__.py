"""Where people live, from tables and buildings (人の住む所)."""
