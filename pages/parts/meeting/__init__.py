"""Parts of the meeting's screen (協議体で映す画面の部品)."""
