"""Addresses without coordinates: how they are read, and where a file of addresses has them (住所の場所)."""
