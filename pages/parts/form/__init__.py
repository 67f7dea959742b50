"""One question of a sheet as a widget (調査票の項目)."""
