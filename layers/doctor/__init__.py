"""An installation looked over, a check a file (設置の確かめ)."""
