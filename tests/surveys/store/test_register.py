"""The register, on both databases: what is written is kept, and nobody's word is lost."""

from threading import Thread

import pytest
import shapely
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from register_fixtures import HERE, LATER, NOW, READ, new_version, open_sqlite
from sqlalchemy import func, select

from geo.base.problems import InputError
from surveys.record.history import STATUS, Origin, Version
from surveys.store.checking import check_register
from surveys.store.drafts import Draft, find_draft, keep_draft, list_drafts, save_draft
from surveys.store.engine import reading
from surveys.store.listing import SiteQuery, count_types, each_site, list_pins, list_sites
from surveys.store.receipt import Batch
from surveys.store.tables import METADATA, RECORD, SITE, VERSION
from surveys.types import RECORD_TYPES

ANSWERS = {"name": "さくら公園", "benches": [{"_id": "a1"}, {"_id": "b2", "back": "yes"}]}


def add(register, answers=None, **more):
    return register.save(new_version(answers=answers or ANSWERS, **more))


def change(register, answers, *, before, **more):
    return register.save(new_version(answers=answers, before=before, **more))


def state(register, site_id="s1"):
    return register.site(site_id).state


def batch(id_="b1"):
    return Batch(
        id=id_, file="公園.csv", sha256="0" * 64, type="park", by="公園課", made_at=NOW,
        counts={"new": 2}, undone_at=None,
    )  # fmt: skip


def titles(register, **query):
    return [site.title for site in list_sites(register, SiteQuery(**query))[0]]


def test_what_is_saved_is_read_back(register):
    receipt = add(register)
    site = register.site("s1")
    assert site.answers == ANSWERS
    assert (site.place, site.number, site.title) == (HERE, receipt.number, "さくら公園")
    assert (site.state.seen_on, site.due_on) == ("2026-11-21", "2027-11-21")
    assert (receipt.head, receipt.conflicts, receipt.again) == (receipt.seq, (), False)
    assert check_register(register) == []


def test_the_same_version_sent_again_is_kept_once(register):
    version = new_version(answers=ANSWERS)
    first, second = register.save(version), register.save(version)
    assert (second.seq, second.again) == (first.seq, True)
    assert len(register.all_versions()) == 1


def test_the_same_id_with_other_content_is_refused(register):
    add(register, version_id="mine")
    with pytest.raises(InputError, match="kept already"):
        add(register, {"name": "別の公園"}, version_id="mine", site_id="s2")
    assert register.site("s2") is None


WRONG = [
    ("a choice that is none", {"patch": {"toilet": "golden"}}),
    ("a number out of bounds", {"patch": {"parking_count": -1}}),
    ("a bench's answer that is none", {"patch": {"benches/a1": 1, "benches/a1/back": "soft"}}),
    ("a status that is none", {"patch": {"name": "公園", STATUS: {"is": "gone"}}}),
    ("a status without its word", {"patch": {"name": "公園", STATUS: {"reason": "x"}}}),
    ("a place off the globe", {"patch": {"@place": shapely.Point(200, 35)}}),
    ("a place with a height", {"patch": {"@place": shapely.Point(139, 35, 3)}}),
    ("neither place nor name", {"patch": {"toilet": "usable"}}),
    ("no such record type", {"type": "castle"}),
    ("no such kind", {"kind": "dreamt"}),
    ("no such source", {"origin": Origin(source="heard", sure="sure", by="", on="")}),
    ("a day that is none", {"origin": Origin(source="told", sure="sure", by="", on="2026-02-30")}),
    ("a sign no file can hold", {"patch": {"name": "公\x00園"}}),
    ("half a sign in a note", {"note": "\ud83d"}),
    ("an import nobody knows", {"batch_id": "nowhere"}),
]


@pytest.mark.parametrize(("why", "wrong"), WRONG, ids=[why for why, _ in WRONG])
def test_a_version_that_is_wrong_is_refused_with_nothing_kept(register, why, wrong):
    values = {
        "seq": 0, "id": "v", "record_id": "r", "site_id": "s9", "type": "park", "kind": "visit",
        "made_at": NOW, "origin": READ, "patch": {"name": "公園"},
    }  # fmt: skip
    with pytest.raises(InputError):
        register.save_all([new_version(answers=ANSWERS), Version(**(values | wrong))])
    with reading(register.engine) as connection:
        for table in (SITE, RECORD, VERSION):
            assert connection.scalar(select(func.count()).select_from(table)) == 0, why


