"""What the map's tools are told: their words, and what stands on the sheet of paper (地図の道具)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from geo.base.dates import say_date
from geo.base.marks import shown as plain
from geo.base.problems import InputError
from geo.base.words import Words
from geo.say.sentence import say_coverage, say_walk
from geo.tables.tables import people_words
from layers.asked import make_question
from layers.cards.credit_line import credit_line
from layers.layered.all import MAP_LAYERS
from layers.layered.coverage import LAYER as COVERAGE
from layers.layered.parts.people import OFFICE_ONLY
from layers.maps.area_answer import gap_ranks
from layers.maps.base_map import asset_address
from layers.served.answers import answer, salon_words
from layers.served.clock import now_in_japan
from layers.served.register import register_now, register_stamp
from surveys.record.home import ASKED, is_home
from surveys.store.listing import SiteQuery, list_sites
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from datetime import date

    from geo.base.words import Lang
    from geo.town import Town
    from layers.asked import Asked
    from layers.layered.parts.declare import Shown
    from pages.parts.map.choice import Choice
    from pages.parts.map.measure import Measured

LEGEND: Final = "maplegend"  # the container whose legends come onto the paper
_MANY: Final = 100_000
_INNER: Final = Words("庁内用", "Office use only")
_WORDS: Final = {
    "tools": Words("地図の道具", "Map tools"),
    "here": Words("いまいる所", "Where I am"),
    "looking": Words("いまいる所を調べています…", "Finding where you are…"),
    "within": Words(
        "いまいる所：円の中（まわり {n}m）。もう一度押すと消えます。",
        "You are within the ring ({n} m around). Press again to take it off.",
    ),
    "outside": Words("いまいる所は、この街の外です。", "You are outside this town."),
    "denied": Words(
        "いまいる所を使うことが許されていません。ブラウザの設定で、このサイトに「位置情報」を許してから、もう一度押してください。",
        "This site may not use your location: allow it in the browser's settings, then press again.",
    ),
    "unknown": Words(
        "いまいる所が分かりませんでした。空の見える所で、もう一度押してください。端末の位置情報が切れていないかも見てください。",
        "Your place was not found: press again under open sky, and see that location is switched on.",
    ),
    "insecure": Words(
        "この開き方（http）では、いまいる所を調べられません。https のアドレスで開いてください。",
        "Your place cannot be found over http: open the https address.",
    ),
    "paper": Words("印刷・画像", "Print or picture"),
    "link": Words("リンクをうつす", "Copy a link"),
    "linked": Words(
        "リンクをうつしました。開くと、同じ地図が出ます。", "Copied: the link shows the same map."
    ),
    "linked_elsewhere": Words(
        "リンクをうつしました。いまいる所のまわりは、リンクに入れていません。",
        "Copied, without the view around where you are.",
    ),
    "not_linked": Words(
        "うつせませんでした。ブラウザの上のアドレスをうつしてください。",
        "Not copied: copy the address at the browser's top.",
    ),
    "broken": Words(
        "開けませんでした。画面を開き直してください。", "It could not be opened: reload the page."
    ),
    "north": Words("北", "N"),
    "size": Words("紙の大きさ（横）", "Paper, landscape"),
    "print": Words("印刷する", "Print"),
    "save": Words("画像（PNG）で保存する", "Save as a picture (PNG)"),
    "shut": Words("閉じる", "Close"),
    "drawing": Words("地図を描いています…", "Drawing the map…"),
    "late": Words(
        "地図の一部がまだ届いていません。少し待って、確かめてください。",
        "Part of the map has not arrived: wait a little, and look.",
    ),
    "saving": Words("画像をつくっています…", "Making the picture…"),
    "saved": Words("画像を保存しました。", "The picture is saved."),
    "not_saved": Words(
        "画像にできませんでした。印刷して、PDF で保存してください。",
        "No picture could be made: print it, and save as PDF.",
    ),
    "no_picture": Words(
        "背景が「この街の地図」のときだけ、画像にできます。印刷はできます。",
        "Only this town's own map becomes a picture; it can be printed.",
    ),
}


def map_tools(
    town: Town, choice: Choice, shown: Shown, measured: Measured, lang: Lang
) -> dict[str, Any]:
    """Return what the browser's part of the tools is told (地図の道具)."""
    today = now_in_japan().date()
    own = choice.ground == "town"
    return {
        "module": asset_address("kayoi/kayoi_tools.js"),
        "sheet": asset_address("kayoi/kayoi_sheet.js"),
        "png": asset_address("html-to-image/html-to-image.js") if own else "",
        "name": f"kayoi-map-{today.isoformat()}", "measuring": measured.on,
        "told": [one.say(lang) for one in measured.told], "legend": LEGEND,
        "title": _title(town).say(lang),
        "lines": [one.say(lang) for one in (*_lines(town, choice, shown), *_ways(measured))],
        "foot": [_made(today).say(lang), credit_line(town, lang)],
        "inner": _INNER.say(lang) if is_inner(choice, shown) else "",
        "words": {id_: words.say(lang) for id_, words in _WORDS.items()},
    }  # fmt: skip


