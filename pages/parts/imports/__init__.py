"""Parts of the page that brings files in (取りこみの部品)."""
