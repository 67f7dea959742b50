"""Parts of the page of what devices sent (届いた記録の部品)."""
