"""Many areas' sheets as one PDF, or as one each in a zip (地区シートのファイル)."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final, Literal

from geo.base.square import OFFICE_ONLY
from geo.base.words import Words
from layers.areas.figures import row_of
from layers.areas.place import place_of
from layers.pdf.handed import file_name, hand_over, plain_name
from layers.sheets.area import draw_area
from layers.sheets.parts.area_asked import SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from layers.areas.place import Place
    from layers.areas.run import Audience
    from layers.areas.sheets import Shared
    from layers.sheets.parts.area_asked import Size
    from layers.sheets.parts.frame import Frame

Order = Literal["file", "outside", "name"]
ORDERS: Final[dict[Order, Words]] = {
    "file": Words("地区の順", "Order of areas"),
    "outside": Words("届かない人が多い順", "Most out of reach"),
    "name": Words("名前の順", "By name"),
}
CONTENTS_FROM: Final = 4  # fewer sheets are found by leafing: no page of contents
_SHEET: Final = Words("地区シート", "area-sheets")
_TITLE: Final = Words("{town}　地区シート", "{town}: area sheets")
# Whenever it is made: the same sheets make the same bytes.
_MADE: Final = (1980, 1, 1, 0, 0, 0)


def ids_in_order(shared: Shared, ids: Iterable[str], order: Order) -> list[str]:
    """Return ids of the run's division in the order their areas are printed in (並べた地区の番号).

    By people out of reach, those whose count the audience is not shown come last, as the division
    has them: their place between two others would tell it.
    """
    run, given = shared.run, list(ids)
    if order == "file":
        return given
    places = {one: place_of(run.town, run.division, one) for one in given}
    if order == "name":
        return sorted(given, key=lambda one: places[one].name)
    rows = {one: row_of(run, place) for one, place in places.items()}

    def rank(one: str) -> tuple[bool, int]:
        hidden = "outside" in rows[one].hidden
        return hidden, 0 if hidden else -rows[one].counts["outside"]

    return sorted(given, key=rank)


def places_in_order(shared: Shared, ids: Iterable[str], order: Order) -> list[Place]:
    """Return areas of the run's division in the order they are printed in (並べた地区)."""
    run = shared.run
    return [place_of(run.town, run.division, one) for one in ids_in_order(shared, ids, order)]


def draw_each(
    frame: Frame,
    shared: Shared,
    places: Sequence[Place],
    *,
    size: Size,
    show: Collection[str] = tuple(SHOWN),
    done: Callable[[int, int], None] = lambda _done, _of: None,
) -> Iterator[str]:
    """Yield the sheet of each area, telling how far it has come (一枚ずつ組む)."""
    for number, place in enumerate(places, 1):
        yield draw_area(frame, shared, place, size=size, show=show)
        done(number, len(places))


def as_pdf(pages: Sequence[str], frame: Frame) -> bytes:
    """Return sheets as one PDF, many with a page of contents (一つのPDF)."""
    title = _TITLE.fill(town=frame.town.name).say(frame.lang) if len(pages) > 1 else ""
    contents = len(pages) >= CONTENTS_FROM
    return hand_over(pages, frame, for_office=True, title=title, contents=contents)


def as_zip(pages: Sequence[str], frame: Frame, done: Callable[[int, int], None]) -> bytes:
    """Return sheets as one PDF each in a zip, numbered in their order (一つずつのPDF)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, page in enumerate(pages, 1):
            name = f"{number:03}_{file_name(page, frame, for_office=True)}"
            entry = zipfile.ZipInfo(name, date_time=_MADE)
            archive.writestr(entry, hand_over([page], frame, for_office=True))
            done(number, len(pages))
    return out.getvalue()


def name_of_file(what: str, frame: Frame, audience: Audience, *, whole: bool) -> str:
    """Return the name sheets are kept under, ``浦安市_町丁目_地区シート_2026-12-02_庁内用.pdf`` (ファイル名).

    Parameters
    ----------
    what
        The division, or what the one area or shape is called.
    whole
        Whether they are one PDF, not a zip.
    """
    mark = OFFICE_ONLY.ja if audience == "office" else ""
    parts = (
        plain_name(frame.town.name),
        plain_name(what),
        _SHEET.say(frame.lang),
        frame.today,
        mark,
    )
    return "_".join(filter(None, parts)) + (".pdf" if whole else ".zip")
