"""Parts of the page of where files are to be had (資料のありかの部品)."""
