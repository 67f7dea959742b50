"""One word for each thing, as care workers say it: no other word comes back (画面と紙とファイルのことば).

Read are all texts of the code but docstrings, the field app's, the sheets' and the documents for
people. Heads and labels that others write stand in `aliases`, which are read and never shown.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from where import ROOT

# What is never said, and the word that is.
SCREENS = (
    "pages/",
    "layers/cards/",
    "layers/layered/",
    "layers/maps/",
    "layers/sheets/",
    "surveys/field_app/",
)
NEVER: dict[str, str] = {
    r"アクセシビリティ|カバレッジ|空白地帯": "通いの場・届かない人・道のり",
    r"平地換算|flat-equivalent": "坂の分を足した距離, with slopes added",
    r"中央値|\d+[％%]の人まで": "半分の人が○分以内・4人に3人が○分以内",
    r"もう一つの数字": "くらべる数字",
    r"ない所の幅|幅を出す|幅がせま|幅のうち": "わからない所で数字がどれだけ変わるか",
    r"床面積": "建物の広さ",
    r"照合": "数の確かめ",
    r"（原文）": "（元の文）",
    r"持ち出|\btaken? along\b|\bis carried\b": "この端末に入れる, put on this device",
    r"に 残りなし": "送り残しなし",
    r"まっすぐ": "直線で",
    r"閉鎖|閉・なし|閉まっていた|が、なかった|・なかった": "閉まった (見つからない where nobody knows)",
    r"使える地区|届ける地区|来られる地区": "利用できる地区",
    r"(?<!電動)シニアカー": "電動シニアカー",
    r"店に入れる": "乗り入れ可",
    r"会場の交代|交代で開": "巡回・持ち回り",
    r"グループ・活動": "サロン・活動（団体）",
    r"分類": "種類・ジャンル",
    r"(?<!行政)区域": "地区",
    r"使えるトイレ": "トイレ（ある）: that it is there does not say that it can be used",
    r"軌跡|道すじを記録|歩いた道すじ|Lines walked": "歩いた跡, track",
    r"ログイン|\b[Ll]og(?:ged)? in\b": "サインイン, sign in",
    r"エクスポート|インポート|アップロード|取り込|取込": "書き出し・取りこみ・読みこむ",
    r"ブラウザー|レイヤー": "ブラウザ・レイヤ",
    r"調査の台帳": "社会資源の台帳",
    r"（捨てますか）": "書きつづける／捨てる",
    r"[\d}]%(?= ?[\u3040-\u9fff])": "％, full width, in Japanese",
    r"\(internal\)": "office use only",
    r"読み込|書き込": "読みこむ・書きこむ",
    r"地物": "点・線・面",
    r"たしかめ": "確かめ",
    r"[をに]お(?:すと|して|しま|した)": "押す",
    r"\b(?:visible|invisible) signs\b|\d signs or more": "characters, of a text",
    r"[Nn]othing was taken": "nothing was brought in",
}
ON_SCREENS: dict[str, str] = {r"(?<!社会資源の)台帳": "一覧"}

# File, what is found there, and why it may stand.
ALLOWED: dict[tuple[str, str], str] = {
    ("geo/sources/people_keys.py", "区域"): "a heading in other people's tables of people",
    ("layers/inspected/for_areas.py", "区域"): "a heading in other people's map files",
    ("docs/inspected.md", "区域"): "names of other people's files",
    ("geo/sources/sites.py", "閉鎖"): "a state in other people's lists, and in our own of before",
    ("surveys/formats/parts/row_site.py", "閉鎖"): "a state in files written before",
    ("pages/parts/question/walking.py", "使えるトイレ"): "asked for is one that can be used by day",
    ("docs/look.md", "アクセシビリティ"): "named as what is not said",
    ("docs/look.md", "カバレッジ"): "named as what is not said",
}
_ANY = re.compile("|".join((*NEVER, *ON_SCREENS)))


def test_no_other_word_for_a_thing() -> None:
    """The word of the list stands on every screen, print, file and page of the documents."""
    found = [one for path, line, text in texts() for one in faults(path, line, text)]
    assert not found, "\n".join(found)


def test_what_may_stand_is_still_there() -> None:
    """An exception that nothing needs any more is taken away."""
    needed = {
        (path, one.group())
        for path, _, text in texts()
        if _ANY.search(text)
        for pattern in {**NEVER, **ON_SCREENS}
        for one in re.finditer(pattern, text)
    }
    assert not set(ALLOWED) - needed
    assert all(ALLOWED.values())


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".py", 'A = Words("持ち出しをつくる", "Take along")'),
        (".py", 'A = Words(f"{n}区域の数字", "")'),
        (".py", 'A = options(("inside", "店に入れる", "may enter"))'),
        (".js", 't("ログインしてください", "")'),
        (".html", '{{ t("閉鎖", "closed") }}'),
        (".md", "中央値"),
    ],
)
def test_a_word_that_is_not_said_is_found(tmp_path: Path, suffix: str, text: str) -> None:
    """Wherever texts stand, a planted one is found."""
    planted = tmp_path / f"planted{suffix}"
    planted.write_text(text, encoding="utf-8")
    assert [one for line, said in read(planted) for one in faults("planted", line, said)]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (
            ".py",
            '"""What is carried (持ち出し)."""\nA = choose("a", "電動シニアカー", aliases=("シニアカー",))',
        ),
        (".py", 'A = options(("inside", "乗り入れ可", "may enter", "店に入れる"))'),
        (".js", "// 持ち出し\n/** 閉鎖 */"),
        (".md", "国土数値情報の行政区域"),
    ],
)
def test_what_nobody_reads_or_others_write_is_left(tmp_path: Path, suffix: str, text: str) -> None:
    """Comments, and labels that are read from other people's files, are not ours to word."""
    planted = tmp_path / f"planted{suffix}"
    planted.write_text(text, encoding="utf-8")
    assert not [one for line, said in read(planted) for one in faults("planted", line, said)]


