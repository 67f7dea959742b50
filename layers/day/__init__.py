"""Where town, register and day meet: the checked tables a question is asked of (その日の街)."""
