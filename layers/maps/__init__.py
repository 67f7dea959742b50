"""Folium maps: base, layers, signs, legends (地図)."""
