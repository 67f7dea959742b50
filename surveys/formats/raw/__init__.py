"""Files as tables of text, before anything is understood (ファイルをそのまま読む)."""
