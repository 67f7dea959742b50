"""How many made-up names and numbers are noticed in free texts, and how many ordinary lines are taken for one.

    python benchmarks/privacy.py FOLDER

FOLDER holds texts municipalities wrote (``.txt``, ``.md``); 1,000 of their lines are taken by chance.
Nobody in the 500 made-up lines exists.
"""

from __future__ import annotations

import argparse
import random
import re
from pathlib import Path

from surveys.record.privacy import notice

SEED, MADE, ORDINARY = 20261202, 500, 1000
_LEAST = 12
_FAMILY = (
    "佐藤 高橋 小田切 早乙女 五十嵐 佐々木 渡邊 長谷川 山野辺 大久保 宇都宮 榊原 三枝 鬼頭 能登谷 森 林 原 谷 星 佐久間"
    " 日比野 神崎 七瀬 安曇 柏木 二階堂 東海林 小鳥遊 竹之内 木之本 真壁 水無瀬 八神 島袋 比嘉 与那嶺 茂木 相馬 桐生"
)
_GIVEN = "花子 太郎 キヨ 正一 はな 和子 勇 ハル 健太 節子 美咲 三郎 トメ 蓮 陽菜 義雄"
FAMILY, GIVEN = _FAMILY.split(), _GIVEN.split()
MARKS = ("様", "さん", "氏", "さま", "さん", "さん")
SMALL = ("ちゃん", "くん", "君")
ABOUT = (
    "{}から、買い物に困っていると聞いた。",
    "今日は{}のお宅を訪問。変わりなし",
    "参加者の{}が転んだとのこと",
    "・{}に声をかけ、次回の体操に誘う",
    "（{}より電話）",
    "民生委員の{}と相談した",
    "{}宅の前の段差",
    "区長の紹介で{}へ連絡する。",
    "一人暮らしの{}、ごみ出しができない",
    "{}と{}の送迎について",
)


def make_line(rng: random.Random) -> str:
    """Return one line that names somebody who does not exist."""
    way = rng.randrange(5)
    if way <= 1:
        return rng.choice(ABOUT).replace("{}", _person(rng))
    if way == 2:
        return rng.choice(("連絡先 {}", "{}に電話", "TEL：{}", "（{}）", "携帯は{}まで")).format(
            _phone(rng)
        )
    if way == 3:
        return rng.choice(
            ("{a}、{d}にお住まい", "{d}の方（{a}）が来所", "{a}女性。住所は{d}。")
        ).format(a=_age(rng), d=_door(rng))
    return f"メールは{rng.choice(('hanako', 't.sato', 'info-78'))}@{rng.choice(('example.jp', 'mail.example.com'))}へ"


def _person(rng: random.Random) -> str:
    if rng.random() < 0.15:
        return rng.choice(GIVEN) + rng.choice(SMALL)
    given = rng.choice(("", "", "", " ", "　")) if rng.random() < 0.5 else None
    full = rng.choice(FAMILY) + ("" if given is None else given + rng.choice(GIVEN))
    return full + rng.choice(MARKS)


def _phone(rng: random.Random) -> str:
    a, b = f"{rng.randrange(10_000):04}", f"{rng.randrange(10_000):04}"
    layouts = (
        f"090-{a}-{b}", f"080{a}{b}", f"070 {a} {b}", f"03-{a}-{b}", f"(0{rng.randrange(100, 999)}){a[:2]}-{b}",
        f"0{rng.randrange(1000, 9999)}-{a[0]}-{b}", f"0{rng.randrange(10, 99)}({a[:3]}){b}",
        f"+81 90-{a}-{b}", f"0120-{a[:3]}-{b[:3]}",
    )  # fmt: skip
    said = rng.choice(layouts)
    return (
        said.translate(str.maketrans("0123456789-()", "０１２３４５６７８９－（）"))
        if rng.random() < 0.4
        else said
    )


def _age(rng: random.Random) -> str:
    said = f"{rng.randrange(65, 102)}{rng.choice(('歳', '才'))}"
    return (
        said.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        if rng.random() < 0.3
        else said
    )


def _door(rng: random.Random) -> str:
    one, two, three = (rng.randrange(1, 30) for _ in range(3))
    said = rng.choice(
        (
            f"本町{one}丁目{two}番{three}号",
            f"緑ヶ丘{one}-{two}-{three}",
            f"大字上野{one * 37}番地",
            f"汐見団地{one}号棟{two}0{three % 9 + 1}号室",
            f"浜町{one}丁目{two}-{three}",
        )
    )
    return (
        said.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))
        if rng.random() < 0.3
        else said
    )


def ordinary_lines(folder: Path) -> list[str]:
    """Return lines of the texts that hold a sentence's worth of signs."""
    texts = [
        one.read_text("utf-8") for one in sorted(folder.iterdir()) if one.suffix in (".txt", ".md")
    ]
    lines = (line.strip() for text in texts for line in text.splitlines())
    return [line for line in lines if len(line) >= _LEAST and re.search("[ぁ-ん]", line)]


def main() -> None:
    """Print both shares, and what was missed or taken amiss."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=40)
    parser.add_argument("--seed", type=int, default=SEED)
    args = parser.parse_args()
    rng = random.Random(args.seed)  # noqa: S311 - samples, no secrets
    made = [make_line(rng) for _ in range(MADE)]
    missed = [one for one in made if not notice(one)]
    lines = ordinary_lines(args.folder)
    chosen = rng.sample(lines, ORDINARY)
    amiss = [(one, [each.text for each in notice(one)]) for one in chosen if notice(one)]
    whole = [(one, [each.text for each in notice(one)]) for one in lines if notice(one)]
    print(f"noticed {MADE - len(missed)} of {MADE} ({100 * (1 - len(missed) / MADE):.1f} %)")
    print(
        f"noticed in {len(amiss)} of {ORDINARY} ordinary lines ({100 * len(amiss) / ORDINARY:.1f} %)"
    )
    print(
        f"noticed in {len(whole)} of all {len(lines)} lines ({100 * len(whole) / len(lines):.2f} %)"
    )
    for one in missed[: args.show]:
        print("missed:", one)
    for line, texts in whole[: args.show]:
        print("noticed:", texts, line[:60])


if __name__ == "__main__":
    main()