def test_a_wrong_answer_is_refused_also_where_it_would_not_stand(register):
    add(register, {"name": "公園", "toilet": "usable"})
    late = Version(
        seq=0, id="late", record_id="late", site_id="s1", type="park", kind="visit", made_at=NOW,
        origin=READ, patch={"toilet": "golden"}, base=0,
    )  # fmt: skip
    with pytest.raises(InputError):
        register.save(late)
    assert len(register.versions("s1")) == 1


def test_two_people_who_answer_different_questions_never_meet(register):
    add(register)
    seen = state(register)
    change(register, {**ANSWERS, "toilet": "usable"}, before=seen)
    receipt = change(register, {**ANSWERS, "water": "yes"}, before=seen)
    assert receipt.conflicts == ()
    answers = register.site("s1").answers
    assert (answers["toilet"], answers["water"]) == ("usable", "yes")


def test_two_people_who_answer_one_question_are_both_kept_until_it_is_settled(register):
    add(register)
    seen = state(register)
    first = change(register, {**ANSWERS, "toilet": "usable"}, before=seen)
    second = change(register, {**ANSWERS, "toilet": "none"}, before=seen)
    assert second.conflicts == ("toilet",)
    assert state(register).conflicts == {"toilet": (first.seq, second.seq)}
    assert register.site("s1").answer("toilet") == "usable"
    assert titles(register, differing=True) == ["さくら公園"]
    after = change(register, {**ANSWERS, "toilet": "none"}, before=state(register), kind="resolve")
    assert after.conflicts == () and state(register).conflicts == {}
    assert register.site("s1").answer("toilet") == "none"
    assert titles(register, differing=True) == []
    assert check_register(register) == []


def test_one_who_saw_only_one_side_takes_its_place_and_the_other_stays_told(register):
    add(register)
    start = state(register)
    change(register, {**ANSWERS, "toilet": "usable"}, before=start)
    seen = state(register)
    other = change(register, {**ANSWERS, "toilet": "none"}, before=start)
    third = change(register, {**ANSWERS, "toilet": "hard"}, before=seen)
    assert register.site("s1").answer("toilet") == "hard"
    assert state(register).conflicts == {"toilet": (third.seq, other.seq)}


def test_a_bench_taken_away_by_one_and_described_by_another_is_told(register):
    add(register)
    seen = state(register)
    gone = change(register, {**ANSWERS, "benches": [{"_id": "a1"}]}, before=seen)
    described = {
        **ANSWERS,
        "benches": [{"_id": "a1"}, {"_id": "b2", "back": "no", "armrest": "yes"}],
    }
    receipt = change(register, described, before=seen)
    assert receipt.conflicts == ("benches/b2",)
    assert state(register).conflicts == {"benches/b2": (gone.seq, receipt.seq)}
    assert [one["_id"] for one in register.site("s1").answer("benches")] == ["a1"]
    # The office finds the bench: one word brings it back with all that was said of it.
    back = {**ANSWERS, "benches": [{"_id": "a1"}, {"_id": "b2", "back": "no", "armrest": "yes"}]}
    change(register, back, before=state(register), kind="resolve")
    assert register.site("s1").answers == back and state(register).conflicts == {}
    assert check_register(register) == []


def test_a_bench_described_by_one_and_taken_away_by_another_stays_and_is_told(register):
    add(register)
    seen = state(register)
    benches = [{"_id": "a1"}, {"_id": "b2", "back": "no"}]
    change(register, {**ANSWERS, "benches": benches}, before=seen)
    receipt = change(register, {**ANSWERS, "benches": [{"_id": "a1"}]}, before=seen)
    assert receipt.conflicts == ("benches/b2",)
    assert register.site("s1").answer("benches") == benches


def test_an_import_is_undone_and_brought_back_whole(register):
    rows = [
        new_version(f"s{at}", {"name": f"公園{at}"}, kind="import", origin=READ, batch_id="b1")
        for at in (1, 2)
    ]
    register.save_all(rows, batch())
    change(register, {"name": "公園1", "toilet": "usable"}, before=state(register))
    stamps = {register.stamp()}
    assert register.undo_batch("b1", now=LATER) == 2
    stamps.add(register.stamp())
    assert register.batches()[0].undone_at == LATER
    assert titles(register) == [""] and register.site("s1").answers == {"toilet": "usable"}
    assert register.site("s2").hidden and check_register(register) == []
    assert register.redo_batch("b1") == 2
    assert register.stamp() in stamps
    assert sorted(titles(register)) == ["公園1", "公園2"] and len(stamps) == 2
    assert register.site("s1").answers == {"name": "公園1", "toilet": "usable"}
    assert check_register(register) == []


