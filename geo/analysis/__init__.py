"""What a council asks of an answer: what is not known, one more bench, two answers (考える)."""
