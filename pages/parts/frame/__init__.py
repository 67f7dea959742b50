"""What stands around every page: navigation, office, foot (画面の枠)."""
