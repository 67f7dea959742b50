"""The light part every floor may stand on: words, text, dates, problems, places (土台)."""
