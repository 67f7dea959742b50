"""Commands of the ground floor, one file each (コマンド)."""
