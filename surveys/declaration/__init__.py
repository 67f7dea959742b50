"""What a record type, a question and a path are (調査票の宣言)."""
