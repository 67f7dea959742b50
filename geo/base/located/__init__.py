"""Where the rows of a table are, in any writing of a place (場所の書き方)."""
