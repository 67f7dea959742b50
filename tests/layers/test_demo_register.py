"""The demo town's register: whole, believable, the same each time, and never over a person's."""

import re
from datetime import date, timedelta

import pytest
import shapely
from built_towns import TODAY

from geo.sources.town_folder import load_town
from layers import demo_register
from surveys.demo.stops import MOVED
from surveys.demo.walks import OUTINGS
from surveys.record.history import PLACE
from surveys.record.walk import places_seen
from surveys.store.drafts import list_drafts
from surveys.store.listing import SiteQuery, count_types, each_site, list_walks
from surveys.store.register import open_register
from surveys.types import RECORD_TYPES


@pytest.fixture(scope="module")
def town(demo_town):
    return load_town(demo_town)


@pytest.fixture(scope="module")
def ground(demo_town, town):
    return demo_register.make_ground(demo_town, town)


@pytest.fixture(scope="module")
def register(filled_town):
    made = open_register(filled_town)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def sites(register):
    return list(each_site(register, SiteQuery(statuses=())))


@pytest.fixture(scope="module")
def versions(register):
    return register.all_versions()


def of(sites, type_id):
    return [site for site in sites if site.type.id == type_id]


def every_text(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from every_text(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from every_text(one)


def test_every_type_is_there(register):
    counts = count_types(register)
    least = {"salon": 19, "park": 11, "bench": 10, "toilet": 7, "bus_stop": 20, "slope": 8}
    least |= {"shop": 11, "resource": 8, "concern": 10}
    assert set(counts) == set(least) <= set(RECORD_TYPES)  # a new type may have none in the demo
    assert all(counts[type_id] >= count for type_id, count in least.items()), counts


def test_what_comes_from_the_towns_files_keeps_its_id_and_its_place(sites, town):
    rows = town.sites.set_index("site_id")
    for kind in ("salon", "park", "toilet", "bus_stop", "shop"):
        own = set(rows.index[rows["kind"] == kind])
        assert own <= {site.id for site in of(sites, kind)}, kind
    for site in sites:
        if site.id in rows.index and site.title != MOVED:
            x, y = town.plane.to_m(site.place.x, site.place.y)
            assert (
                abs(x - rows.loc[site.id, "x_m"]) < 0.1 and abs(y - rows.loc[site.id, "y_m"]) < 0.1
            )


def test_every_park_has_its_first_questions_answered_or_unknown(sites, ground):
    parks = of(sites, "park")
    assert {park.id for park in parks} == {place.id for place in ground.of_kind("park")}
    first = [
        one.id
        for one in RECORD_TYPES["park"].fields
        if one.first and one.kind in ("choice", "items")
    ]
    assert len(first) >= 5
    for park in parks:
        missing = [key for key in first if park.answer(key) is None]
        assert not missing, (park.title, missing)
    said = [park.answer(key) for park in parks for key in first]
    assert "unknown" in said and [] in said
    assert any(park.answer("light") is None for park in parks), "one park was not asked all"


def test_things_in_a_park_stand_inside_it(sites, ground):
    areas = {place.id: place.area for place in ground.of_kind("park")}
    assert all(area is not None for area in areas.values())
    counts = set()
    for park in of(sites, "park"):
        benches = park.answer("benches")
        counts.add(len(benches))
        for key in ("benches", "toilets", "slopes", "equipment", "entrances"):
            spots = [one["point"] for one in park.answer(key) or []]
            assert len(set(map(tuple, spots))) == len(spots), (park.title, key)
            near = areas[park.id].buffer(2e-6)  # the outline itself, to 20 cm
            assert all(near.contains(shapely.Point(spot)) for spot in spots), (park.title, key)
    assert min(counts) == 0 and max(counts) == 6


def test_all_photos_are_whole_named_and_captioned(register, sites):
    asked = {}
    for version in register.all_versions():
        for value in version.patch.values():
            if (
                isinstance(value, list)
                and value
                and isinstance(value[0], dict)
                and "caption" in value[0]
            ):
                asked |= {one["id"]: one["caption"] for one in value}
    assert set(register.photos.ids()) == set(asked) and all(asked.values())
    assert register.photos.check() == [] and 35 <= len(asked) <= 45
    with_photos = [park for park in of(sites, "park") if park.answer("photos")]
    assert len(with_photos) >= 11 / 3
    assert all(1 <= len(park.answer("photos")) <= 3 for park in with_photos)


def test_there_is_one_conflict_and_its_two_writers_had_not_seen_each_other(register, sites):
    (park,) = [site for site in sites if site.state.conflicts]
    assert set(park.state.conflicts) == {"toilet", "light"}
    sides = {seq for one in park.state.conflicts.values() for seq in one}
    first, second = [one for one in register.versions(park.id) if one.seq in sides]
    assert first.origin.by != second.origin.by and second.base < first.seq


def test_each_type_has_fresh_and_stale_sites_and_a_third_of_all_are_stale(sites):
    today = TODAY.isoformat()
    for type_id in {site.type.id for site in sites}:
        stale = [site.due_on <= today for site in of(sites, type_id)]
        assert any(stale) and not all(stale), type_id
    share = sum(site.due_on <= today for site in sites) / len(sites)
    assert 0.28 <= share <= 0.38


def test_the_history_goes_back_years_and_never_beyond_today(versions):
    days = [version.made_at[:10] for version in versions]
    assert days == sorted(days)
    span = date.fromisoformat(days[-1]) - date.fromisoformat(days[0])
    assert span >= timedelta(days=912) and days[-1] <= TODAY.isoformat()
    assert all(version.origin.on <= TODAY.isoformat() for version in versions)


def test_every_kind_of_entry_and_source_is_shown(versions, sites):
    assert {version.kind for version in versions} == {
        "visit", "correct", "confirm", "absent", "retire", "import",
    }  # fmt: skip
    assert {version.origin.source for version in versions} == {"surveyed", "told", "imported"}
    assert {site.state.status["is"] for site in sites} >= {
        "active",
        "paused",
        "closed",
        "not_found",
    }
    assert any(not site.state.seen_on for site in sites), "some were listed and never seen"


def test_the_stop_at_the_foot_of_the_slope_moved_to_the_salons_door(register, ground, town):
    stop, salon = ground.named("bus_stop", MOVED), ground.named("salon", "緑ヶ丘ふもと体操")
    moves = [one for one in register.versions(stop.id) if PLACE in one.patch]
    assert [one.kind for one in moves] == ["import", "correct"]
    assert moves[0].patch[PLACE].equals(stop.at) and "移した" in moves[1].note
    now = register.site(stop.id).place
    x, y = town.plane.to_m([now.x, salon.at.x], [now.y, salon.at.y])
    assert ((x[0] - x[1]) ** 2 + (y[0] - y[1]) ** 2) ** 0.5 < 20
    told = [
        one
        for one in each_site(register, SiteQuery(types=("concern",)))
        if stop.id in (one.answer("related_site") or [])
    ]
    assert [one.answer("state") for one in told] == ["solved"]


def test_a_park_lost_a_bench(register, ground):
    park = ground.named("park", "寺町公園")
    seqs = [one.seq for one in register.versions(park.id)]
    before = sum(
        path.count("/") == 1 and path.startswith("benches/")
        for path in register.state_at(park.id, seqs[1]).flat
    )
    assert (before, len(register.site(park.id).answer("benches"))) == (3, 2)


def test_salons_meet_in_every_way(sites):
    salons = of(sites, "salon")
    groups = [one for salon in salons for one in salon.answer("activities")]
    freqs = {rule["freq"] for one in groups for rule in one["schedule"]}
    assert {"weekly", "nth", "fortnightly", "daily", "monthly"} <= freqs
    assert not [rule for one in groups for rule in one["schedule"] if rule["freq"] == "text"]
    assert any("from_month" in rule for one in groups for rule in one["schedule"])
    assert sum(one.get("rotation") == "turn" for one in groups) == 3
    assert len({one["group"] for one in groups if one.get("rotation") == "turn"}) == 1
    assert sorted({len(salon.answer("activities")) for salon in salons}) == [1, 2]
    assert sum(salon.answer("private_home") == "yes" for salon in salons) == 1
    ends = [one["subsidy_until"] for one in groups if "subsidy_until" in one]
    assert min(ends) < TODAY.isoformat() < max(ends)


def test_slopes_lie_along_streets_of_the_town(sites, ground):
    streets = [street.line for street in ground.streets]
    slopes = of(sites, "slope")
    assert {slope.place.geom_type for slope in slopes} == {"LineString"}
    for slope in slopes:
        assert shapely.hausdorff_distance(streets, slope.place).min() < 1e-6, slope.title
    assert len({slope.place.wkt for slope in slopes}) == len(slopes)


def test_walks_saw_missed_and_one_lies_ahead(register):
    walks = list_walks(register)
    days = [walk.answer("on") for walk in walks]
    assert (
        len(walks) == len(OUTINGS)
        and TODAY.isoformat() < days[0] <= (TODAY + timedelta(days=7)).isoformat()
    )
    assert (TODAY - date.fromisoformat(days[-1])).days > 912
    found = set()
    for walk in walks:
        listed = walk.answer("places")
        assert set(register.sites_of(listed)) == set(listed)
        written = register.versions_of_walk(walk.id)
        assert {one.made_at[:10] for one in written} <= {walk.answer("on")}
        seen = set(places_seen(listed, written).values())
        found |= seen
        assert seen == {"missed"} if walk is walks[0] else {"seen", "missed"} <= seen
        assert (walk.place is None) == (walk is walks[0])
    assert found == {"seen", "missed", "absent"}


def test_one_form_is_half_written(register):
    (draft,) = list_drafts(register)
    site = register.site(draft.site_id)
    assert draft.base == site.state.head and draft.answers != site.answers


# The thirty most usual family names, and what follows a name.
NAMES = (
    "佐藤|鈴木|高橋|田中|伊藤|渡辺|山本|中村|小林|加藤|吉田|山田|佐々木|山口|松本|井上|木村|林さん|斎藤|清水|"
    "山崎|阿部|池田|橋本|石川|前田|藤田|小川|後藤|岡田|[一-龠ぁ-んァ-ヶ](?:氏|様|さん|先生)(?![一-龠])"
)


def test_no_text_is_a_persons_name_or_a_number_that_rings(versions):
    texts = [
        text
        for one in versions
        for text in every_text([one.patch.get(key) for key in one.patch if key != PLACE])
    ]
    texts += [text for one in versions for text in (one.note, one.origin.by)]
    assert len(texts) > 1000
    for text in texts:
        assert not re.search(NAMES, text), text
        numbers = re.findall(r"\b0\d{1,4}-?\d{1,4}-?\d{3,4}\b", text)
        assert all(set(number) <= {"0", "-"} for number in numbers), text
        assert "@" not in text and "http" not in text, text


def test_what_is_kept_is_what_the_versions_make(register):
    for site_id in register.site_ids():
        kept, made = register.refold(site_id)
        assert kept == made, site_id