def is_inner(choice: Choice, shown: Shown) -> bool:
    """Say whether the map shows what is for the office alone: people, tracks, private homes (庁内用か)."""
    outside = replace(shown, office=False)
    on = [one for one in choice.on if MAP_LAYERS[one].off_words(shown) is None]
    if any(MAP_LAYERS[one].off_words(outside) is OFFICE_ONLY for one in on):
        return True
    return any(_has_homes(one, register_stamp()) for one in on if one in RECORD_TYPES)


@lru_cache(maxsize=16)
def _has_homes(kind: str, _at: tuple[str, ...]) -> bool:
    if not RECORD_TYPES[kind].asks(ASKED):
        return False
    sites, _ = list_sites(register_now(), SiteQuery(types=(kind,)), limit=_MANY)
    return any(is_home(site) for site in sites)


def _title(town: Town) -> Words:
    name = plain(town.name)
    return Words(f"{name}の地図", f"Map of {name}")


def _lines(town: Town, choice: Choice, shown: Shown) -> list[Words]:
    """Return what the map shows, and of which question."""
    on = [MAP_LAYERS[one].words for one in choice.on if MAP_LAYERS[one].off_words(shown) is None]
    lines = []
    if on:
        ja, en = "・".join(one.ja for one in on), ", ".join(one.en for one in on)
        lines.append(Words(f"出しているもの：{ja}", f"Shown: {en}"))
    try:
        question = make_question(shown.asked, town)
    except InputError:
        return lines
    people, walker, walk = people_words(question.people), question.walker.words, say_walk(question)
    lines.append(
        Words(
            f"前提：{people.ja}・{walker.ja}・{walk.ja}",
            f"Assumed: {people.en}; {walker.en}; {walk.en}",
        )
    )
    shaded = COVERAGE.id in choice.on and COVERAGE.off_words(shown) is None
    return [*lines, *_figure(shown.asked)] if shaded else lines


def _figure(asked: Asked) -> list[Words]:
    """Return the sentence of what is shaded, and whose numbers stand in its hatching (文と番号の地区)."""
    coverage = answer(asked)
    ranks = gap_ranks(coverage)
    names = coverage.areas["area_name"].to_numpy()
    told = [f"{ranks[row]} {plain(str(names[row]))}" for row in ranks.argsort() if ranks[row]]
    sentence = [*say_coverage(coverage), *salon_words(asked)]
    lines = [
        Words("".join(f"{one.ja.rstrip('。')}。" for one in sentence),
              " ".join(f"{one.en.rstrip('.')}." for one in sentence)),
    ]  # fmt: skip
    if told:
        lines.append(
            Words(
                f"斜線の地区（届かない人の多い順）：{'　'.join(told)}",
                f"Hatched, most people out of reach first: {', '.join(told)}",
            )
        )
    return lines


def _ways(measured: Measured) -> list[Words]:
    if not measured.ways:
        return []
    ja, en = (" ／ ".join(getattr(one, lang) for one in measured.told) for lang in ("ja", "en"))
    return [Words(f"はかった道：{ja}", f"The way measured: {en}")]


def _made(today: date) -> Words:
    return Words(
        f"{say_date(today, 'ja')}につくった　かよいマップ",
        f"Made on {say_date(today, 'en')} with Kayoi Map",
    )
