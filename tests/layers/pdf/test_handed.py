"""PDFs to hand over: every sheet there is, marked for whom, with the register's photos, under a plain name."""

import contextlib
import io
import itertools
import re
from dataclasses import replace

import pytest
import shapely
from pdf_pages import pages_of, pictures, text_of
from PIL import Image
from sheet_fixtures import HOSTILE, fill_texts, frame, point, put
from town_fixtures import at

from geo.base.square import square_of
from geo.sources.town_folder import load_town
from layers.pdf.handed import file_name, hand_over
from layers.sheets.parts.declare import NotHereError
from layers.sheets.sheet import SHEETS
from surveys.record.walk import WALK
from surveys.reports import REPORTS
from surveys.store.register import open_register
from surveys.types import RECORD_TYPES

GIVEN = {
    # Of sites, and of an area.
    "id": [*(f"site-{one}" for one in (*RECORD_TYPES, WALK.id)), "99001"],
    "type": list(RECORD_TYPES),
    "form": list(REPORTS),
}


@pytest.fixture
def held(small_town, tmp_path):
    register = open_register(tmp_path)
    yield replace(frame(small_town, load_town(small_town), register), as_file=True)
    register.engine.dispose()


def drawn(held):
    """Every sheet of every kind of site, with its declaration."""
    for number, type_ in enumerate((*RECORD_TYPES.values(), WALK)):
        place = None if type_.id in ("concern", WALK.id) else point(1 + number % 7, 2)
        answers = fill_texts(type_, HOSTILE[number % len(HOSTILE)])
        answers.pop("photos", None)
        put(held.register, type_.id, f"site-{type_.id}", answers, place=place)
    for sheet in SHEETS.values():
        names = re.findall(r"\{(\w+)(?::\w+)?\}", sheet.address)
        for values in itertools.product(*(GIVEN[name] for name in names)):
            with contextlib.suppress(NotHereError):
                yield sheet, sheet.draw(held, dict(zip(names, values, strict=True)), {})


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_sheet_becomes_a_pdf_marked_as_it_is_meant(held, lang):
    held, seen = replace(held, lang=lang), set()
    for sheet, page in drawn(held):
        pages = pages_of(hand_over([page], held, for_office=sheet.for_office))
        mark = ("庁内用" if lang == "ja" else "office use only") if sheet.for_office else ""
        assert all(held.today in one and mark in one for one in pages), sheet.id
        assert sheet.for_office or not any("庁内用" in one for one in pages)
        seen.add(sheet.id)
    assert seen == set(SHEETS)


def test_the_registers_photos_are_in_it_and_one_that_is_gone_is_told(held):
    data = io.BytesIO()
    Image.new("RGB", (90, 60), (80, 120, 90)).save(data, "JPEG")
    here = held.register.photos.take(data.getvalue()).id
    photos = [{"id": here, "caption": "入口"}, {"id": "ab" * 32, "caption": "なくした"}]
    put(held.register, "bench", "b", {"name": "x", "photos": photos}, place=point(2, 2))
    page = SHEETS["karte"].draw(held, {"id": "b"}, {})
    made = hand_over([page], held, for_office=True)
    assert pictures(made) == [(90, 60)]
    assert text_of(made).count("写真が見つからない") == 1 and "なくした" in text_of(made)


def test_a_private_home_makes_the_same_pdf_wherever_in_its_square_it_stands(small_town, tmp_path):
    west, south, east, north = square_of(*at(2.1, 2.1))
    town, made, said = load_town(small_town), [], ""
    for number, share in enumerate((0.2, 0.8)):
        register = open_register(tmp_path / str(number))
        held = replace(frame(small_town, town, register), as_file=True)
        place = shapely.Point(west + (east - west) * share, south + (north - south) * share)
        home = {"name": "えんがわ", "private_home": "yes", "address": f"西町1-2-{number}"}
        put(register, "salon", "home", home, place=place)
        pages = [
            SHEETS["karte"].draw(held, {"id": "home"}, {}),
            SHEETS["listing"].draw(held, {}, {}),
        ]
        made.append(hand_over(pages, held, for_office=True))
        said += text_of(made[-1])
        register.engine.dispose()
    assert made[0] == made[1]
    assert "えんがわ" in said and "1-2-" not in said


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("公園カルテ 中央公園", "公園カルテ_中央公園_2026-11-25_庁内用.pdf"),
        ("../..\\x\u202efdp.exe", "x_fdp.exe_2026-11-25_庁内用.pdf"),
        ("&lt;a&gt;:*?", "a_2026-11-25_庁内用.pdf"),
        ("", "sheet_2026-11-25_庁内用.pdf"),
        ("あ" * 300, "あ" * 60 + "_2026-11-25_庁内用.pdf"),
    ],
)
def test_a_file_has_a_name_every_system_takes(held, title, name):
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{title}</title></head></html>'
    assert file_name(page, held, for_office=True) == name
    assert "庁内用" not in file_name(page, held, for_office=False)
