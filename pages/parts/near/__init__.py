"""Parts of the page of what is near from here (ここから近い所の部品)."""
