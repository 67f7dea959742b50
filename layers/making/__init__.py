"""Making a town from files that are given one by one (まちをつくる)."""
