"""Every sheet is printed, each new one without being told."""

import contextlib
import itertools
import re
from pathlib import Path

import pytest
from sheet_fixtures import HOSTILE, checked, fill_texts, frame, point, put

from geo.base.problems import InputError
from geo.sources.town_folder import load_town
from layers.sheets import sheet as room
from layers.sheets.parts.declare import NotHereError
from layers.sheets.sheet import SHEETS
from surveys.record.walk import WALK
from surveys.reports import REPORTS
from surveys.store.register import open_register
from surveys.types import RECORD_TYPES

NO_PLACE = ("concern", WALK.id)
GIVEN = {
    # Of sites, and of the town's areas.
    "id": [*(f"site-{one}" for one in (*RECORD_TYPES, WALK.id)), "99001", "99002"],
    "type": list(RECORD_TYPES),
    "form": list(REPORTS),
}


@pytest.fixture(scope="module")
def paper(small_town):
    folder = small_town
    register = open_register(folder, f"sqlite:///{folder}/register/register.db")
    for number, type_ in enumerate((*RECORD_TYPES.values(), WALK)):
        place = None if type_.id in NO_PLACE else point(1 + number % 7, 2)
        answers = fill_texts(type_, HOSTILE[number % len(HOSTILE)])
        answers.pop("photos", None)
        put(register, type_.id, f"site-{type_.id}", answers, place=place)
    yield folder, load_town(folder), register
    register.engine.dispose()


def asked(sheet):
    """Every way to fill in a sheet's address with what the register has."""
    names = re.findall(r"\{(\w+)(?::\w+)?\}", sheet.address)
    assert set(names) <= set(GIVEN), f"ask with {{id}} or {{type}}, or add {names} to GIVEN"
    for values in itertools.product(*(GIVEN[name] for name in names)):
        yield dict(zip(names, values, strict=True))


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("id_", SHEETS)
def test_every_sheet_prints_all_it_is_for_and_says_what_it_is_not(paper, id_, lang):
    sheet, held, printed = SHEETS[id_], frame(*paper, lang=lang), 0
    for path in asked(sheet):
        with contextlib.suppress(NotHereError):
            checked(sheet.draw(held, path, {}))
            printed += 1
    assert printed, "it was printed for none of the sites, walks and types there are"


@pytest.mark.parametrize("id_", [id_ for id_, one in SHEETS.items() if "{" in one.address])
def test_every_sheet_that_is_asked_for_something_refuses_what_is_not_there(paper, id_):
    names = re.findall(r"\{(\w+)(?::\w+)?\}", SHEETS[id_].address)
    with pytest.raises((NotHereError, InputError)) as caught:
        SHEETS[id_].draw(frame(*paper), dict.fromkeys(names, "<script>"), {})
    assert caught.value.words.ja and caught.value.words.en


@pytest.mark.parametrize("id_", SHEETS)
def test_every_sheet_has_its_template_beside_it(id_):
    assert (Path(room.__file__).parent / f"{id_}.html").is_file()
