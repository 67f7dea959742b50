"""Fetching a town's files from where they are to be had, politely and resumably (資料の取り寄せ)."""
