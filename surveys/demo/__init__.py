"""The demo town's register: three years of invented surveys (デモの台帳)."""
