"""Parts of the page that lists what is recorded (一覧の部品)."""