def test_an_import_sent_again_is_kept_once_and_another_of_its_id_is_refused(register):
    rows = [new_version("s1", {"name": "公園"}, kind="import", origin=READ, batch_id="b1")]
    assert not register.save_all(rows, batch())[0].again
    assert register.save_all(rows, batch())[0].again
    other = Batch(
        **{name: getattr(batch(), name) for name in Batch.__dataclass_fields__}
        | {"sha256": "1" * 64}
    )
    with pytest.raises(InputError, match="kept already"):
        register.save_all([], other)
    assert len(register.batches()) == 1


def test_an_import_with_one_wrong_row_takes_none(register):
    good = new_version("s1", {"name": "公園"}, kind="import", origin=READ, batch_id="b1")
    wrong = Version(
        seq=0, id="x", record_id="x", site_id="s2", type="park", kind="import", made_at=NOW,
        origin=READ, patch={"toilet": "golden"}, batch_id="b1",
    )  # fmt: skip
    with pytest.raises(InputError):
        register.save_all([good, wrong], batch())
    assert register.all_versions() == [] and register.batches() == [] and register.site_ids() == []


SEARCHES = [
    ("kanji", "桜", ["桜カフェ公園"]),
    ("hiragana finds katakana", "かふぇ", ["桜カフェ公園"]),
    ("half-width finds full", "ｶﾌｪ", ["桜カフェ公園"]),
    ("case and width", "ｐark１", ["Park1"]),
    ("two words, both needed", "桜　公園", ["桜カフェ公園"]),
    ("two words, one missing", "桜 梅", []),
    ("a percent sign is itself", "100%", ["梅100%公園"]),
    ("an underscore is itself", "_", []),
    ("a bench's note is searched", "ぐらぐら", ["Park1"]),
    ("a number finds its site", "1", ["桜カフェ公園", "梅100%公園", "Park1"]),
    ("the type's own name", "公園", ["桜カフェ公園", "梅100%公園", "Park1"]),
]


@pytest.fixture
def parks(register):
    add(
        register,
        {"name": "桜カフェ公園", "toilet": "usable", "park_kind": "district"},
        site_id="s1",
    )
    add(
        register,
        {"name": "梅100%公園", "toilet": "none"},
        site_id="s2",
        place=shapely.Point(139.9, 35.6),
    )
    add(register, {"name": "Park1", "benches": [{"_id": "a", "note": "ぐらぐら"}]}, site_id="s3",
        place=shapely.Point(139.95, 35.7))  # fmt: skip
    return register


@pytest.mark.parametrize(("why", "words", "found"), SEARCHES, ids=[why for why, _, _ in SEARCHES])
def test_words_find_sites(parks, why, words, found):
    assert titles(parks, words=words, order="number") == found


def test_choices_find_sites_that_have_any_of_them(parks):
    assert titles(parks, choices={"toilet": ("usable",)}) == ["桜カフェ公園"]
    assert len(titles(parks, choices={"toilet": ("usable", "none")})) == 2
    assert titles(parks, choices={"toilet": ("usable", "none"), "park_kind": ("district",)}) == [
        "桜カフェ公園"
    ]
    assert titles(parks, choices={"toilet') OR 1=1 --": ("usable",)}) == []
    assert titles(parks, choices={"toilet": ("usable') OR ('1'='1",)}) == []


def test_an_answer_of_several_choices_is_found_by_each(register):
    add(register, {"name": "八百屋", "product": ["fresh", "prepared"]}, type="shop", site_id="s1")
    for product, found in (("fresh", ["八百屋"]), ("prepared", ["八百屋"]), ("staple", [])):
        assert titles(register, choices={"product": (product,)}) == found


def test_a_shape_finds_the_sites_inside_it_not_those_inside_its_box(parks):
    box = shapely.box(139.88, 35.59, 139.96, 35.71)
    assert len(titles(parks, within=box)) == 3
    corner = shapely.Polygon([(139.88, 35.59), (139.96, 35.71), (139.96, 35.59)])
    assert titles(parks, within=corner) == ["梅100%公園"]
    assert titles(parks, within=shapely.box(0, 0, 1, 1)) == []


def test_a_shape_may_hold_more_sites_than_a_database_takes_values(register):
    add(register)
    with register.engine.begin() as connection:
        row = dict(connection.execute(select(SITE)).mappings().one())
        rows = [row | {"number": number, "id": f"m{number}"} for number in range(10, 33_010)]
        connection.execute(SITE.insert(), rows)
        if register.engine.name == "sqlite":
            connection.exec_driver_sql(
                "INSERT INTO site_box SELECT number, lon, lon, lat, lat FROM site WHERE number >= 10"
            )
    query = SiteQuery(within=HERE.buffer(0.01))
    assert list_sites(register, query, limit=1)[1] == 33_001


