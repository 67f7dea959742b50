"""What every report is made with (報告の共通の道具)."""
