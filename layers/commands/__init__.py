"""Commands that start the app, one file each (アプリを始めるコマンド)."""
