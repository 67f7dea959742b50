"""One site as HTML for its page: facts, things, photos, history (カルテの部品)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.dates import parse_date, say_age, say_date
from geo.base.words import Words
from geo.say.near import say_minutes_metres
from layers.cards.meetings import say_meetings_of
from layers.cards.on_foot import NearPlace
from layers.cards.say_answer import answer_rows, make_row
from layers.cards.say_fee import say_fee
from layers.cards.scrolled import scrolled
from layers.maps.icons import icon_data_uri
from layers.maps.popup import entity
from surveys.record.answers import all_photos
from surveys.record.history import STATUS_WORDS
from surveys.record.say_path import say_path
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from geo.base.words import Lang
    from layers.cards.on_foot import NoNearPlace
    from layers.cards.site_story import Chapter
    from surveys.declaration.field import Field
    from surveys.record.site import Site

_CHANGES_SHOWN: Final = 8
_MOST_COLUMNS: Final = 6
_EACH: Final = Words("{field}、1つずつの表", "{field}: a table of each")
_NUMBER: Final = Words("番号", "No.")


def icon_img(kind: str, size: int, *, hollow: bool = False, mapped: bool = False) -> str:
    """Return a kind's icon (しるしの画像)."""
    source = icon_data_uri(kind, size, hollow=hollow, mapped=mapped)
    return f"<img alt='' width='{size}' height='{size}' src='{source}'>"


def seen_state_html(site: Site, lang: Lang, *, today: date) -> str:
    """Return when a site was last seen, and marks of what it asks and whether it stands (見た日とようす)."""
    seen = Words("まだだれも見ていない", "seen by nobody yet")
    if site.state.seen_on:
        day = parse_date(site.state.seen_on)
        seen = Words(
            f"{say_date(day, 'ja')} に見た（{say_age(day, today, 'ja')}）",
            f"seen on {say_date(day, 'en')} ({say_age(day, today, 'en')})",
        )
    marks = ""
    if site.due_on <= today.isoformat():
        marks = f" <span class='kz-due'>{Words('確認の時期', 'to be confirmed').say(lang)}</span>"
    status = site.state.status
    if status["is"] != "active":
        said = STATUS_WORDS[status["is"]].say(lang)  # type: ignore[index]
        when = say_date(parse_date(status["on"]), lang) if status.get("on") else ""
        told = "　".join(filter(None, (said, when, status.get("reason", ""))))
        marks += f" <span class='kz-gone'>{entity(told)}</span>"
    return f"<span>{seen.say(lang)}</span>{marks}"


def facts_html(
    site: Site,
    lang: Lang,
    titles: Mapping[str, str],
    origins: Mapping[str, str],
    *,
    today: date,
) -> str:
    """Return the answers as a table; what was not asked is told apart from 「なし」 (答えの表).

    Parameters
    ----------
    origins
        By path, who says a value that the last visit does not say.
    today
        From when the next days of a schedule are told.
    """
    rows, unasked = "", 0
    for row in answer_rows(site.type, site.answers, lang, titles=titles):
        if row.field.kind in ("items", "photos", "point") or row.field.id == "name":
            continue
        if row.state == "not_asked" and not row.field.first:
            unasked += 1
            continue
        style = "" if row.state == "told" else " class='none'"
        said = origins.get(row.field.id)
        note = f"<br><small>{entity(said)}</small>" if said else ""
        note += _meetings(row.field, site.answers, lang, today)
        rows += f"<tr><th>{entity(row.label)}</th><td{style}>{entity(row.text)}{note}</td></tr>"
    table = f"<table class='kz-facts'>{rows}</table>"
    if not unasked:
        return table
    words = Words(
        f"ほか {unasked}項目は未確認です（「なし」ではありません）。",
        f"{unasked} more were not asked (which is not “no”).",
    )
    return f"{table}<p class='kz-note'>{words.say(lang)}</p>"


def _meetings(field: Field, thing: Mapping[str, object], lang: Lang, today: date) -> str:
    """Return the lines below a schedule: how often, and the next days."""
    value = thing.get(field.id)
    if field.kind != "schedule" or not isinstance(value, list):
        return ""
    lines = say_meetings_of(thing, value, today, lang)
    return "".join(f"<br><small>{entity(line)}</small>" for line in lines)


def things_html(site: Site, lang: Lang, titles: Mapping[str, str], *, today: date) -> str:
    """Return a table of each kind of repeated thing that was asked about (物の表)."""
    out = ""
    for field in site.type.fields:
        value = site.answer(field.id)
        if field.item is None or value is None:
            continue
        said = make_row(field, value, lang)
        out += (
            f"<h3 class='kz-items'>{icon_img(field.item.marker, 26)} "
            f"{entity(said.label)}　{entity(said.text)}</h3>"
        )
        if isinstance(value, list) and value:
            out += _things_table(field, value, lang, titles, today)
    return out


