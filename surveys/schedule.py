"""When a salon meets or a bus runs, as rules that can be read, written and counted (開催日時)."""

from surveys.schedule_read import parse_schedule
from surveys.schedule_rules import (
    WEEKLY,
    Rule,
    Sessions,
    check_schedule,
    say_sessions,
    sessions_per_month,
)
from surveys.schedule_write import dump_schedule

__all__ = [
    "WEEKLY",
    "Rule",
    "Sessions",
    "check_schedule",
    "dump_schedule",
    "parse_schedule",
    "say_sessions",
    "sessions_per_month",
]
