"""When a salon meets or a bus runs, as rules that can be read, written and counted (開催日時)."""

from geo.schedule.count import WEEKLY, Sessions, parse_sessions, say_sessions, sessions_per_month
from geo.schedule.days import Meeting, NextDays, next_days, say_reading
from geo.schedule.doubt import is_of_schedule, say_doubt
from geo.schedule.fit import Doubt, Fit, Fits, Half, Often, Times, fit_schedule, worse
from geo.schedule.off import tells_holidays_off
from geo.schedule.read import parse_schedule
from geo.schedule.rules import Rule, check_schedule
from geo.schedule.write import dump_schedule, in_first_words

__all__ = [
    "WEEKLY",
    "Doubt",
    "Fit",
    "Fits",
    "Half",
    "Meeting",
    "NextDays",
    "Often",
    "Rule",
    "Sessions",
    "Times",
    "check_schedule",
    "dump_schedule",
    "fit_schedule",
    "in_first_words",
    "is_of_schedule",
    "next_days",
    "parse_schedule",
    "parse_sessions",
    "say_doubt",
    "say_reading",
    "say_sessions",
    "sessions_per_month",
    "tells_holidays_off",
    "worse",
]