def _things_table(
    field: Field,
    items: Sequence[Mapping[str, object]],
    lang: Lang,
    titles: Mapping[str, str],
    today: date,
) -> str:
    fields = field.item.fields if field.item else ()
    # What an amount is for stands with the amount: 100円（1か月）.
    units = {one.unit_in for one in fields if one.unit_in}
    asked = [
        one
        for one in fields
        if one.kind not in ("point", "photos")
        and one.id not in units
        and any(one.id in item or (one.unit_in and one.unit_in in item) for item in items)
    ]
    if not asked:
        words = Words("1つずつのようすは、まだ見ていません。", "Nothing is known of each yet.")
        return f"<p class='kz-note'>{words.say(lang)}</p>"
    names = [one.words.say(lang) for one in asked]
    rows = [
        [
            entity(
                (one.unit_in and say_fee(fields, item, lang))
                or make_row(one, item.get(one.id), lang, titles=titles).text
            )
            + _meetings(one, item, lang, today)
            for one in asked
        ]
        for item in items
    ]
    numbers = [str(number) for number in range(1, len(rows) + 1)]
    if len(names) > _MOST_COLUMNS and len(rows) <= _MOST_COLUMNS:
        # A tablet held upright shows few columns: many questions of few things go downwards.
        head, firsts, rows = (
            [_NUMBER.say(lang), *numbers],
            names,
            list(map(list, zip(*rows, strict=True))),
        )
    else:
        head, firsts = [_NUMBER.say(lang), *names], numbers
    heads = "".join(f"<th scope='col'>{entity(text)}</th>" for text in head)
    body = "".join(
        f"<tr><th scope='row'>{entity(first)}</th>"
        + "".join(f"<td>{cell}</td>" for cell in row)
        + "</tr>"
        for first, row in zip(firsts, rows, strict=True)
    )
    table = (
        f"<table class='kz-table kz-things'><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )
    return scrolled(_EACH.fill(field=field.words.say(lang)), table, lang)


def photos_html(site: Site, lang: Lang) -> str:
    """Return the photos with what they show, "" when there are none (写真)."""
    figures = ""
    for number, (path, photo) in enumerate(all_photos(site.type, site.answers), start=1):
        where = say_path(site.type, path, site.state.answers).say(lang) if "/" in path else ""
        said = "　".join(filter(None, (where, photo["caption"])))
        caption, name = entity(said), entity(_name_photo(number, said).say(lang))
        figures += (
            f"<figure><a href='/photos/{entity(photo['id'])}.jpg' target='_blank' rel='noopener'"
            f" aria-label='{name}'>"
            f"<img alt='{name}' loading='lazy' src='/photos/{entity(photo['id'])}.thumb.jpg'></a>"
            f"<figcaption>{caption}</figcaption></figure>"
        )
    return f"<div class='kz-photos'>{figures}</div>" if figures else ""


def _name_photo(number: int, said: str) -> Words:
    """Return what the link to a photo is called: a picture alone says nothing to who hears it."""
    about = Words(f"（{said}）", f" ({said})") if said else Words("", "")
    return Words(
        f"写真 {number}{about.ja}を大きく見る（新しいタブ）",
        f"Photo {number}{about.en}, large, in a new tab",
    )


def near_html(
    site: Site,
    found: Sequence[NearPlace | NoNearPlace],
    lang: Lang,
    link: Callable[[str, str], str],
    *,
    straight: bool = False,
) -> str:
    """Return the nearest places on foot as a table (歩いて近い所の表).

    Parameters
    ----------
    link
        Makes HTML of a site's id and a text; only for sites that have a page.
    straight
        Whether distances are straight lines, for want of streets.
    """
    rows = ""
    for one in found:
        kind = RECORD_TYPES[one.kind].words.say(lang)
        if not isinstance(one, NearPlace):
            said = entity(one.why.say(lang))
        elif one.site_id == site.id:
            said = Words("ここにある", "here").say(lang)
        else:
            walk = say_minutes_metres(one.minutes, one.metres, straight=straight)
            said = f"{link(one.site_id, one.title or kind)}<br>{walk.say(lang)}"
        rows += f"<tr><th>{icon_img(one.kind, 24)} {entity(kind)}</th><td>{said}</td></tr>"
    return f"<table class='kz-facts'>{rows}</table>"


def history_html(chapters: Sequence[Chapter], lang: Lang) -> str:
    """Return the history, the newest first, with what each version changed (履歴)."""
    lines, colon = "", Words("：", ": ").say(lang)
    waits = Words("ほかの人とちがったので、選ばれるまで待つ：", "waits to be chosen: ").say(lang)
    for chapter in chapters:
        told = [
            f"{entity(one.label)}{colon}{_say_before(one.before)}{entity(one.after)}"
            for one in chapter.changes[:_CHANGES_SHOWN]
        ]
        rest = len(chapter.changes) - _CHANGES_SHOWN
        if rest > 0:
            told.append(Words(f"ほか {rest}項目", f"and {rest} more").say(lang))
        told += [waits + entity(one) for one in chapter.kept]
        if chapter.note:
            told.append(f"<span class='kz-note'>{entity(chapter.note)}</span>")
        head = chapter.head[:1].upper() + chapter.head[1:]
        lines += (
            f"<li><b>{entity(head)}</b>　<span class='kz-note'>{entity(chapter.who)}</span>"
            + "".join(f"<br>{one}" for one in told)
            + "</li>"
        )
    return f"<ul class='kz-log'>{lines}</ul>"


def _say_before(text: str) -> str:
    return f"<del>{entity(text)}</del> → " if text else ""
