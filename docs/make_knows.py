"""Write docs/knows.md, what knows of what is kept: python docs/make_knows.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from read_knows import cells_of_kind, cells_of_type, open_demo, types_of_reports, unknown_names

from surveys.store.kept.kind import Not
from surveys.store.kept_order import kinds_in_order
from surveys.types import EVERY_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.words import Words
    from surveys.store.kept.kind import Kind

OUT: Final = Path(__file__).with_name("knows.md")
_HEADS: Final = {
    "page": "画面 page", "command": "コマンド kayoi …", "export": "書式 file formats",
    "formats": "書式 file formats", "map": "地図の層 map", "list": "一覧 list", "sheet": "紙 sheet",
    "field_app": "野外アプリ field app", "walk": "踏査 walk", "freshness": "確認の時期 asks again after",
    "report": "報告 report", "rules": "読み取りの決まり import rules", "backup": "控え backup",
    "restore": "戻す restore", "undo": "取り消し undo", "reference": "reference", "demo": "デモ demo",
    "languages": "日本語・English",
}  # fmt: skip
_INTRO: Final = """# Does everything know of everything?

Made by `python docs/make_knows.py`; a test compares. Each row is asked of the registries, and tried on a demo town
filled for it: how many the demo has, which formats write them, which sheets are drawn, what the field app's pack holds.
Pages, layers, sheets and commands name the kinds they show (`kinds`, `KEPT`); tests open each and look whether it does.
A cell with – and a number is empty, and why stands below: the reason is declared beside the kind (`apart`, or its
answer to the question), and an empty cell without one stops the command, as does a reason for a cell that is not empty.
How each is backed up, put back, undone and checked, and who sees it: [reference.md](reference.md), at the end.
"""
Row = tuple[str, "Words", "Mapping[str, str]", "Mapping[str, Words]"]


def make_page() -> str:
    """Return the page.

    Raises
    ------
    ValueError
        When a cell is empty without a reason, has both, or a declaration names what is not there.
    """
    with open_demo() as demo:
        reports = types_of_reports(demo)
        kinds: list[Row] = [
            (one.id, one.words, cells_of_kind(one, demo), reasons_of(one))
            for one in kinds_in_order()
        ]
        types: list[Row] = [
            (one.id, one.words, cells_of_type(one, demo, reports), dict(one.apart))
            for one in EVERY_TYPE.values()
        ]
    wrong = unknown_names() + find_wrong(kinds, "surveys/store/kept")
    wrong += find_wrong(types, "surveys/types")
    if wrong:
        raise ValueError("\n".join(wrong))
    notes: dict[str, int] = {}
    tables = [
        f"## Whatever is kept (しまうもの)\n\n{_table(kinds, notes)}",
        (
            "## Record types (調査票)\n\nBackup, restore and undo are the site's, above: every type is "
            f"kept alike.\n\n{_table(types, notes)}"
        ),
    ]
    why = "\n".join(f"{number}. {reason}" for reason, number in notes.items())
    return "\n".join([_INTRO, *tables, f"## Why not (ないわけ)\n\n{why}\n"])


def reasons_of(kind: Kind) -> dict[str, Words]:
    """Return why what does not know of a kind does not, by column."""
    answers = {name: getattr(kind, name) for name in ("export", "backup", "restore", "undo")}
    said = {name: one.words for name, one in answers.items() if isinstance(one, Not)}
    return said | dict(kind.apart)


def find_wrong(rows: Sequence[Row], where: str) -> list[str]:
    """Return the cells that are empty without a reason, and those that have one and are not."""
    wrong = []
    for id_, _, cells, reasons in rows:
        place = f"{where}/{id_}.py"
        wrong += [
            f"nothing in the column {name} knows of {id_}, and no reason is given: mend it, or add "
            f"({name!r}, Words(…)) to apart in {place}"
            for name, cell in cells.items()
            if not cell and name not in reasons
        ]
        wrong += [
            f"{place} says why {name} does not know of {id_}, and it does ({cells[name]}): take the "
            "reason out"
            for name in reasons
            if cells.get(name)
        ]
        wrong += [f"{place} gives a reason for {name}, no column" for name in reasons if name not in cells]  # fmt: skip
    return wrong


def _table(rows: Sequence[Row], notes: dict[str, int]) -> str:
    names = list(rows[0][2])
    lines = ["| id | " + " | ".join(_HEADS[name] for name in names) + " |"]
    lines.append("|" + "---|" * (len(names) + 1))
    for id_, words, cells, reasons in rows:
        shown = [cells[name] or _note(reasons[name], notes) for name in names]
        lines.append(f"| {id_} {words.ja} | " + " | ".join(shown) + " |")
    return "\n".join(lines) + "\n"


def _note(reason: Words, notes: dict[str, int]) -> str:
    return f"–{notes.setdefault(f'{reason.ja}。 {reason.en}', len(notes) + 1)}"


if __name__ == "__main__":
    OUT.write_text(make_page(), encoding="utf-8")
