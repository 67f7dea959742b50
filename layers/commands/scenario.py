"""``kayoi scenario``: what a change of the 通いの場 would do (検討案のコマンド)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.analysis.comparing import Plan, change_sites, compare_coverage
from geo.base.arguments import make_adder
from geo.base.files import save_text
from geo.base.problems import InputError
from geo.base.text import tidy, visible
from geo.base.words import Words
from geo.export.comparison import export_comparison
from geo.export.homes import Homes
from geo.say.sentence import say_missed, say_salon, say_walk
from geo.say.sentences import say_change, say_left_out
from geo.tables.tables import people_words
from layers.commands.outputs import check_outputs
from layers.commands.shared import (
    add_keys,
    add_question,
    make_stamp,
    open_day,
    question_of,
    say_day,
)

if TYPE_CHECKING:
    import argparse

    from geo.base.words import Lang

WORDS = Words(
    "通いの場を足す・なくす・移すと、届く人がどう変わるかを数えます",
    "count what adding, removing or moving salons would do",
)
_MOST_LON, _MOST_LAT = 180.0, 90.0
_EACH: Final = "append"


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments (引数)."""
    add = make_adder(parser, lang)
    add_question(add)
    add(
        "--add", "足す所（経度,緯度。何度でも）", "a new salon (may be repeated)",
        action=_EACH, default=[], metavar="LON,LAT",
    )  # fmt: skip
    add(
        "--remove", "なくす通いの場のコード（何度でも）", "id of a salon that closes (may be repeated)",
        action=_EACH, default=[], metavar="SITE_ID",
    )  # fmt: skip
    add(
        "--move", "移す通いの場のコードと行き先（何度でも）", "a salon and its new place (may be repeated)",
        action=_EACH, default=[], metavar="SITE_ID=LON,LAT",
    )  # fmt: skip
    add("--out", "前後の数字の GeoJSON", "GeoJSON of both figures", type=Path, metavar="FILE")
    add_keys(parser, lang)


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Ask twice, write the file, print what changes (実行)."""
    question, plan = question_of(args), parse_plan(args.add, args.remove, args.move)
    check_outputs(args, maps=[args.out])
    day = open_day(args, lang, question)
    question = day.as_asked(question)
    town = day.town_for(question)
    changed = day.among(change_sites(town, day.salons, plan))
    rests = changed.rests_for(question)
    found = compare_coverage(day.ask(question), changed.ask(question))
    who, walk = people_words(question.people), say_walk(question)
    salon = say_salon(question)
    head = Words(
        f"{walk.ja}に{salon.ja}がある{who.ja}", f"People ({who.en}) with {salon.en} {walk.en}"
    )
    if args.out:
        stamp = make_stamp()
        save_text(
            args.out,
            export_comparison(
                town,
                found,
                plan,
                keys=args.keys,
                stamp=stamp,
                rests=rests,
                said=[*say_missed(found.after), head, *say_change(found)[:1]],
                homes=Homes(ids=day.homes),
            ),
        )
    for words in say_missed(found.after):
        print(words.say(lang))
    print(head.say(lang))
    for words in (
        *say_day(args, day),
        *day.say_salons(),
        *say_change(found),
        *say_left_out(found.after, town),
    ):
        print("・" + visible(words.say(lang)))


def parse_plan(add: list[str], remove: list[str], move: list[str]) -> Plan:
    """Return a plan as the command line takes it (検討案を読む).

    Raises
    ------
    InputError
        When a place cannot be read, or a salon is moved twice.

    Examples
    --------
    >>> parse_plan(["138.6,35"], [], ["t1=138.61,35.01"]).move
    {'t1': (138.61, 35.01)}
    """
    moved: dict[str, tuple[float, float]] = {}
    for text in move:
        site_id, sign, place = text.rpartition("=")
        if not sign or not site_id:
            raise InputError(
                Words(
                    f"--move「{text}」が読めません。コード=経度,緯度 の形で書いてください",
                    f"cannot read --move {text!r}; write SITE_ID=LON,LAT",
                )
            )
        if site_id in moved:
            raise InputError(
                Words(
                    f"通いの場「{site_id}」を2回移そうとしています。1回だけ書いてください",
                    f"the salon {site_id!r} is moved twice; name it once",
                )
            )
        moved[site_id] = _point(place)
    return Plan(add=tuple(_point(text) for text in add), remove=tuple(remove), move=moved)


def _point(text: str) -> tuple[float, float]:
    parts = tidy(text).split(",")
    try:
        lon, lat = (float(part) for part in parts)
    except ValueError:
        lon, lat = float("nan"), float("nan")
    if not (abs(lon) <= _MOST_LON and abs(lat) <= _MOST_LAT):
        raise InputError(
            Words(
                f"場所「{text}」が読めません。138.6,35.0 のように経度,緯度の順に書いてください",
                f"cannot read the place {text!r}; write LON,LAT as in 138.6,35.0",
            )
        )
    return lon, lat
