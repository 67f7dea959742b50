"""What was seen of files, in lines and as JSON (見立てを言う)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.base.words import Words, count_in_english

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from layers.inspected.seen import Seen, Use

NOT_RECOGNISED = Words("ここでは使いみちがわかりません", "not recognised as anything of use here")
_MB: Final = 1_000_000


def say_seen(seen: Seen, lang: Lang) -> list[str]:
    """Return what was seen of a file, a line each, the first its name (見立ての文)."""
    lines = [f"{seen.file}: {say_facts(seen, lang)}"]
    if seen.box is not None:
        lines.append("  " + _say_box(seen.box).say(lang))
    if seen.licence is not None:
        lines.append("  " + Words("利用条件: ", "licence: ").say(lang) + seen.licence.say(lang))
    for use in seen.uses:
        lines += _say_use(use, lang)
    if not seen.uses and not seen.beside:
        lines.append("  " + NOT_RECOGNISED.say(lang))
    lines += [f"  ・{one.say(lang)}" for one in (*seen.traps, *seen.missing)]
    return lines


def say_facts(seen: Seen, lang: Lang) -> str:
    """Return what a file is, how large, and how it is written (ファイルの事実)."""
    facts = [seen.kind.say(lang), _say_size(seen.size)]
    if seen.rows is not None:
        facts.append(Words(f"{seen.rows:,}行", count_in_english(seen.rows, "row")).say(lang))
    return " / ".join([*facts, *(one for one in (seen.encoding, seen.crs) if one)])


def _say_use(use: Use, lang: Lang) -> list[str]:
    lines = [f"  → {use.words.say(lang)}: {use.found.say(lang)}", f"     {use.goes.say(lang)}"]
    read = [f"{one.name} → {one.becomes.say(lang)}" for one in use.columns if one.becomes]
    if read:
        lines.append("     " + Words("読む列: ", "columns read: ").say(lang) + "、".join(read))
    lines += [f"     ・{one.say(lang)}" for one in use.told]
    if use.how:
        lines.append(f"     $ {use.how}")
    return lines


def _say_size(size: int) -> str:
    return f"{size / _MB:.1f} MB" if size >= _MB / 10 else f"{size / 1000:.1f} kB"


def _say_box(box: tuple[float, float, float, float]) -> Words:
    west, south, east, north = box
    return Words(
        f"場所: 北緯{south:.4f}～{north:.4f}度、東経{west:.4f}～{east:.4f}度",
        f"place: {south:.4f} to {north:.4f} north, {west:.4f} to {east:.4f} east",
    )


def plain_seen(seen: Sequence[Seen], lang: Lang) -> list[dict[str, Any]]:
    """Return what was seen as plain values for JSON (見立てのJSON)."""
    return [
        {
            "file": one.file, "bytes": one.size, "kind": one.kind.say(lang), "encoding": one.encoding,
            "crs": one.crs, "bbox": one.box, "rows": one.rows,
            "columns": [each.name for each in one.columns],
            "licence": one.licence.say(lang) if one.licence else "", "beside": one.beside,
            "uses": [
                {
                    "id": use.id, "words": use.words.say(lang), "found": use.found.say(lang),
                    "command": use.how, "goes": use.goes.say(lang), "told": [each.say(lang) for each in use.told],
                    "columns": {
                        each.name: each.becomes.say(lang) if each.becomes else None
                        for each in use.columns
                    },
                }
                for use in one.uses
            ],
            "traps": [each.say(lang) for each in one.traps],
            "missing": [each.say(lang) for each in one.missing],
        }
        for one in seen
    ]  # fmt: skip
