"""Sites, areas and benches as cards, lists and tables (カードと一覧)."""
