"""Parts of the page that writes a record (記録を書く画面の部品)."""
