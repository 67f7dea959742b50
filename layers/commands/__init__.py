"""Commands that need town and register: build, ask, serve, one file each (台帳も要るコマンド)."""
