"""What a file is, and what it is good for here (ファイルの見立て)."""
