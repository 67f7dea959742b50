"""What layers of the one map are made with (地図の層の部品)."""
