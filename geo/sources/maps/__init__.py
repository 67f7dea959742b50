"""Map files of each kind, opened without letting them reach anything else (地図ファイルの形式)."""
