"""``kayoi towns``: many towns in one table, a row each, by one question (街をならべるコマンド)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geo.base.arguments import make_adder
from geo.base.files import save_bytes
from geo.base.outputs import BOOK, TABLE, check_output
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.square import say_office_file
from geo.base.text import visible
from geo.base.words import Words
from geo.cli import say_os_error
from geo.coverage.asking import TRIPS
from geo.coverage.coverage import COUNTED
from geo.export.towns import (
    TownFigures,
    export_towns_book,
    export_towns_table,
    tell_asked,
    town_figures,
)
from geo.say.assumptions import say_assumptions
from geo.say.masked import MASKED, MASKED_LINE, is_masked, mask_text
from geo.say.sentence import say_coverage
from geo.sources.town_folder import load_town
from layers.areas.figures import row_of_town
from layers.areas.run import Run
from layers.commands.shared import (
    add_audience,
    add_days,
    add_keys,
    add_people,
    add_slopes,
    add_stops,
    add_walk,
    add_wanted,
    make_stamp,
    open_day,
    question_of,
    say_sources,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from geo.export.facts import Stamp

WORDS = Words(
    "いくつもの街を、同じ問いで数えて1つの表にします（1つの街が1行）",
    "count many towns by one question into one table, a row a town",
)
_LEFT: Final = ("left_not_placed", "left_between_areas", "left_outside_division")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add("towns", "街のフォルダ（いくつでも）", "the towns' folders, as many as there are",
        type=Path, nargs="+", metavar="DIR")  # fmt: skip
    add(
        "--out", "書き出す表（.csv か .xlsx）", "the table to write (.csv or .xlsx)",
        type=Path, required=True, metavar="FILE",
    )  # fmt: skip
    add(
        "--areas", "地区ごとの行も書く（1つの地区が1行）", "rows of the areas, too, one each",
        action="store_true",
    )  # fmt: skip
    add(
        "--division", "地区の分け方（言わなければ、それぞれの街の最初のもの）",
        "the division (unless named, each town's first)", default="", metavar="NAME",
    )  # fmt: skip
    add_walk(add)
    add_slopes(add, TRIPS)
    add_stops(add)
    add_people(add)
    add_days(add)
    add_wanted(add)
    add_audience(add)
    add_keys(parser, lang)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Count town by town, write the table, and end with a fault where a town has no figures (実行)."""
    folders = _named_apart(args.towns)
    for folder in folders:
        check_output(args.out, (*TABLE, *BOOK), town=folder)
    question_of(
        args, division=args.division, straight=False
    )  # what no town can be asked, told once
    stamp, found = make_stamp(), []
    for number, (folder, named) in enumerate(folders.items(), start=1):
        _tell(Words(f"・{number}/{len(folders)}　{named} を数えています …",
                    f"· {number} of {len(folders)}: counting {named} …"), lang)  # fmt: skip
        found.append(_figures(args, folder, named, stamp, lang))
    council = args.audience == "council"
    if args.out.suffix.casefold() in BOOK:
        data = export_towns_book(
            found, keys=args.keys, lang=lang, stamp=stamp, council=council, areas=args.areas
        )
    else:
        data = export_towns_table(
            found, keys=args.keys, lang=lang, council=council, areas=args.areas
        ).encode("utf-8-sig")
    save_bytes(args.out, data)
    counted = [one for one in found if one.problem is None]
    told = Words(f"{args.out} に書きました（数えた街 {len(counted)}・渡された街 {len(found)}）",
                 f"wrote {args.out} (towns counted: {len(counted)}, towns given: {len(found)})")  # fmt: skip
    print(visible(told.say(lang)))
    if args.areas and not council:
        print("・" + visible(say_office_file(args.out.name).say(lang)))
    if len(counted) < len(found):
        raise _uncounted(found)


def _uncounted(found: Sequence[TownFigures]) -> InputError:
    names = [one.folder for one in found if one.problem is not None]
    return InputError(
        Words(
            f"数えられなかった街があります: {'、'.join(names)}。わけは、表のその行にあります",
            f"some towns could not be counted: {', '.join(names)}; their rows of the table say why",
        )
    )


