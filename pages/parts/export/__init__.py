"""Parts of the page that writes files (書き出しの部品)."""
