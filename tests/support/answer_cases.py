"""Answers of every writing, sound and broken, from one seed: the cases both sides are run on."""

import copy
import json
import random
from decimal import Decimal

from register_strategies import HOSTILE, ORDINARY

from surveys.declaration.field import UNKNOWN

DATES = (
    "2026-11-21", "2026/11/21", "2026.11.21", "20261121", "２０２６年１１月２１日", "令和8年11月21日",
    "R8.11.21", "r8/11/21", "令和元年5月1日", "平成31年4月30日（火）", "H31/4/30 00:00:00", "H31.5.1",
    "昭和六十年十二月三日", "昭和64年1月8日", "大正15年12月25日", "明治5年12月2日", "明6.1.1", "8.11.21",
    "26/11/21", "2026-02-29", "2024-02-29", "2026-13-01", "0000-01-01", "9999-12-31", "R0.1.1",
    "2026-11-21T09:30", "2026-11-21 24:59:59.5", "2026年11月21日土曜", "2026年11月21日(土・祝)",
    "二〇二六年十一月二十一日", "十十年1月1日", "2026-11/21", "2026ー11ー21", "きょう", "", " ", "R8年",
    "令和99年1月1日", "昭和100年1月1日", "2026-11-21\n", "2026-11-21\u001c", "𠮷" * 90, "S64.1.7", "ſ64.1.7",
)  # fmt: skip
TIMES = (
    "09:30", "9:30", "24:00", "24:01", "正午", "午前12時", "午後1時半", "PM 3:00", "a.m. 9:05", "9時5分",
    "23:60", "９：０５", "1:30", "9:30:00", "09:3", "午後 13時", "p.m.1時", "午後11時59分", "0時", "AM0:00",
)  # fmt: skip
WINDOWS = (
    "午後1時〜3時半", "8:10～8:20", "1:30～3:00", "10:00-12:00まで", "10時から", "正午より午後2時", "9:00-9:00",
    "午前10時から午後3時まで", "13:00~15:00~16:00", "AM9:00~PM3:00", "午後11時~1時", "01:30~03:00",
)  # fmt: skip
MONTHS = (
    "1980",
    "1980-04",
    "1980-13",
    "１９８０",
    "198",
    "1989",
    "1873-01",
    "1872-12",
    "0999",
    "1980-4",
    "9999-12",
)
ISO = ("2026-11-21", "20261121", "2026-W47-6", "2026W476", "2026-W47", "2021-W53-1", "2020-W53-7", "2026-1-1",
       "0001-W01-1", "9999-W52-7", "2026-W47-0", "2026-02-30", "２０２６-11-21", 20261121)  # fmt: skip
NUMBERS = (
    0, 1, -1, 0.5, 1.5, 2.5, 0.05, 0.15, 0.25, 1.005, 2.675, 1e-7, 1e-5, 123456.5, 1234567, 999999.5,
    100000.5, 100001.5, 2**53, 2**53 + 1, 2**60, 1e16, 1e21, 1e22, 1e300, -0.0, -1e-9, 3.14159265358979,
    0.1 + 0.2, 139.89561234567, 12345.678, 1e-300, 5e-324, 99999.95, 0.000123456789, 33077.25,
)  # fmt: skip
WRONG = (None, True, False, "", "unknown", "x", "１２", [], [None], ["unknown"], [1], [True], [[]], {}, {"a": 1},
         {"1": 2, "b": None, "0": 'it\'s "x"'}, "\ud800", "\ufeff", "\u200b", "　",
         -0.0, 2**70, 1e-7, [{}], [{"id": 5}],
         ["\u00a0\x85", "\x1f"], {"k": [1.5, None, True, "改\n行\u200b\x7f𠮷\U000e0001"]})  # fmt: skip
