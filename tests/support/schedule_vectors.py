"""The phrases of `vectors/schedules.json`, which bind the server and the field app."""

import json
import random

from where import TESTS

TODAY = "2026-11-30"
VECTORS = json.loads((TESTS / "vectors" / "schedules.json").read_text(encoding="utf-8"))

# What a phrase may be made of; drawn without sense, most of it is read by nobody.
PIECES = (
    "毎週", "隔週", "毎月", "隔月", "偶数月", "奇数月の", "週1回", "週２回", "月1回", "毎月2回", "年４回",
    "半年に1度", "２か月に１回", "程度", "以上", "第1・3", "第２", "第4週", "最終", "月曜", "火", "木曜日",
    "月〜金", "土日", "平日", "10日・20日", "20日", "4月・7月の", "10:00～12:00", "13時半～",
    "午後1時から3時まで", "15:00まで", "夏期15:00～16:30", "冬期14:00～15:30", "夏期", "4月～9月は",
    "10月～3月は", "常設", "いつでも", "出入り自由", "（出入り自由）", "予定", "実施", "（8月を除く）",
    "8月は休み", "（祝日・8月を除く）", "祝日を除く", "（祝日を除く）", "2/24（水）", "2月24日", "H27.9.15〜25",
    "2026年4月10日", "、26日", "Ｈ28.6月", "Ｈ28年度", "ふれあい喫茶", "２時間以上", "（⽉）", "（火・木）",
    "（日曜除く）", "（第3火曜休み）", "※8月は休み", "（土日祝を除く）", "、水曜休み", "（冬期休み）", "（休止中）",
    "（どちらか）", "\n※中止", "（第5週は休み）", "ただし", "のみ", "①", "②", "以外",
    "【集会所】", "会場：カフェ", "※要予約", "不定期", "毎日", "開催日：", "\n", "；", "、", "・", "／", " ",
    "　", "と", "の", "1", "月", "日", "⽇",
)  # fmt: skip


def draw_phrases(count, seed):
    """Draw phrases from one seed: pieces together, and the known ones with one sign changed."""
    at = random.Random(seed)  # noqa: S311 - the same phrases every time
    known = [one["text"] for one in VECTORS]
    signs = "".join(known)
    for _ in range(count):
        if at.random() < 0.7:
            yield "".join(at.choices(PIECES, k=at.randrange(1, 6)))
        else:
            text = at.choice(known)
            place = at.randrange(len(text) + 1)
            yield text[:place] + at.choice(signs) + text[place + at.randrange(3) :]
