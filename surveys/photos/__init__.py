"""Photos of a survey: made safe, kept on disk, and drawn for the demo town (写真)."""
