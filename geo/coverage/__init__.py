"""The question and its answer (徒歩圏カバー)."""
