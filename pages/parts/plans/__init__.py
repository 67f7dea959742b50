"""Parts of the page of plans (検討案の画面の部品)."""
