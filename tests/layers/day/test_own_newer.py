"""A newer list of the town waits to be decided; towns and backups of before."""

import json
import shutil
import zipfile
from dataclasses import replace

import pytest
from own_lists import NOW, TODAY, figures, names, own_town, record, with_rows
from register_fixtures import new_version, open_sqlite
from where import TESTS

from geo.base.problems import InputError
from geo.coverage.asking import parse_question
from geo.sources.editions import DATA
from geo.sources.town_folder import load_town
from layers.day.own_import import find_waiting, gone_sites, settle_own, take_waiting
from layers.day.salons import When, list_salons
from surveys.record.history import NOTHING
from surveys.store.checking import check_register
from surveys.store.own_batches import leave_own
from surveys.store.restoring import restore_backup

SOON = "2027-01-05T01:00:00Z"


@pytest.fixture
def book(tmp_path):
    made = open_sqlite(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture
def taken(book):
    """A register that took a list of three; somebody saw that the second has moved its day."""
    town = own_town(
        (0, 0, {"schedule": "毎週火曜"}), (200, 0, {"schedule": "毎週水曜"}), (400, 400, {})
    )
    settle_own(town, book, now=NOW)
    site = book.site("s1")
    answers = site.answers | {
        "activities": [site.answers["activities"][0] | {"schedule": [{"freq": "weekly", "weekdays": [4]}]}]
    }  # fmt: skip
    book.save(new_version("s1", answers, type="salon", before=site.state))
    return town


def newer(town):
    return with_rows(
        town, (0, 0, {"schedule": "毎週木曜"}), (200, 0, {"schedule": "毎週土曜"}),
        (0, 400, {"site_id": "s9", "name": "新しい集い"}),
    )  # fmt: skip


def test_a_newer_list_waits_and_changes_no_figure(taken, book):
    town, before = newer(taken), figures(taken, book)
    before[0][2][3:] = [pytest.approx(400.0, abs=0.01)] * 2  # as the register writes it, to 1 cm
    settled = settle_own(town, book, now=NOW)
    assert settled.state == "waiting" and len(book.batches()) == 1
    said = settled.say()[0].ja
    assert "新しい 1・変わる 1・なくなった 1（集い2）" in said
    assert figures(town, book) == before


def test_taking_it_overwrites_nothing_somebody_saw_and_takes_nothing_away(taken, book):
    town = newer(taken)
    waiting = find_waiting(town, book, now=NOW)
    assert take_waiting(book, waiting, waiting.plan, now=NOW) == 2
    weekdays = {
        id_: book.site(id_).answers["activities"][0].get("schedule", [{}])[0].get("weekdays")
        for id_ in ("s0", "s1", "s2", "s9")
    }
    assert weekdays == {"s0": [3], "s1": [4], "s2": None, "s9": None}
    assert names(town, book) == ["新しい集い", "集い0", "集い1", "集い2"]
    assert find_waiting(town, book, now=NOW) is None
    assert settle_own(town, book, now=NOW).state == "held" and len(book.batches()) == 2
    book.undo_batch(waiting.plan.batch_id, now=NOW)
    assert names(town, book) == ["集い0", "集い1", "集い2"]


def test_a_row_may_be_left_out_of_it(taken, book):
    waiting = find_waiting(newer(taken), book, now=NOW)
    (changed,) = [one for one in waiting.plan.rows if one.action == "change"]
    chosen = waiting.plan.without([(changed.sheet, changed.row)])
    assert take_waiting(book, waiting, chosen, now=NOW) == 1
    assert book.site("s0").answers["activities"][0]["schedule"][0]["weekdays"] == [1]


def test_left_it_is_asked_no_more_and_may_still_be_taken(taken, book):
    town = newer(taken)
    waiting = find_waiting(town, book, now=NOW)
    leave_own(book, waiting.plan.sha256)
    assert settle_own(town, book, now=NOW).say() == []
    again = find_waiting(town, book, now=NOW)
    assert again.left and take_waiting(book, again, again.plan, now=NOW) == 2


def test_what_others_recorded_is_no_matter_of_a_newer_list(taken, book):
    record(book, taken, "r9", 0, 390, name="見てきた集い")
    waiting = find_waiting(newer(taken), book, now=NOW)
    assert (waiting.plan.counts["new"], waiting.same) == (0, 1)


def test_a_list_that_only_calls_its_rows_otherwise_changes_no_site(taken, book):
    town = with_rows(
        taken, (0, 0, {"site_id": "x", "name": "集い0", "schedule": "毎週火曜"}),
        (200, 0, {"schedule": "毎週水曜"}), (400, 400, {}),
    )  # fmt: skip
    assert find_waiting(town, book, now=NOW) is None


def test_a_plan_the_register_has_left_behind_is_not_taken(taken, book):
    waiting = find_waiting(newer(taken), book, now=NOW)
    record(book, taken, "r9", 100, 100)
    with pytest.raises(InputError):
        take_waiting(book, waiting, waiting.plan, now=NOW)
    assert len(book.batches()) == 1


# ---- towns and backups of before -------------------------------------------------------------


@pytest.fixture
def old(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with zipfile.ZipFile(TESTS / "fixtures" / "town_22ac45e.zip") as archive:
        archive.extractall(tmp_path / "old")
    return tmp_path / "old"


def test_a_town_of_before_takes_its_list_and_its_figures_stay(old):
    town, book = load_town(old / "town"), open_sqlite(old / "town")
    data = {one.name: one.read_bytes() for one in (old / "town" / DATA).iterdir()}
    asked = [parse_question(division="町丁目", people="65", walker="elderly", within="500m")]
    when = When(on="2100-01-01")
    before = figures(town, book, when, asked)
    told = json.loads((old / "told.json").read_text(encoding="utf-8"))["coverage"]["500 m"]
    outside = sum(area["outside"] for area in told["町丁目"])
    assert before == figures(town, None, when, asked) and before[2][1]["outside"] == outside
    assert settle_own(town, book, now=NOW).plan.counts["new"] == 2
    assert figures(town, book, when, asked) == before and check_register(book) == []
    assert data == {one.name: one.read_bytes() for one in (old / "town" / DATA).iterdir()}
    book.engine.dispose()


def test_a_town_of_before_matches_its_list_with_what_its_register_holds(old):
    town, book = load_town(old / "town"), open_sqlite(old / "town")
    own = town.salons.iloc[0]
    record(book, town, "r1", own.x_m + 20, own.y_m)
    settled = settle_own(town, book, now=NOW)
    assert (settled.plan.counts["new"], settled.same) == (1, 1)
    book.engine.dispose()


def test_a_backup_of_before_is_put_back_and_takes_the_list_of_its_town(old):
    restore_backup(old / "backup.zip", old / "back")
    shutil.copytree(old / "town" / DATA, old / "back" / DATA)
    back = open_sqlite(old / "back")
    assert settle_own(load_town(old / "back"), back, now=NOW).plan.counts["new"] == 2
    assert check_register(back) == []
    back.engine.dispose()


def test_what_an_undone_list_leaves_of_a_later_file_is_no_salon(book):
    town = own_town((0, 0, {}), (200, 0, {}))
    settle_own(town, book, now=NOW)
    site = book.site("s1")
    patch = {"@status": {"is": "active", "on": "2026-11-15"}}
    book.save(
        replace(
            new_version("s1", {}, type="salon", before=NOTHING, kind="import"),
            base=site.state.head, patch=patch,
        )
    )  # fmt: skip
    (batch,) = book.batches()
    before = names(town, book)
    book.undo_batch(batch.id, now=NOW)
    assert book.site("s1").left_over and not list_salons(town, book, TODAY).listed
    book.redo_batch(batch.id)
    assert not book.site("s1").left_over and names(town, book) == before


def test_the_last_record_and_the_taking_of_a_newer_list_are_told_apart(taken, book):
    town = newer(taken)
    take_waiting(book, (waiting := find_waiting(town, book, now=NOW)), waiting.plan, now=SOON)
    (said,) = list_salons(town, book, TODAY).say()
    assert "街の表を取りこんだのは" in said.ja and "最後の記録" in said.ja
    assert [one.title for one in gone_sites(town, book)] == ["集い2"]


def test_on_the_page_where_it_is_decided_nobody_is_sent_there(taken, book):
    waiting = find_waiting(newer(taken), book, now=NOW)
    assert "画面" in waiting.say().ja and "画面" not in waiting.say_counts().ja
