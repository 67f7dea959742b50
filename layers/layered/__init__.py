"""The layers of the one map, one file each: what it draws, when it can, and its legend (重ねる地図)."""
