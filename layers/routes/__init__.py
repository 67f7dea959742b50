"""The addresses the app answers beside its pages (ページのほかの住所)."""
