"""Parts of the page of walks (踏査の画面の部品)."""
