"""A page shows each kind, and each type, it says it shows (docs/knows.md).

Every page reads the town's day, so that it reads sites, imports or answers about places proves
nothing: of these it is looked whether the page is another once there is one more. Of all other kinds,
whether it asks for their rows as not every page does.
"""

import re
import shutil
from dataclasses import replace

import pytest
import shapely
import streamlit as st
from asked_tables import Asked, asking, forget_answers
from kept_samples import SAMPLES
from register_fixtures import new_version
from sheet_fixtures import put
from streamlit.testing.v1 import AppTest
from where import ROOT

from layers.day.claiming import list_places
from layers.served.register import register_now
from layers.served.town import VARIABLE, town_now
from layers.served.walking import day_now
from pages.parts.frame.declared import find_pages
from pages.parts.near.point import Point
from surveys.record.claim import Claim
from surveys.record.walk import WALK
from surveys.store.claims import keep_claims
from surveys.store.kept import KINDS
from surveys.store.listing import SiteQuery, each_site, list_walks
from surveys.store.receipt import Batch

PAGES = find_pages()
# What is there only once something was sent.
SENT = ("device", "received", "received_photo", "receipt", "track")
OF_THE_DAY = {"site", "batch", "claim"}
WITHOUT = {"make"}
# Its files are made once they are asked for: tests/pages/test_export.py reads them.
IN_FILES = {"export"}
# What is drawn anew for each visit.
_DRAWN = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")


HERE = Point(lon=138.09186, lat=34.72701, name="", turn=1)


def open_page(id_, params):
    page = AppTest.from_file(str(ROOT / "pages" / f"{id_}.py"), default_timeout=120)
    for name, value in params.get(id_, {}).items():
        page.query_params[name] = value
    if id_ == "near":  # asked from a place that was pressed
        page.session_state["near_point"] = HERE
    page.run()
    assert not page.exception, page.exception
    return page


def text_of(page):
    """All that is sent to the browser."""
    blocks, found = [page.main, page.sidebar], []
    while blocks:
        for one in blocks.pop().children.values():
            blocks += [one] if getattr(one, "children", None) else []
            found.append(str(getattr(one, "proto", "")))
    return _DRAWN.sub("#", "\n".join(found))


@pytest.fixture(scope="module")
def town(filled_town, tmp_path_factory):
    """The demo with something a device sent, and the addresses of pages that need one."""
    folder = tmp_path_factory.mktemp("asked") / "town"
    shutil.copytree(filled_town, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        register = register_now()
        for id_ in SENT:
            SAMPLES[id_].write(register)
        photos = tuple(register.photos.ids())
        park, walk = next(
            (park, walk)
            for park in each_site(register, SiteQuery(types=("park",)))
            for walk in list_walks(register)
            if any(id_ in repr(park.answers) for id_ in photos) and park.id in walk.answer("places")
        )
        site = {"site": park.id}
        yield register, {"karte": site, "record": site, "walks": {"walk": walk.id}}, park
        register.engine.dispose()


@pytest.fixture(scope="module")
def asked(town):
    """What each page asks the register that not every page asks."""
    _, params, _ = town
    found = {}
    for id_ in PAGES:
        forget_answers()
        st.cache_data.clear()
        with asking() as found[id_]:
            open_page(id_, {})
            open_page(id_, params)
    common = set.intersection(*({text for text, _ in one.statements} for one in found.values()))
    return {id_: one.without({(text, "") for text in common}) for id_, one in found.items()}


@pytest.mark.parametrize(
    ("page", "kind"),
    [(id_, one) for id_, page in PAGES.items() for one in page.kinds if one not in OF_THE_DAY | {"photo"}],
)  # fmt: skip
def test_a_page_asks_for_what_it_says_it_shows(asked, page, kind):
    assert asked[page].names(kind)


@pytest.mark.parametrize("page", [id_ for id_, one in PAGES.items() if "photo" in one.kinds])
def test_a_page_that_shows_photos_holds_one(town, page):
    register, params, _ = town
    text = text_of(open_page(page, params))
    assert any(one in text for one in register.photos.ids())


def test_a_kind_that_is_not_asked_for_would_be_told():
    heard = Asked({("SELECT site.id FROM site WHERE site.type = ?", "('park',)")})
    assert heard.names("site") and not heard.names(WALK.id)
    assert not any(heard.names(one) for one in KINDS if one not in ("site", "photo"))


def looked(ids, params, change):
    """Return which pages are another once something is changed."""
    before = {id_: text_of(open_page(id_, params)) for id_ in ids}
    again = {id_: text_of(open_page(id_, params)) for id_ in ids}
    assert [id_ for id_ in ids if before[id_] != again[id_]] == [], "not twice alike"
    change()
    return {id_ for id_ in ids if text_of(open_page(id_, params)) != before[id_]}


def asked_place(register):
    """Return a place of the map of which is asked whether it is the one recorded."""
    rows = list_places(day_now().told.joined, register, town_now().plane)
    return next(one for one in rows if one.state == "asked")


def pages_of(kind, type_=""):
    """Return the pages of a kind; of sites, those of a type, or of every type."""
    return [
        id_
        for id_, one in PAGES.items()
        if kind in one.kinds
        and (kind != "site" or (type_ in one.types if type_ else not one.types))
    ]


@pytest.mark.parametrize("type_", sorted({one for page in PAGES.values() for one in page.types}))
def test_a_page_of_a_type_is_another_with_one_more_of_it(town, type_):
    register, params, park = town
    # What reports count is asked of them: tests/house/test_knows.py.
    ids = [one for one in pages_of("site", type_) if one != "reports"]
    place = None if type_ == "activity" else park.place.centroid
    new = {"name": f"新しい{type_}"}
    assert looked(
        ids, params, lambda: put(register, type_, f"new-{type_}", new, place=place)
    ) == set(ids)


def test_a_page_of_every_type_is_another_with_one_more_park_and_no_other_page_is(town):
    register, params, park = town
    ids = [one for one in pages_of("site") if one not in IN_FILES]
    more = {"name": "新しい名"}
    asked = register.site(asked_place(register).site_id)

    def change():
        put(
            register,
            "park",
            "new-park",
            {"name": "新しい公園"},
            place=shapely.Point(HERE.lon, HERE.lat),
        )
        for one in (park, asked):
            put(register, one.type.id, one.id, one.answers | more)

    assert looked([*ids, *WITHOUT], params, change) == set(ids)


def test_the_page_of_imports_is_another_with_one_more(town):
    register, params, _ = town
    ids = pages_of("batch")
    batch = Batch(
        id="brought", file="parks.csv", sha256="1" * 64, type="park", by="担当",
        made_at="2026-11-21T09:00:00.000Z", counts={"new": 1}, undone_at=None,
    )  # fmt: skip
    row = new_version("brought-in", kind="import", batch_id=batch.id)
    row = replace(row, id="brought-version", record_id="brought-record")
    assert ids and looked(ids, params, lambda: register.save_all([row], batch)) == set(ids)


def test_the_page_of_answers_about_places_is_another_with_one_more(town):
    register, params, _ = town
    ids = pages_of("claim")
    asked = asked_place(register)
    claim = Claim(
        id="said", place_id=asked.place_id, site_id=asked.site_id, inside="", same=False, by="担当",
        made_at="2026-11-21T10:00:00.000Z",
    )  # fmt: skip
    assert ids and looked(ids, params, lambda: keep_claims(register, [claim])) == set(ids)
