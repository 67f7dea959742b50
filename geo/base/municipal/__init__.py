"""The municipalities of Japan, and finding one by what somebody types (市区町村の一覧)."""
