"""When a salon meets or a bus runs, as rules that can be read, written and counted (開催日時)."""

from geo.schedule.read import parse_schedule, parse_sessions
from geo.schedule.rules import (
    WEEKLY,
    Rule,
    Sessions,
    check_schedule,
    say_sessions,
    sessions_per_month,
)
from geo.schedule.write import dump_schedule

__all__ = [
    "WEEKLY",
    "Rule",
    "Sessions",
    "check_schedule",
    "dump_schedule",
    "parse_schedule",
    "parse_sessions",
    "say_sessions",
    "sessions_per_month",
]
