"""PDFs of the sheets for paper, made of their own pages (紙のPDF)."""
