"""What the running app holds (動いているアプリの持ちもの)."""
