"""Fetching a town's files: the eyes that look at what came, and the list to carry (資料の取り寄せ)."""
