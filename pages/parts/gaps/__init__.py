"""Parts of the page of places where people are left out (空白をさがす画面の部品)."""
