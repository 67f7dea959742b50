"""What every format is made of: columns, cells, rows (書式の部品)."""
