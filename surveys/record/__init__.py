"""Sites, walks, answers and their history, without a store (記録そのもの)."""
