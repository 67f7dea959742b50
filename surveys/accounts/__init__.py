"""Who may use the app: accounts, passwords and sessions (利用者)."""
