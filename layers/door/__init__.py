"""The listening side of the app: who may hold a connection, and how long (入口)."""
