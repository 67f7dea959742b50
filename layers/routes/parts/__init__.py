"""What the routes are made with (経路の部品)."""
