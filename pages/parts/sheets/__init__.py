"""Parts of the page of area sheets: choosing, drawing, paper, making (地区シートの部品)."""
