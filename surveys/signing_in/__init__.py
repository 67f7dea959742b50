"""Sessions and tries at the door, kept in the store (サインイン)."""
