"""Write geo/base/municipal/*.tsv from localgovjp: python docs/make_municipalities.py CSV YYYY-MM-DD."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
OUT: Final = ROOT / "geo" / "base" / "municipal"
# 浜松市 made three wards of seven on 2024-01-01; the list has still the seven.
_GONE: Final = frozenset(f"2213{n}" for n in range(1, 8))
_NEW: Final = (
    ("22138", "浜松市 中央区", "はままつし ちゅうおうく"),
    ("22139", "浜松市 浜名区", "はままつし はまなく"),
    ("22140", "浜松市 天竜区", "はままつし てんりゅうく"),
)
_HEAD: Final = """# {what}
# Made by docs/make_municipalities.py of localgovjp-utf8.csv as of {day} (Code for FUKUI,
# https://github.com/code4fukui/localgovjp), CC0 1.0.{more}
"""


def write(source: Path, day: str) -> None:
    """Write both tables."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    whole = sorted((_code(row), row) for row in rows if " " not in row["city"])
    lines = [
        (code, row["pref"], row["city"], row["citykana"], *(f"{float(row[n]):.4f}" for n in ("lat", "lng")))
        for code, row in whole
    ]  # fmt: skip
    wards = [(_code(row), row["city"], row["citykana"]) for row in rows if " " in row["city"]]
    wards = sorted([one for one in wards if one[0] not in _GONE] + list(_NEW))
    codes = {row["city"]: code for code, row in whole}
    parts = [
        (code, codes[name.split()[0]], name.split()[1], kana.split()[1])
        for code, name, kana in wards
    ]
    _save("municipalities.tsv", "The municipalities of Japan (市町村と特別区)", day, lines,
          ("code", "prefecture", "name", "kana", "office_latitude", "office_longitude"),
          " Positions are those of the offices.")  # fmt: skip
    _save("wards.tsv", "The wards of the designated cities (政令指定都市の区)", day, parts,
          ("code", "city_code", "name", "kana"),
          " 浜松市's wards are those since 2024-01-01.")  # fmt: skip


def _code(row: dict[str, str]) -> str:
    return row["lgcode"][:5]


def _save(
    name: str, what: str, day: str, rows: list[tuple[str, ...]], heads: tuple[str, ...], more: str
) -> None:  # fmt: skip
    text = _HEAD.format(what=what, day=day, more=more)
    lines = ["\t".join(one) for one in (heads, *rows)]
    (OUT / name).write_text(text + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2])