def _named_apart(folders: Sequence[Path]) -> dict[Path, str]:
    """Return the folders, each with as much of its path as tells it from the others."""
    whole = [one.resolve() for one in folders]
    twice = [str(given) for at, given in enumerate(folders) if whole[at] in whole[:at]]
    if twice:
        raise InputError(
            Words(
                f"同じ街のフォルダが2回あります: {'、'.join(twice)}",
                f"the same folder of a town is given twice: {', '.join(twice)}",
            )
        )
    most = max(len(one.parts) for one in whole)
    for count in range(1, most + 1):
        named = [str(Path(*one.parts[-count:])) for one in whole]
        if len(set(named)) == len(named):
            break
    return dict(zip(folders, named, strict=True))


def _figures(
    args: argparse.Namespace, folder: Path, named: str, stamp: Stamp, lang: Lang
) -> TownFigures:
    """Return a town's rows, or why it has none."""
    try:
        return _counted(args, folder, named, stamp, lang)
    except InputError as error:
        why = error.words
    except OSError as error:
        why = say_os_error(error)
    except UnicodeError:
        why = Words("文字がこわれたファイルがあります", "a file's text is broken")
    _tell(Words(f"・{named}: {why.ja}", f"· {named}: {why.en}"), lang)
    return TownFigures(folder=named, problem=outside(why))


def _counted(
    args: argparse.Namespace, folder: Path, named: str, stamp: Stamp, lang: Lang
) -> TownFigures:
    own = argparse.Namespace(**(vars(args) | {"town": folder, "sites": None}))
    question = question_of(own, division=args.division or load_town(folder).divisions[0])
    day = open_day(own, lang, question)
    made = Run(day=day, question=question, audience=args.audience)
    coverage, town = made.coverage(), day.town_for(question)
    if made.audience == "council":
        _tell(Words(f"・{named}: どの人数を伏せるかを決めています …",
                    f"· {named}: deciding which counts are not shown …"), lang)  # fmt: skip
    whole, areas = town_figures(coverage, args.keys)
    rests = day.count_rests(question) if question.rest_m or question.toilet_m else None
    about = [
        *say_coverage(coverage),
        day.say_when(),
        *([] if made.masks.council else day.say_ends(question)),
        *say_assumptions(
            town, coverage, salons=day.say_salons(), rests=rests, measured=day.say_slopes(question)
        ),
        *say_sources(town),
    ]
    if made.masks.council:
        about = [*(_masked(made, one) for one in about), MASKED_LINE]
        whole = _mask_row(made, whole, "", lang)
        areas = [_mask_row(made, row, str(row["area_id"]), lang) for row in areas]
    asked = tell_asked(
        town, coverage, stamp, lang, as_of=day.when.on, known=day.when.known, salons=len(day.salons)
    ) | {"sentence": " ".join(one.say(lang) for one in about[: len(say_coverage(coverage))])}
    return TownFigures(folder=named, name=town.name, whole=whole | asked, areas=areas, about=about)


def _mask_row(made: Run, row: dict[str, Any], area_id: str, lang: Lang) -> dict[str, Any]:
    """Return a row without the counts a council is not shown."""
    where = (made.division, area_id, "")
    hidden = made.masks.columns(where, made.question.people, 0)
    columns: list[str] = [one for one in (*COUNTED, "share") if one in hidden]
    columns += [
        one for one in _LEFT if one in row and ("people" in hidden or is_masked(row[one], ()))
    ]
    return row | {one: MASKED.say(lang) for one in columns if row.get(one) is not None}


def _masked(made: Run, line: Words) -> Words:
    """Return a line without the counts of the town that a council is not shown."""
    row = row_of_town(made)
    counts = {row.counts[one] for one in row.hidden if one != "share"}
    shares = "share" in row.hidden
    return Words(
        mask_text(line.ja, counts, "ja", shares=shares),
        mask_text(line.en, counts, "en", shares=shares),
    )


def _tell(words: Words, lang: Lang) -> None:
    print(visible(words.say(lang)), file=sys.stderr, flush=True)
