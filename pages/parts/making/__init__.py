"""Parts of the page that makes a town (まちをつくる画面の部品)."""
