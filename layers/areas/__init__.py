"""All that is told of one area: its people, what is there, its map (一つの地区の中身)."""
