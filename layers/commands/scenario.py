"""``kayoi scenario``: what a plan would do (検討案のコマンド)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.analysis.comparing import compare_coverage
from geo.base.arguments import make_adder
from geo.base.files import save_text
from geo.base.problems import InputError
from geo.base.text import visible
from geo.base.words import Words
from geo.export.comparison import export_comparison
from geo.export.homes import Homes
from geo.say.plan import say_rides
from geo.say.sentence import say_missed, say_salon, say_walk
from geo.say.sentences import say_change, say_left_out
from geo.say.siting import REACH_IS_NOT_GOING
from geo.tables.tables import people_words
from layers.cards.plan_words import number_changes, say_shares
from layers.commands.outputs import check_outputs
from layers.commands.picture import add_picture, save_picture
from layers.commands.plan_options import MetresOrPlace, add_changes, find_ways, parse_changes
from layers.commands.shared import (
    add_keys,
    add_question,
    make_stamp,
    open_day,
    question_of,
    say_day,
)
from layers.day.plan_effect import base_of, count_rides, find_effect, moves_stops
from layers.day.plan_file import dump_plan, hide_homes, load_plan
from layers.day.plan_shares import find_shares
from layers.day.planned import carry_out
from layers.pictures.figures import plan_figure
from surveys.record.plan import Plan, check_changes

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang
    from geo.coverage.question import Question
    from layers.day.day import Day
    from layers.day.plan_file import PlanFile
    from surveys.record.plan import Change

TITLE: Final = Words("検討案", "A plan")
WORDS = Words(
    "通いの場を足す・なくす・移す、ベンチや坂を変えると、届く人がどう変わるかを数えます",
    "count what adding, removing or moving salons, or mending the streets, would do",
)


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add_question(add, toilet=MetresOrPlace)
    add(
        "--plan",
        "検討案のファイル（GeoJSON）",
        "a plan's file (GeoJSON)",
        type=Path,
        metavar="FILE",
    )
    add_changes(add)
    add("--out", "前後の数字の GeoJSON", "GeoJSON of both figures", type=Path, metavar="FILE")
    add(
        "--save-plan", "検討案そのものの GeoJSON", "the plan itself as GeoJSON", type=Path,
        metavar="FILE",
    )  # fmt: skip
    add_picture(add)
    add_keys(parser, lang)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Ask twice, write the files, print what changes (実行)."""
    question = question_of(args)
    loaded = _load(args.plan) if args.plan else None
    parsed = parse_changes(args)
    check_outputs(args, maps=[args.out, args.save_plan], pictures=[args.picture])
    day = open_day(args, lang, question)
    changes = check_changes(
        [*(loaded.changes if loaded else ()), *parsed, *find_ways(day.built, args.mend)]
    )
    _check_some(changes)
    question = day.as_asked(question)
    town = day.town_for(question)
    changed = carry_out(day, changes)
    if changed.salons.empty:
        raise InputError(_NONE_LEFT)
    rests = changed.rests_for(question)
    answers = day.ask(question), changed.ask(question)
    found = compare_coverage(*answers)
    who, walk = people_words(question.people), say_walk(question)
    salon = say_salon(question)
    head = Words(
        f"{walk.ja}に{salon.ja}がある{who.ja}", f"People ({who.en}) with {salon.en} {walk.en}"
    )
    moved: list[Words] = []
    if moves_stops(changes):
        was, now = (one.cells["status"].to_numpy() == "within" for one in answers)
        moved = say_rides(
            *count_rides(day, changed, changes, question, (was, now)), straight=question.straight
        )
    homes = Homes(ids=day.homes)
    if args.out:
        text = export_comparison(
            town,
            found,
            hide_homes(changes, homes),
            keys=args.keys,
            stamp=make_stamp(),
            rests=rests,
            said=[*say_missed(found.after), head, *say_change(found)[:1], *moved],
            homes=homes,
        )
        save_text(args.out, text)
    if args.save_plan:
        text = dump_plan(
            day, changes, title=loaded.title if loaded else "",
            note=loaded.note if loaded else "", homes=homes, stamp=make_stamp(),
        )  # fmt: skip
        save_text(args.save_plan, text)
    title = loaded.title if loaded and loaded.title else TITLE.say(lang)
    if args.picture:
        plan = Plan(
            id="", number=0, parent=0, title=title, changes=changes, by="", made_at="",
        )  # fmt: skip
        effect = find_effect(day, changes, question)
        figure = plan_figure(day, plan, effect, question, lang)
        save_picture(args.picture, figure, day, args.town, lang)
    for words in say_missed(found.after):
        print(words.say(lang))
    print(head.say(lang))
    for words in (
        *say_day(args, day),
        *day.say_salons(),
        *say_change(found),
        *moved,
        *_say_why(day, changes, question, lang),
        *say_left_out(found.after, town),
        REACH_IS_NOT_GOING,
    ):
        print("・" + visible(words.say(lang)))


def _say_why(day: Day, changes: tuple[Change, ...], question: Question, lang: Lang) -> list[Words]:
    """Return what each change does, where there are several; each is counted anew."""
    if len(changes) < 2:  # noqa: PLR2004 - one change does all there is
        return []
    base = base_of(day, question)
    try:
        effect = find_effect(day, changes, question, base=base)
        each, together = find_shares(day, changes, question, effect, base)
    except InputError as error:  # without one of them there may be nothing left to count
        why = error.words
        return [
            Words(
                f"変更ひとつずつは数えられません（{why.ja}）", f"not counted one by one: {why.en}"
            )
        ]
    return say_shares(number_changes(day, changes, question.division, lang), each, together)


def _load(path: Path) -> PlanFile:
    try:
        return load_plan(path.read_bytes())
    except OSError:
        raise InputError(
            Words(f"検討案のファイル {path} が読めません", f"cannot read the plan {path}")
        ) from None


_NONE_LEFT: Final = Words(
    "通いの場が1つも残りません。--remove・--pause を減らすか、--add で足してください",
    "no salon would be left; remove fewer, or add one",
)


def _check_some(changes: tuple[Change, ...]) -> None:
    if not changes:
        raise InputError(
            Words(
                "何を変えるかを --plan・--add・--remove・--pause・--move・--days・--bench・--toilet・"
                "--mend・--stop で書いてください",
                "say what changes with --plan, --add, --remove, --pause, --move, --days, --bench, "
                "--toilet, --mend or --stop",
            )
        )
