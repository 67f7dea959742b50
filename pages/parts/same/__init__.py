"""Parts of the page that asks whether two are one place (同じ所かの部品)."""