STRANGE = tuple(
    chr(code) for code in (
        *range(0x21), 0x7F, 0x85, 0xA0, 0xAD, 0x1680, 0x180E, 0x2000, 0x200A, 0x200B, 0x200F, 0x2028, 0x2029,
        0x202E, 0x202F, 0x205F, 0x2060, 0x2800, 0x3000, 0x3164, 0xD83D, 0xDE00, 0xFDD0, 0xFE0F, 0xFEFF, 0xFFFE,
        0xFFFF, 0x1F600, 0x1FFFE, 0x20BB7, 0x2F00, 0xFF11, 0x3042, 0x27, 0x22, 0x5C,
    )
)  # fmt: skip
SCHEDULE_PARTS = (
    "毎週", "火曜", "月・水・金曜日", "第1・3", "第２、第４", "木曜", "最終", "金曜日", "隔週",
    "月1回", "毎月", "10日・20日", " ", "10:00～12:00", "13時半〜15時", "午後1時から3時まで",
    "12時まで", "～11:30", "4月～9月は", "10月~3月:", "8月は", "（祝日を除く）", "（雨天中止）",
    "【第1集会所】", " 会場：カフェ", "※要予約", '※"a\\n"', "；", "\n", "2026年4月10日", "5/12",
    "、26日", "不定期", "毎日", "平日", "年中無休", "週2日", "週１回", "祝日は休み", "、", "・",
    "と", "/", ":", "1", "10", "開催", "夏期", "日", "曜", "土", "日曜日", "(", ")", "【", "】",
    "※", '"', '原文"x"', "(火・木)", "（ただし、年末年始を除く）", "正午", "PM1:00", "110:00",
    "のみ",
)  # fmt: skip


