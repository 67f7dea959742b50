"""The town's own list is an import: taken once, dated, undone, and no newer one by itself."""

import random
import threading
from dataclasses import replace

import pytest
from own_lists import NOW, TODAY, figures, names, own_town, record, there
from register_fixtures import new_version, open_sqlite
from sqlalchemy import event

from geo.base.place import Plane
from layers.day import own_import
from layers.day.own_import import settle_own
from layers.day.salons import When
from surveys.store.checking import check_register
from surveys.store.listing import SiteQuery, list_sites
from surveys.store.register import open_register


@pytest.fixture
def book(tmp_path):
    made = open_sqlite(tmp_path)
    yield made
    made.engine.dispose()


def test_a_list_is_taken_once_and_is_an_import_like_any_other(register):
    town = own_town((0, 0, {"schedule": "毎週火曜"}), (400, 400, {}))
    settled = settle_own(town, register, now=NOW)
    assert settled.state == "taken" and "新しい 2・もうある 0" in settled.say()[0].ja
    (batch,) = register.batches()
    assert (batch.file, batch.type, batch.made_at) == ("salons.csv", "salon", NOW)
    assert batch.counts == {"new": 2} and batch.undone_at is None
    (first, _), total = list_sites(register, SiteQuery(order="number"))
    assert (total, first.id, first.title) == (2, "s0", "集い0")
    assert (first.due_on, first.state.seen_on, first.state.visits) == ("", "", 0)
    (version,) = register.versions("s0")
    assert (version.kind, version.origin.source, version.origin.on) == (
        "import", "imported", "2026-10-01",
    )  # fmt: skip
    assert version.origin_of("activities/1/state").sure == "inferred"
    again = settle_own(town, register, now=NOW)
    assert again.state == "held" and again.say() == [] and len(register.all_versions()) == 2
    assert check_register(register) == []


def test_an_undone_list_counts_no_more_and_stays_undone_until_it_is_brought_back(book):
    town = own_town((0, 0, {}))
    settle_own(town, book, now=NOW)
    (batch,) = book.batches()
    book.undo_batch(batch.id, now=NOW)
    assert names(town, book) == [] and settle_own(town, book, now=NOW).state == "held"
    assert names(town, book) == [] and len(book.all_versions()) == 1
    book.redo_batch(batch.id)
    assert names(town, book) == ["集い0"]


def test_rows_a_record_is_about_are_the_records_and_nothing_is_written_for_them(book):
    town = own_town((0, 0, {}), (100, 0, {}), (200, 0, {}), (400, 400, {"name": "残る"}))
    record(book, town, "s0", 300, 300)
    record(book, town, "r1", 149, 0, name="集い1")
    record(book, town, "r2", 200, 24)
    before = names(town, book)
    settled = settle_own(town, book, now=NOW)
    assert (settled.plan.counts["new"], settled.same) == (1, 3)
    assert names(town, book) == before
    assert book.batches()[0].counts == {"new": 1, "same": 3}
    assert [len(book.versions(one)) for one in ("s0", "r1", "r2", "s3")] == [1, 1, 1, 1]


def test_a_list_that_brings_nothing_is_remembered(book):
    town = own_town((0, 0, {}))
    record(book, town, "r1", 0, 0)
    assert settle_own(town, book, now=NOW).say() == []
    site = book.site("r1")
    book.save(new_version("r1", None, type="salon", before=site.state, place=there(town, 400, 400)))
    # The record moved away: what it was about once does not come back beside it.
    assert names(town, book) == ["だれかの集い"]


def test_a_town_without_a_list_waits_for_its_first(book):
    town = own_town()
    assert settle_own(town, book, now=NOW).state == "none" and book.batches() == []
    assert settle_own(own_town((0, 0, {})), book, now=NOW).state == "taken"


def test_a_row_whose_id_is_a_parks_is_a_site_of_its_own(book):
    town = own_town((0, 0, {"schedule": "毎週火曜"}), (400, 400, {"site_id": "長" * 65}))
    book.save(new_version("s0", {"name": "公園"}))
    before = figures(town, book)
    assert settle_own(town, book, now=NOW).plan.counts["new"] == 2
    assert book.site("s0").type.id == "park"
    after = figures(town, book)
    assert (len(after[0]), after[2]) == (2, before[2])
    assert sorted(map(tuple, after[1])) == sorted(map(tuple, before[1]))


