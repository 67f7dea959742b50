"""What every printed sheet shares: its frame, its style, its foot (紙の枠)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geo.base.marks import shown
from geo.base.words import Words
from layers.day.told import Told
from layers.maps.icons import icon_svg
from surveys.types import RECORD_TYPES

if TYPE_CHECKING:
    from datetime import datetime

    from geo.base.words import Lang
    from geo.town import Town
    from geo.walk.walkers import Walker
    from surveys.declaration.record_type import RecordType
    from surveys.record.site import Site
    from surveys.store.register import Register

_HERE: Final = Path(__file__).parent
# What XML has no place for, as `surveys.record.answers.clean_text` takes it away on the way in.
_NOT_TEXT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_NUMBERED: Final = Words("{kind} {n}番", "{kind} no. {n}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a sheet is printed with (紙に出すときの条件).

    Attributes
    ----------
    town_folder, town
        For the map, the ways and the areas.
    register
        Where sites are read.
    walker
        Whose speed makes minutes.
    now
        When it is printed, on the reader's clock.
    lang
        Language of the sheet; what people wrote stays as it is.
    told
        What the register tells of the town's ground, where it is known already.
    as_file
        For a PDF: stamped with the day alone, so that one made again the same day is the same, and
        a list as long as `layers.sheets.listing.MOST_IN_FILE`.
    """

    town_folder: Path
    town: Town
    register: Register
    walker: Walker
    now: datetime
    lang: Lang
    told: Told | None = None
    as_file: bool = False

    @property
    def ground(self) -> Told:
        """The town, and its register's word on the ground (台帳の地面)."""
        return self.told or Told(town=self.town, register=self.register)

    @property
    def today(self) -> str:
        """The day of printing, ``2026-11-21`` (出力の日)."""
        return self.now.date().isoformat()

    def say(self, ja: str, en: str, **values: object) -> str:
        """Return words in the sheet's language (その言語で言う)."""
        return Words(ja, en).fill(**values).say(self.lang)


def render(template: str, frame: Frame, **context: Any) -> str:  # noqa: ANN401 - an answer is any JSON value
    """Return a sheet as HTML that needs nothing else but its photos (紙を組む).

    Every text is escaped: only what `markup` was called on is not. The result reads as XML too.

    Parameters
    ----------
    context
        What the template takes. With ``size``, a paper of another size than A4, in CSS's words
        (``A3``, ``A4 landscape``); with ``mark``, for whom it is, which its PDF says on each page.
    """
    return render_page(
        template,
        frame.lang,
        stamp=frame.today if frame.as_file else frame.now.strftime("%Y-%m-%d %H:%M"),
        credits=say_credits(frame.town, frame.lang),
        **context,
    )


def render_page(template: str, lang: Lang, **context: Any) -> str:  # noqa: ANN401 - an answer is any JSON value
    """Return a page that needs no town (枠だけのページを組む)."""
    words = {"lang": lang, "t": lambda ja, en: ja if lang == "ja" else en, "css": _style()}
    return _environment().get_template(template).render(words | context)


def markup(svg: str) -> Markup:
    """Mark our own drawing as markup; never a text of people's (自分の絵を通す)."""
    return Markup(svg)  # noqa: S704 - made by us, texts escaped


def draw_icon(kind: str, size: int = 30, *, hollow: bool = False, mapped: bool = False) -> Markup:
    """Return a kind's sign for a sheet, "" for what has none (紙のしるし)."""
    known = kind in RECORD_TYPES
    return markup(icon_svg(kind, size, hollow=hollow, mapped=mapped) if known else "")


def name_site(site: Site, lang: Lang) -> str:
    """Return what a site is called on paper, its kind and number when it has no name (紙での呼び名)."""
    return site.title or _NUMBERED.fill(kind=site.type.words.say(lang), n=site.number).say(lang)


def titles_of(frame: Frame, site: Site) -> dict[str, str]:
    """Return what the sites are called that a site's answers name, by id (名のあがる地点)."""
    keys = [field.id for field in site.type.fields if field.kind == "sites"]
    ids = [one for key in keys for one in site.answers.get(key) or []]
    found = frame.register.sites_of(ids)
    return {id_: f"{name_site(one, frame.lang)}（{one.number}）" for id_, one in found.items()}


def say_credits(town: Town, lang: Lang) -> str:
    """Return where the town's streets, areas and sites come from, in one line (出典)."""
    seen: dict[str, None] = {}
    for one in town.credits:
        if one.role != "people":
            seen[one.credit or one.name] = None
    return Words("出典: ", "Sources: ").say(lang) + "・".join(seen)


def about_type(type_: RecordType, lang: Lang) -> str:
    """Return the heading of a site's facts (ようすの見出し)."""
    return Words(f"{type_.words.ja}のようす", f"About this {type_.words.en}").say(lang)


@cache
def _style() -> Markup:
    return markup((_HERE / "sheet.css").read_text(encoding="utf-8"))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader([_HERE.parent, _HERE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plain,
    )


def _plain(value: object) -> object:
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return shown(_NOT_TEXT.sub("", value))
