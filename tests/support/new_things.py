"""One new file of each kind, as a newcomer would write it: planted in a copy of the house.

Their ids are words nobody will want, so that a real thing is never planted over.
"""

import re

_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
NEW = {
    "surveys/types/sample_only.py": '''
"""試しの腰かけ (sample seat).

Nothing is known of how soon it wears: asked again after 12 months.
"""

from geo.base.words import Words
from surveys.declaration.common_fields import BENCH_QUESTIONS, FINDINGS, NAME, PHOTOS, text
from surveys.declaration.field import yes_no
from surveys.declaration.record_type import Marker, RecordType

TYPE = RecordType(
    id="sample_only", words=Words("試しの腰かけ", "sample seat"), sheet=Words("腰かけ調べ", "Seat sheet"),
    marker=Marker(colour="#B00020", shape="M5 6h22v20H5z", glyph="M10 14h12v4H10z"),
    walking_m=None, walking_source=Words("目安はない", "none"), order=990, fresh_months=12,
    fields=(
        NAME, *BENCH_QUESTIONS, FINDINGS, PHOTOS, text("spot", "設置位置", "Where"),
        yes_no("child", "子ども用", "For children", filtered=True),
    ),
)  # fmt: skip
''',
    "geo/measures/sample_only.py": '''
"""Half the number of sites (か所の半分)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from geo.measures.measure import Measure, Walks

if TYPE_CHECKING:
    from geo.base.arrays import Floats


def score(walks: Walks) -> Floats:
    """Return half the number of sites within the range (半分)."""
    return walks.sites_within / 2.0


MEASURE = Measure(
    id="sample_only", key_ja="か所の半分", words=Words("か所の半分の数", "half the number of sites"),
    unit="sites", better="more", summary="median", score=score, order=990,
    source=Words("試し", "a trial"),
)  # fmt: skip
''',
    "layers/sheets/sample_only.py": '''
"""A name on a sheet (名札)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from layers.sheets.parts.declare import NO_SITE, NotHereError, Sheet
from layers.sheets.parts.frame import Frame, name_site, render
from layers.sheets.parts.homes import on_paper

if TYPE_CHECKING:
    from collections.abc import Mapping


def _draw(frame: Frame, path: Mapping[str, str], _params: Mapping[str, str]) -> str:
    site = frame.register.site(path["id"])
    if site is None or site.hidden:
        raise NotHereError(NO_SITE)
    name = name_site(on_paper(site), frame.lang)
    return render("sample_only.html", frame, sheet=frame.say("名札", "Name"), title=name, facts=[])


SHEET = Sheet(
    id="sample_only", words=Words("名札", "Name"), address="sample_only/{id}",
    asked_with=Words("地点", "a site"), draw=_draw,
)  # fmt: skip
''',
    "layers/sheets/sample_only.html": """
{% extends "frame.html" %}
{% block body %}<p>{{ t("ここにはる。", "Put it up here.") }}</p>{% endblock %}
""",
    "pages/sample_only.py": '''
"""ごあいさつ: a greeting to whoever gets the map."""

import streamlit as st

from geo.base.words import Words
from pages.parts.frame.declared import Page
from pages.parts.frame.frame import begin_page

PAGE = Page(id="sample_only", words=Words("ごあいさつ", "Greeting"), group="give", order=990)

town, lang = begin_page(Words("だれに渡すか", "For whom?"))
st.write(town.name)
''',
    "geo/sources/heights/sample_only.py": '''
"""Heights as bare numbers: west, north, step, columns, then row by row (数の並び)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.base.problems import InputError
from geo.base.words import Words
from geo.relief.grid import HeightGrid
from geo.sources.declare import HeightFormat

if TYPE_CHECKING:
    from geo.relief.grid import Window
    from geo.sources.heights.sheet import HeightSheet


def read(sheet: HeightSheet, _window: Window) -> list[HeightGrid]:
    """Return the whole sheet as one grid (読む)."""
    try:
        west, north, step, columns, *heights = map(float, sheet.load().split())
        rows = np.array(heights, dtype=np.float32).reshape(-1, int(columns))
    except ValueError:
        raise InputError(Words("数の並びではありません", "holds no bare numbers")) from None
    return [HeightGrid(height_m=rows, x0=west, y0=north, dx=step, dy=-step)]


SOURCE = HeightFormat(
    id="sample_only", words=Words("数の並び", "bare numbers"), endings=(".sample_only",), read=read,
    origin=Words("試し", "a trial"),
)  # fmt: skip
''',
    "geo/sources/streets/sample_only.py": '''
"""OpenStreetMap's streets under another name (別の名前の道)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from geo.sources.declare import StreetFormat
from geo.sources.streets.osm import load_osm

if TYPE_CHECKING:
    from pathlib import Path

    from geo.network.extract import Extract
    from geo.sources.declare import StreetsWanted


def load(path: Path, wanted: StreetsWanted) -> Extract:
    """Return the streets of the file, which its reader wants to be called .osm (読む)."""
    copy = path.with_suffix(".osm")
    copy.write_bytes(path.read_bytes())
    return load_osm(copy, wanted.keep_lonlat)


SOURCE = StreetFormat(
    id="sample_only", words=Words("別の名前の道", "streets by another name"),
    endings=(".sample_only",), load=load, origin=Words("試し", "a trial"),
)  # fmt: skip
''',
    "surveys/formats/sample_only.py": '''
"""The CSV under another name (別の名前の表)."""

from geo.base.words import Words
from surveys.formats.csv import dump_csv
from surveys.formats.parts.declare import Format, Reading
from surveys.formats.raw.sheets import read_sheets

FORMAT = Format(
    id="sample_only", words=Words("別の名前の表", "the table by another name"), suffix=".sample_only",
    mime="text/plain", order=990, dump=dump_csv, tells_time=False,
    reading=Reading(
        words=Words("別の名前の表", "the table by another name"), endings=(".sample_only",),
        read=read_sheets,
    ),
)  # fmt: skip
''',
    "surveys/formats/sample_told.py": '''
"""The ids alone, to be written and not to be read (idだけ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.words import Words
from surveys.formats.parts.declare import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.base.words import Lang
    from surveys.declaration.record_type import RecordType
    from surveys.record.portable import Portable


def dump(_type: RecordType, portables: Sequence[Portable], _lang: Lang, made_at: str) -> bytes:
    """Write when it was made, then the ids, a line each (idを書く)."""
    return "\\n".join([made_at, *(one.id for one in portables)]).encode()


FORMAT = Format(
    id="sample_told", words=Words("idだけ", "ids only"), suffix=".sample_told", mime="text/plain",
    order=991, dump=dump,
)  # fmt: skip
''',
    "layers/layered/sample_layer.py": '''
"""The border of the whole town alone (街の境)."""

from geo.base.words import Words
from layers.layered.parts.declare import MapLayer
from layers.maps.browser_layers import border_layer
from layers.maps.ground_legend import border_legend

LAYER = MapLayer(
    id="sample_layer", group="base", order=990, words=Words("街の境だけ", "the town's border"),
    what=Words("街の境だけを見せる。", "Shows the town's border alone."),
    make=lambda shown: [
        border_layer(shown.of_register("/answer/borders.geojson", division="全域"), strong=True)
    ],
    legend=lambda shown: border_legend(shown.lang, {"全域": True}),
)  # fmt: skip
''',
    "surveys/reports/sample_only.py": '''
"""Entries by month (月ごとの件数)."""

from geo.base.words import Words
from surveys.reports.parts.declare import Axis, Counted, Report

REPORT = Report(
    id="sample_only",
    words=Words("月ごとの試し", "sample by month"),
    help=Words("月ごとに数える。", "Counted by month."),
    order=990,
    cut="year",
    title=Words("{year} 月ごとの件数", "By month, {year}"),
    parts=(
        Counted(
            id="months",
            words=Words("月", "months"),
            source="log",
            rows=Axis(head=Words("月", "Month"), by="month"),
        ),
    ),
)
''',
    "layers/routes/sample_only.py": '''
"""The greeting as text (あいさつ)."""

from starlette.responses import Response
from starlette.routing import Route

from geo.base.words import Words
from layers.routes.parts.declare import Routes
from surveys.api.kinds import of_kind

ROUTES = Routes(
    id="sample_only", words=Words("あいさつ", "a greeting"), seen_by="signed in",
    make=lambda: of_kind("data", [Route("/sample_only.txt", lambda _: Response("hello"))]),
)  # fmt: skip
''',
}  # fmt: skip
WALKER = """
        Walker(
            id="sample_only",
            words=Words("ベビーカーの試し", "sample pushchair"),
            speed_m_s=0.9,
            source=Words("試し", "a trial"),
        ),
"""


def plant(house):
    """Write every new thing where it belongs in a copy of the house."""
    for name, text in NEW.items():
        (house / name).write_text(text.lstrip(), encoding="utf-8")
    walkers = house / "geo/walk/walkers.py"
    head, mark, tail = walkers.read_text("utf-8").partition("= by_id(\n    (\n")
    walkers.write_text(head + mark + WALKER.lstrip("\n") + tail, encoding="utf-8")


def lines_of(text):
    """The lines a person writes but for words: neither empty nor with Japanese."""
    return [line for line in text.splitlines() if line.strip() and not _JAPANESE.search(line)]
