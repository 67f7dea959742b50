"""The SVG map of printed sheets (紙の地図)."""
