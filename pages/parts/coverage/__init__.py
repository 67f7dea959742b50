"""Parts of the page of coverage (徒歩圏カバーの部品)."""