def faults(path: str, line: int, text: str) -> Iterator[str]:
    """Yield what is wrong with a text, with what to say (言わないことば)."""
    if not _ANY.search(text):
        return
    never = {**NEVER, **(ON_SCREENS if path.startswith(SCREENS) else {})}
    for pattern, say in never.items():
        for one in re.finditer(pattern, text):
            if (path, one.group()) not in ALLOWED:
                yield f"{path}:{line}: “{one.group()}” is not said; say {say}"


@cache
def texts() -> tuple[tuple[str, int, str], ...]:
    """Return every text people read: its file, line, and itself (読まれる文)."""
    code = [*(one for room in ("geo", "surveys", "layers", "pages") for one in _files(room))]
    told = [*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")]
    made = {ROOT / "docs" / "reference.md", ROOT / "docs" / "licences.md"}
    return tuple(
        (path.relative_to(ROOT).as_posix(), line, text)
        for path in (*code, *(one for one in told if one not in made))
        for line, text in read(path)
    )


def _files(room: str) -> Iterator[Path]:
    for suffix in ("*.py", "*.js", "*.html", "*.toml"):
        for path in sorted((ROOT / room).rglob(suffix)):
            if not {"node_modules", "dist"} & set(path.parts):
                yield path


def read(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of what people read of a file (ファイルの文)."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _python(ast.parse(text))
    else:
        if path.suffix == ".js":
            # Comments are blanked, so that lines keep their numbers.
            text = re.sub(
                r"/\*.*?\*/", lambda one: "\n" * one.group().count("\n"), text, flags=re.DOTALL
            )
            text = re.sub(r"(?m)(^|\s)//.*$", "", text)
        yield from enumerate(text.splitlines(), start=1)


def _python(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module but docstrings and what only others write."""
    left: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left.add(id(node.value))
        elif isinstance(node, ast.keyword) and node.arg == "aliases":
            left |= {id(one) for one in ast.walk(node.value)}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "options":  # rows of id, Japanese, English, and what others write
                rows = [one for one in node.args if isinstance(one, ast.Tuple)]
                left |= {id(one) for row in rows for one in row.elts[3:]}
            elif node.func.id == "also":
                left |= {id(one) for one in node.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            left |= {id(one) for one in node.values}
            yield (
                node.lineno,
                "".join(
                    one.value if isinstance(one, ast.Constant) else "{}" for one in node.values
                ),
            )
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left
        ):
            yield node.lineno, node.value
