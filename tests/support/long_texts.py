"""Long hostile texts and what reads them: a careless pattern would take an age over each."""

from geo.base.located.degrees import parse_degrees
from geo.base.located.heads import PAIR, WKT, find_place_heads
from geo.base.located.zones import find_zone
from geo.schedule import parse_schedule
from surveys.formats.parts.row_site import _WKT
from surveys.record.private_text import says_contact

LONG = 10_000


def read_latitude_head(head):
    return find_place_heads([head, head + "b"], lambda _: [head])


# What reads it, and the cell.
LONG_CELLS = [
    (WKT.fullmatch, "POINT" + " " * LONG + "!"),
    (parse_degrees, "1" + " " * LONG + "!"), (parse_degrees, "35 41 " + "1" * LONG),
    (find_zone, "第" + " " * LONG), (find_zone, "平面" * LONG),
    (read_latitude_head, "a_" * LONG + "lat" + "_dec" * LONG + "x"),
    (_WKT.fullmatch, "POINT" + " " * LONG + "!"),
    (_WKT.fullmatch, "POINT" + "\t" * LONG + "Z" + "\n" * LONG + "!"),
    (PAIR.fullmatch, "1" + " " * LONG + "!"),
    (PAIR.fullmatch, "1" + "　" * LONG + "," + " " * LONG + "!"),
    (parse_schedule, "毎週火曜" + "祝日" * LONG + "x"),
    (parse_schedule, "毎週火曜" + "祝日、" * LONG + "x"),
    (parse_schedule, "毎週火曜" + " " * LONG + "x"), (parse_schedule, "火、" * LONG),
    (parse_schedule, "第1・" * LONG),
    (parse_schedule, "10:00~" * LONG), (parse_schedule, "毎週火曜(" + "、" * LONG + "x)"),
    (parse_schedule, "（" * LONG),
]  # fmt: skip
LONG_SCHEDULES = [
    one * 2000 + "X"
    for one in ("火曜日", "第1", "祝日", "（", "【", "1", "10:00～", "4月～", "会場：", " ", '"')
]
LONG_CONTACTS = [
    one * 5_000 for one in ("電話 1", "0 1 ", "tel:-", "0-", "電話11-", "010-", "00810")
]
ALL = [
    *LONG_CELLS,
    *((parse_schedule, text) for text in LONG_SCHEDULES),
    *((says_contact, text) for text in LONG_CONTACTS),
]