def as_sent(value):
    """A value as the field app's JSON brings it: whole floats whole, keys that are indices first."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, str):
        return json.loads(json.dumps(value))  # halves of a sign that stand together are one
    if isinstance(value, int | float):
        near = float(value)
        # JavaScript writes the shortest digits that are this number, filled up with noughts.
        return int(Decimal(repr(near))) if near.is_integer() and abs(near) < 1e21 else near
    if isinstance(value, dict):
        early = sorted((key for key in value if _is_index(key)), key=int)
        late = [key for key in value if not _is_index(key)]
        return {key: as_sent(value[key]) for key in (*early, *late)}
    return [as_sent(one) for one in value]


def _is_index(key):
    return key.isascii() and key.isdigit() and str(int(key)) == key and int(key) < 2**32 - 1


class Cases:
    """Draws cases from one seed."""

    def __init__(self, types, seed=20261121):
        self.types = types
        self.at = random.Random(seed)  # noqa: S311 - the same cases every time

    def text(self):
        kind = self.at.random()
        if kind < 0.3:
            return self.at.choice(ORDINARY)
        if kind < 0.6:
            return self.at.choice(HOSTILE[:-1])
        if kind < 0.61:
            return self.at.choice(
                ("長" * 10_000, "𠮷" * 10_000, "a" * 10_001 + " ", "𠮷" * 199 + " 𠮷𠮷", "名" * 600)
            )
        return "".join(
            self.at.choices((*STRANGE, *ORDINARY, "、", ";", "a", " "), k=self.at.randrange(7))
        )

    def rule(self):
        pick, some = self.at.choice, self.at.choices
        rule = {
            "freq": pick(
                ("daily", "weekly", "fortnightly", "nth", "monthly", "dates", "irregular", "text")
            )
        }
        sound = {
            "weekdays": lambda: some(range(7), k=3), "nth": lambda: some((-1, 1, 2, 3, 4, 5), k=2),
            "times_per_month": lambda: self.at.randrange(1, 32), "dates": lambda: some(ISO[:4], k=2),
            "days": lambda: some(range(1, 32), k=2), "start": lambda: "09:30",
            "end": lambda: pick(("13:00", "24:00", "01:00")),
            "from_month": lambda: 4, "until_month": lambda: pick((3, 9)), "except": self.text, "venue": self.text,
            "note": self.text, "text": lambda: pick((self.text(), self.line())),
        }  # fmt: skip
        needed = {
            "nth": ["weekdays", "nth"],
            "dates": ["dates"],
            "text": ["text"],
            "monthly": ["days"],
        }
        keys = needed.get(rule["freq"], []) + some((*sound, "extra", "9"), k=self.at.randrange(4))
        for key in keys:
            if key in sound and self.at.random() < 0.93:
                rule[key] = sound[key]()
            else:
                rule[key] = pick(
                    (*WRONG, *ISO, *TIMES, [7], [1.5], [6, 2**60], 0, 13, ["2026-W47"], "\x1f")
                )
        return rule

    def line(self):
        return "".join(self.at.choices(SCHEDULE_PARTS, k=self.at.randrange(1, 6)))

    def value(self, field):  # noqa: C901, PLR0911 - one kind a line
        """A value of the field's kind, mostly sound."""
        pick, several = self.at.choice, self.at.randrange(4)
        if self.at.random() < 0.04:
            return UNKNOWN
        match field.kind:
            case "choice":
                return pick([one.id for one in field.choices] + ["removed"])
            case "choices":
                return self.at.choices([one.id for one in field.choices] + [UNKNOWN], k=several)
            case "number":
                span = min(field.high - field.low, 1000)
                return pick(
                    (
                        field.low,
                        field.high,
                        field.low + self.at.random() * span,
                        field.high + 0.5,
                        pick(NUMBERS),
                    )
                )
            case "text" | "note":
                return self.text()
            case "date":
                return pick(DATES)
            case "month":
                return pick(MONTHS)
            case "time":
                return pick(TIMES)
            case "schedule":
                return [self.rule() for _ in range(several)]
            case "areas" | "sites":
                return [pick((self.text(), "s1", "a;b、c")) for _ in range(several)]
            case "photos":
                return [
                    {"id": self.at.choice("0a9f") * 64, "caption": pick((self.text(), None, 5))}
                    for _ in range(several)
                ]
            case "point":
                return [
                    self.at.uniform(-181, 181),
                    pick((self.at.uniform(-90, 90), 90, -0.0, 35.12345675)),
                ]
        return [self.item(field, number) for number in range(several)]

    def item(self, field, number):
        asked = field.item.fields
        item = {
            one.id: self.value(one)
            for one in self.at.sample(asked, min(len(asked), self.at.randrange(5)))
        }
        if self.at.random() < 0.9:
            item["_id"] = self.at.choice(
                (
                    f"a{number}",
                    f"a{number}",
                    number,
                    "",
                    "same",
                    "ベンチ",
                    "x" * 41,
                    1.5,
                    True,
                    [1],
                    1e-7,
                )
            )
        return item

    def answers(self, type_):
        """A set of answers: of ten, about six as a form makes them and four broken somewhere."""
        fields = self.at.sample(type_.fields, min(len(type_.fields), self.at.randrange(1, 12)))
        answers = {one.id: self.value(one) for one in fields}
        if self.at.random() < 0.4:
            self.break_one(answers)
        return answers

    def break_one(self, answers):
        """Put something wrong at a place of the answers, or of an item."""
        held = [
            one
            for value in answers.values()
            if isinstance(value, list)
            for one in value
            if isinstance(one, dict)
        ]
        target = self.at.choice([answers, *held])
        key = self.at.choice([*target, "nobody_asks_this", "7", "__proto__", "constructor", "a/b"])
        target[key] = copy.deepcopy(
            self.at.choice((*WRONG, [{}] * 201, ["x"] * 201, [{"_id": "a"}, {"_id": "a"}]))
        )

    def flats(self, type_, flat):
        """A flat, and what became of it."""
        after = {}
        for path, value in flat.items():
            if self.at.random() < 0.75:
                other = (1, 1.0, "x", ["a"], {"b": 1, "a": [2]})
                kept = self.at.random() < 0.7 or path.count("/") == 1
                after[path] = value if kept else self.at.choice(other)
        things = [one.id for one in type_.fields if one.kind == "items"]
        for key in things[:2]:
            after |= {
                f"{key}/𠮷": 2,
                f"{key}/\uff5e": 2,
                f"{key}/x/zzz": 1,
                f"{key}/x": self.at.randrange(4),
            }
        pairs = [*after.items(), ("old_question", [1]), ("benches/a/b/c", 1), ("name/", 2)]
        self.at.shuffle(pairs)
        return dict(pairs)

    def place(self):
        lon, lat = (
            self.at.choice((139.89, 179.9999999, -180.0, 181.0)),
            self.at.choice((35.6, 89.9999, -90.0, 90.5)),
        )
        ring = [[lon, lat], [lon - 0.1, lat], [lon - 0.1, lat - 0.1], [lon, lat]]
        return self.at.choice((
            {"type": "Point", "coordinates": [lon, lat]}, {"type": "Point", "coordinates": [lon, lat, 3]},
            {"type": "LineString", "coordinates": ring[:3]},
            {"type": "MultiLineString", "coordinates": [ring[:2], ring[2:]]},
            {"type": "Polygon", "coordinates": [ring]}, {"type": "MultiPolygon", "coordinates": [[ring]]},
            {"type": "MultiPoint", "coordinates": ring[:2]}, {"type": "LineString", "coordinates": []}, None,
        ))  # fmt: skip


def dump_lines(types, cases):
    """The lines that are handed to the other side."""
    return "\n".join(json.dumps(one) for one in (types, *cases))
