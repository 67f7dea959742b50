"""どの曜日か: whom the salons reach on each weekday, in the morning and in the afternoon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from geo.analysis.week import ANY, DAYS, OFTEN, UNKNOWN, halves_of
from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.words import Words, count_in_english
from geo.export.week import export_week, export_week_book, export_week_table
from geo.say.sentence import say_coverage, say_share
from geo.say.sentences import say_left_out, say_people
from geo.say.week import days_known, say_unknown_days, say_week_aloud, week_means
from geo.town import check_people
from layers.asked import make_question
from layers.cards.week_table import parts_table, week_table
from layers.commands.shared import make_stamp, say_sources
from layers.day.week import WEEK_WORDS
from layers.maps.icons import svg_data_uri
from layers.maps.legend import steps_legend
from layers.maps.popup import entity
from layers.pictures.area_map import AreaMap, draw_area_map, whole_town
from layers.pictures.figures import WEEK_STRAIGHT, WEEK_TITLE, week_figure, week_title
from layers.pictures.look import week_looks
from layers.served.answers import day_for, salon_words
from layers.served.week import any_time, week_now
from pages.parts.export.file_row import show_file, tag_of
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import asked_before, begin_page, pick, show_empty, split_page
from pages.parts.frame.linked import linked_choice
from pages.parts.frame.picture import PICTURE, show_picture

if TYPE_CHECKING:
    from geo.analysis.week import Week
    from geo.base.words import Lang
    from geo.coverage.question import Question
    from layers.asked import Asked
    from layers.day.day import Day

PAGE = Page(
    id="week", words=Words("どの曜日か", "Which weekday"), group="think", order=18,
    kinds=("site",), types=("salon",),
)  # fmt: skip
_READ: Final = ("time", "often", PICTURE)
_WIDE_PX: Final = 300.0
_COUNTING: Final = Words("曜日ごとに数えています…", "counting each weekday…")
_LOW, _HIGH = 0.55, 1.25  # of a small map's width


def show_page() -> None:
    """Show the page (画面)."""
    town, lang = begin_page(WEEK_TITLE, straight=WEEK_STRAIGHT, reads=_READ)
    said = asked_before(town)
    asked = any_time(said)
    controls, main, below = split_page()
    with main:
        found = _find(asked, lang)
    if found is None:
        return
    day, question, week = found
    with controls, st.container(key="controls"):
        half, often = _ask(week, lang)
    with main:
        _show_sentence(week, question, lang)
        st.html(week_table(week, often, lang))
        _show_maps(day, week, half, often, lang)
    with controls:
        _show_assumed(said, asked, lang)
    with below, st.container(key="beside"):
        _show_parts(week, often, lang)
        _show_files(day, question, week, asked, lang)
        show_picture(
            lambda: week_figure(day, week, question, often, week_title(straight=question.straight), lang),
            f"{town.name}_{tag_of(question)}_week", lang,
        )  # fmt: skip


def _find(asked: Asked, lang: Lang) -> tuple[Day, Question, Week] | None:
    """Return the day, what is asked of it and its week; say what is missing where there is none."""
    try:
        with st.spinner(_COUNTING.say(lang)):
            day = day_for(asked)
        question = day.as_asked(make_question(asked, day.built))
        if day.salons.empty:
            show_empty(
                Words("数えられる通いの場が、まだありません", "there is no salon to count yet"),
                Words(
                    "「取りこみ」で通いの場の表を入れるか、「記録する」で1つ書くと、ここに出ます。",
                    "Bring in a table of salons, or write one down under “Record”.",
                ),
                lang,
            )
            return None
        check_people(day.built, question)
        with st.spinner(_COUNTING.say(lang)):
            week = week_now(asked)
    except InputError as error:
        show_empty(Words("まだ数えられません", "cannot count yet"), outside(error.words), lang)
        return None
    if not days_known(week):
        count = len(day.salons)
        show_empty(
            Words("いつ開くか分かる通いの場が、まだありません", "no salon's days are known yet"),
            Words(
                f"通いの場 {count}か所は、開催日時が書かれていません。「記録する」で「毎週火曜 10:00〜11:30」"
                "のように書くか、日時の列のある表を「取りこみ」で入れると、ここに出ます。",
                f"{count} salons have no days: write them down under “Record”, as in 毎週火曜 10:00〜11:30, or "
                "bring in a table with a column of them.",
            ),
            lang,
        )
        return None
    return day, question, week


def _ask(week: Week, lang: Lang) -> tuple[str, str]:
    """Ask which half of the day the small maps show, and how often the salons meet that count."""
    often = [*OFTEN]
    chosen = pick(
        Words("どのくらい開くか", "How often they meet"), often,
        {one: WEEK_WORDS["at_least"][one].say(lang) for one in often},
        linked_choice("we_often", "often", often, first=ANY), lang, ANY,
    )  # fmt: skip
    halves = [ANY, *(one for one in halves_of(week) if one != ANY)]
    half = pick(
        Words("小さい地図の時間帯", "Time of the day of the small maps"), halves,
        {one: WEEK_WORDS["half"][one].say(lang) for one in halves},
        linked_choice("we_half", "time", halves, first=ANY), lang, ANY,
    )  # fmt: skip
    return half, chosen


def _show_sentence(week: Week, question: Question, lang: Lang) -> None:
    end = Words("。", ".").say(lang)
    lines = [f"{entity(one.say(lang))}{end}" for one in say_week_aloud(week, question, WEEK_WORDS)]
    st.html(f"<p class='kz-read'>{'<br>'.join(lines)}</p>")


def _show_maps(day: Day, week: Week, half: str, often: str, lang: Lang) -> None:
    """Show a small map a weekday, all at one extent, and one of all days."""
    days = [one for one in DAYS if one != UNKNOWN]
    figures = [_small(day, week, (one, half, often), lang) for one in days]
    st.html(f"<div class='kz-small'>{''.join(figures)}</div>{steps_legend(lang)}")


def _small(day: Day, week: Week, which: tuple[str, str, str], lang: Lang) -> str:
    weekday, half, often = which
    town, row = day.built, week.row(weekday=weekday, half=half, at_least=often)
    name = WEEK_WORDS["weekday"][weekday].say(lang).capitalize()
    people, share = f"{int(row['within']):,}", say_share(float(row["share"]), lang)
    figure = Words(f"{people}人（{share}）", f"{people} ({share})").say(lang)
    count = Words(f"{row['salons']}か所", count_in_english(row["salons"], "salon")).say(lang)
    west, south, east, north = whole_town(town.border)
    areas = town.division(week.coverage.question.division)
    svg = draw_area_map(
        AreaMap(
            border=town.border, shapes=areas.geometry.to_numpy(),
            looks=week_looks(town, week, weekday, half, often),
        ),
        width_px=_WIDE_PX,
        height_px=_WIDE_PX * float(np.clip((north - south) / (east - west), _LOW, _HIGH)),
        lang=lang,
    )  # fmt: skip
    return (
        f"<figure><figcaption><b>{entity(name)}</b> {entity(figure)} <small>{entity(count)}</small>"
        f"</figcaption><img alt='{entity(f'{name} {figure}')}' src='{svg_data_uri(svg)}'></figure>"
    )


def _show_assumed(said: Asked, asked: Asked, lang: Lang) -> None:
    lines = [*week_means(week_now(asked)), *say_unknown_days(week_now(asked)), *salon_words(asked)]
    if (said.weekday, said.half, said.at_least) != ("", "", ""):
        lines.insert(
            0,
            Words(
                "選んである曜日・時間帯・回数は、この画面では使っていない（どれも表にある）",
                "The weekday, time and how often chosen elsewhere are not used here: all are in "
                "the table",
            ),
        )
    body = "<br>".join(entity(words.say(lang)) for words in lines)
    head = Words("前提", "What this assumes").say(lang)
    st.html(f"<p class='kz-as'><b>{head}</b><br>{body}</p>")
    if st.button(
        Words("歩き方・範囲・年齢を変える", "Change walker, range, age").say(lang), key="we_question",
        width="stretch",
    ):  # fmt: skip
        params = {"lang": lang} if lang == "en" else {}
        st.switch_page("pages/coverage.py", query_params=params)


def _show_parts(week: Week, often: str, lang: Lang) -> None:
    """Show the same by content, and by whom the salons are for."""
    counted = "weekly" if often == "weekly" else ANY
    tables = [parts_table(week, part, counted, lang) for part in ("content", "whom")]
    if not any(tables):
        return
    st.subheader(Words("内容と、来られる人", "By content, and for whom").say(lang), anchor=False)
    how = WEEK_WORDS["at_least"][counted]
    straight = week.coverage.question.straight
    foot = Words("直線で", " in a straight line") if straight else Words("歩いて", "")
    note = Words(
        f"その曜日に{foot.ja}届く人数（{how.ja}開くもの）。",
        f"People reached on that day{foot.en} ({how.en}).",
    )
    st.html(f"<p class='kz-note'>{entity(note.say(lang))}</p>")
    for table in filter(None, tables):
        st.html(table)


def _show_files(day: Day, question: Question, week: Week, asked: Asked, lang: Lang) -> None:
    st.subheader(Words("ファイルで渡す", "As files").say(lang), anchor=False)
    town, stamp = day.town_for(question), make_stamp()
    tag = f"{town.name}_{tag_of(question)}_week"
    said, counted = say_coverage(week.coverage), salon_words(asked)
    show_file(
        Words("一週間の表（Excel）", "The week's table (Excel)"),
        Words("曜日と時間帯の表、すべての行、説明の3枚。", "The table, all rows, what it rests on."),
        lambda: export_week_book(
            week, WEEK_WORDS, keys=lang, lang=lang, stamp=stamp,
            about=[*said, *counted, *say_people(town), *say_left_out(week.coverage, town),
                   *say_sources(town), *week_means(week)],
        ),
        f"{tag}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lang,
    )  # fmt: skip
    show_file(
        Words("一週間の表（CSV）", "The week's table (CSV)"),
        Words("街ぜんたいの行、つづけて地区ごとの行。", "The whole town's rows, then each area's."),
        lambda: "\ufeff" + export_week_table(week, WEEK_WORDS, keys=lang, lang=lang),
        f"{tag}.csv", "text/csv", lang,
    )  # fmt: skip
    show_file(
        Words("地区ごと（GeoJSON）", "Areas (GeoJSON)"),
        Words("地区の形と、曜日・時間帯ごとに届く人。", "Area shapes, people by day and half-day."),
        lambda: export_week(
            town, week, WEEK_WORDS, keys=lang, stamp=stamp, rests=day.rests_for(question),
            said=said, counted=counted, means=week_means(week),
        ),
        f"{tag}.geojson", "application/geo+json", lang,
    )  # fmt: skip


show_page()
