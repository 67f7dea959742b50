"""Whether the town opens, and of what days its data are (街のフォルダ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.dates import say_date
from geo.base.words import Words
from geo.sources.editions import is_ready
from geo.sources.own_folder import holds_town
from geo.sources.recipe import RECIPE
from geo.sources.town_folder import load_town
from layers.doctor.parts.declare import Check, Finding, careful, good
from surveys.record.as_of import JAPAN

if TYPE_CHECKING:
    from layers.doctor.parts.declare import Subject


def look(subject: Subject) -> list[Finding]:
    """Read the town as every answer does (街を見る).

    Raises
    ------
    InputError
        When it cannot be read; its words say what to do.
    """
    folder = subject.folder
    if not holds_town(folder):
        return [careful(
            f"{folder} に、街はまだありません。kayoi serve の画面か、kayoi build でつくれます",
            f"{folder} holds no town yet; the page of kayoi serve, or kayoi build, makes one",
        )]  # fmt: skip
    if is_ready(folder):  # reading it would put it in its place
        return [careful(
            "新しい版が、置きかえを待っています。kayoi serve を始めると置きかわります",
            "a new edition waits to be put in its place; kayoi serve does so when it starts",
        )]  # fmt: skip
    town = load_town(folder)
    dates = "、".join(dict.fromkeys(f"{one.name} {one.date}" for one in town.credits if one.date))
    built = town.built_at[:10]
    found = [good(
        f"{town.name}（つくった日 {built}、通いの場 {(town.sites['kind'] == 'salon').sum():,}か所）。"
        f"資料の日付: {dates or '書いてありません'}",
        f"{town.name} (built {built}, {(town.sites['kind'] == 'salon').sum():,} salons). "
        f"Dates of its data: {dates or 'not told'}",
    )]  # fmt: skip
    if town.built_at > subject.now.astimezone(JAPAN).isoformat():
        day = subject.now.astimezone(JAPAN).date()
        found.append(careful(
            f"街のファイルが、この機械の今日（{say_date(day, 'ja')}）より新しい日付です。時計を確かめてください",
            f"the town's files are newer than this machine's today ({say_date(day, 'en')}); check its clock",
        ))  # fmt: skip
    if not (folder / RECIPE).is_file():
        found.append(careful(
            f"つくり方（{RECIPE}）がありません。つくりなおすには、もとの資料が要ります",
            f"its recipe ({RECIPE}) is missing; to build it again the sources are needed",
        ))  # fmt: skip
    return found


CHECK = Check(id="town", order=70, words=Words("街", "Town"), look=look)
