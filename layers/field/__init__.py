"""The field app put together: its shell and what a walk carries (野外アプリ)."""
