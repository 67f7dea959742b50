"""The routes devices and people sign in and send by (野外アプリの経路)."""
