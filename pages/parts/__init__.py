"""Parts of pages, a room for each page or what pages share (画面の部品)."""
