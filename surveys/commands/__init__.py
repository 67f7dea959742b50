"""Commands on the register: files in and out, check, backup, restore (台帳のコマンド)."""
