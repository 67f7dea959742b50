"""Reports on the screen: asked, looked into, corrected, written (報告の画面)."""