def test_what_was_never_seen_comes_first_then_what_is_due(register):
    for at, day in enumerate(("2026-05-01", "2024-05-01", "2025-05-01")):
        origin = Origin(source="surveyed", sure="sure", by="", on=day)
        add(register, {"name": day}, site_id=f"s{at}", origin=origin)
    add(register, {"name": "never"}, site_id="s9", kind="import", origin=READ)
    assert titles(register) == ["never", "2024-05-01", "2025-05-01", "2026-05-01"]
    assert titles(register, due_by="2026-05-01") == ["never", "2024-05-01", "2025-05-01"]
    register.set_fresh_months(RECORD_TYPES["park"], 1)
    assert titles(register, due_by="2026-06-01")[-1] == "2026-05-01"
    assert check_register(register) == []


def test_pages_hold_every_site_once(register):
    for at in range(23):
        add(register, {"name": f"公園{at:02}"}, site_id=f"s{at}")
    pages = [
        list_sites(register, SiteQuery(order="name"), limit=10, offset=at) for at in (0, 10, 20, 30)
    ]
    assert [(len(sites), total) for sites, total in pages] == [(10, 23), (10, 23), (3, 23), (0, 23)]
    names = [site.title for sites, _ in pages for site in sites]
    assert names == [f"公園{at:02}" for at in range(23)]
    assert [site.title for site in each_site(register, SiteQuery(order="name"))] == names
    assert len(list_pins(register, SiteQuery())) == 23 and count_types(register) == {"park": 23}


def test_a_draft_is_kept_at_every_answer_and_goes_when_it_is_saved(register):
    draft = Draft(id="d1", type="park", changed_at=NOW, answers={"name": "さくら"}, shape=HERE)
    keep_draft(register, draft)
    later = Draft(
        id="d1", type="park", changed_at=LATER, answers={"name": "さくら公園"}, shape=HERE
    )
    keep_draft(register, later)
    assert list_drafts(register) == [later] and find_draft(register, "none") is None
    version = new_version(answers=draft.answers)
    save_draft(register, "d1", version)
    assert find_draft(register, "d1") is None
    assert save_draft(register, "d1", version).again


def test_a_draft_whose_version_is_refused_stays(register):
    keep_draft(register, Draft(id="d1", type="park", changed_at=NOW))
    version = Version(
        seq=0, id="v", record_id="r", site_id="s", type="park", kind="visit", made_at=NOW,
        origin=READ, patch={"toilet": "golden"},
    )  # fmt: skip
    with pytest.raises(InputError):
        save_draft(register, "d1", version)
    assert find_draft(register, "d1") is not None


def test_two_threads_that_save_at_once_lose_nothing(register):
    failed = []

    def work(name):
        try:
            for at in range(50):
                add(
                    register,
                    {"name": f"{name}{at}"},
                    site_id=f"{name}{at % 10}",
                    version_id=f"{name}-{at}",
                )
        except Exception as error:  # noqa: BLE001 - told by the other thread
            failed.append(error)

    threads = [Thread(target=work, args=(name,)) for name in "ab"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    kept = {one.id for one in register.all_versions()}
    assert not failed and kept == {f"{name}-{at}" for name in "ab" for at in range(50)}
    assert len(register.site_ids()) == 20 and check_register(register) == []


@pytest.mark.filterwarnings("ignore:Did not recognize type 'geometry'")
def test_the_migrations_make_the_declared_tables(register):
    def ours(_object, name, type_, _reflected, _compared):
        return (
            not (type_ == "table" and name.startswith(("site_box", "spatial_ref_sys")))
            and name != "site_box"
        )

    with register.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": False}
        )
        assert compare_metadata(context, METADATA) == []


def test_a_read_sees_one_moment(register):
    add(register)
    with reading(register.engine) as connection:
        before = connection.scalar(select(func.count()).select_from(VERSION))
        add(register, {"name": "別"}, site_id="s2")
        assert connection.scalar(select(func.count()).select_from(VERSION)) == before == 1


def test_the_check_sees_what_was_changed_behind_the_registers_back(tmp_path):
    register = open_sqlite(tmp_path)
    add(register)
    with register.engine.begin() as connection:
        connection.exec_driver_sql("""UPDATE site SET flat = json_set(flat, '$.name', '別の名')""")
        connection.exec_driver_sql("UPDATE version SET note = '書き足し'")
        connection.exec_driver_sql("DELETE FROM site_box")
    said = "\n".join(one.ja for one in check_register(register))
    assert "版 1 の中身が変わっています" in said and "地点 1 が履歴と合いません（flat）" in said
    assert "地点 1 の場所の索引が合いません" in said
    register.engine.dispose()