def test_a_list_abroad_keeps_its_places(book):
    town = replace(own_town((0, 0, {})), plane=Plane(lon=13.4, lat=52.5))
    before = figures(town, book)
    assert settle_own(town, book, now=NOW).plan.problems == ()
    assert figures(town, book) == before


def drawn(rng, number):
    schedules = ("", "毎週火曜 10:00～11:30", "第1・3水", "要問合せ", "月2回", "隔月第2日曜")
    return (
        rng.choice([0, 100, 200, 300, 400]) + rng.choice([0.0, 0.0, 12.345678, 30.1]),
        rng.choice([0, 100, 200, 300, 400]) + rng.choice([0.0, 7.7777777]),
        {
            "name": rng.choice([f"集い{number}", "同じ名"]), "schedule": rng.choice(schedules),
            "capacity": rng.choice([float("nan"), 12.0, 20.0]), "note": rng.choice(["", "2階"]),
        },
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_figures_before_are_figures_after_whatever_town_register_and_day(seed, tmp_path):
    rng = random.Random(seed)  # noqa: S311 - no secret
    dated = rng.choice(["", "2026-03-10", "2026年4月"])
    town = own_town(*(drawn(rng, n) for n in range(rng.randrange(1, 6))), date=dated)
    book = open_sqlite(tmp_path)
    for number in range(rng.randrange(4)):
        at = (rng.randrange(0, 401, 20), rng.randrange(0, 401, 20))
        id_ = rng.choice(["s0", "s1", f"r{number}", f"r{number}"])
        if book.site(id_) is None:
            record(
                book, town, id_, *at, name=rng.choice(["同じ名", "集い0", "ほか"]),
                state=rng.choice(["active", "paused", None]),
            )  # fmt: skip
    whens = [
        When(on="2026-03-09"), When(on="2026-03-10"), When(on="2026-10-04", known=True),
        When(on="2026-10-05", known=True), TODAY,
    ]  # fmt: skip
    before = [figures(town, book, when) for when in whens]
    if not book.site_ids():
        assert before == [figures(town, None, when) for when in whens]
    assert settle_own(town, book, now=NOW).state == "taken"
    assert [figures(town, book, when) for when in whens] == before
    book.engine.dispose()


# ---- who opens it, and what cannot be written -----------------------------------------------


def test_two_who_open_it_at_once_take_it_once(tmp_path):
    town, gate, states = own_town((0, 0, {}), (400, 400, {})), threading.Barrier(3), []
    open_sqlite(tmp_path).engine.dispose()

    def open_and_settle():
        mine = open_sqlite(tmp_path)
        gate.wait()
        states.append(settle_own(town, mine, now=NOW).state)
        mine.engine.dispose()

    threads = [threading.Thread(target=open_and_settle) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(states) == ["held", "held", "taken"]
    book = open_sqlite(tmp_path)
    assert (len(book.all_versions()), len(book.batches())) == (2, 1)
    book.engine.dispose()


def test_what_somebody_records_meanwhile_is_not_told_twice(book, monkeypatch):
    town, keep = own_town((0, 0, {}), (400, 400, {})), own_import.keep_own

    def late(register, *args, **more):
        if not register.site_ids():
            record(register, town, "r1", 0, 0)
        return keep(register, *args, **more)

    monkeypatch.setattr(own_import, "keep_own", late)
    settled = settle_own(town, book, now=NOW)
    assert (settled.plan.counts["new"], settled.same) == (1, 1)
    assert names(town, book) == ["だれかの集い", "集い1"]


def test_a_register_that_cannot_be_written_stops_nothing(tmp_path):
    town = own_town((0, 0, {}))
    open_sqlite(tmp_path).engine.dispose()
    book = open_sqlite(tmp_path)
    event.listen(book.engine, "connect", lambda raw, _: raw.execute("PRAGMA query_only=ON"))
    book.engine.dispose()  # so that it connects anew
    before = figures(town, book)
    settled = settle_own(town, book, now=NOW)
    assert settled.state == "unwritten" and "そのまま数えます" in settled.say()[0].ja
    assert figures(town, book) == before == figures(town, None)
    book.engine.dispose()


@pytest.mark.postgis
def test_a_database_one_may_only_read_opens_and_stops_nothing(postgres_url, tmp_path):
    open_register(tmp_path, postgres_url).engine.dispose()
    book = open_register(
        tmp_path, f"{postgres_url}?options=-c%20default_transaction_read_only%3Don"
    )
    town = own_town((0, 0, {}))
    assert settle_own(town, book, now=NOW).state == "unwritten"
    assert names(town, book) == ["集い0"]
    book.engine.dispose()
