"""Planning a walk (踏査の計画)."""
