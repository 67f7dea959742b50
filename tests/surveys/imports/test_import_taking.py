"""Taking a plan: whole or not at all, once, and undone."""

import pytest
from import_fixtures import (
    PARKS,
    counts,
    diff,
    row_of,
    site_named,
    states,
    survey,
)
from register_fixtures import LATER

from geo.base.problems import InputError
from surveys.imports.importing import apply_plan
from surveys.record.history import fold


def test_a_plan_made_before_anothers_edit_is_refused_whole(book, take, plan):
    take(PARKS)
    made = plan(PARKS.replace("1200", "1300").replace("800", "900"))
    survey(book, "東町公園", {"water": "yes"})
    before = len(book.all_versions())
    with pytest.raises(InputError, match="changed meanwhile"):
        apply_plan(book, made)
    assert len(book.all_versions()) == before


def test_two_plans_of_one_new_file_make_its_sites_once(book, plan):
    one, other = plan(PARKS), plan(PARKS)
    apply_plan(book, one)
    with pytest.raises(InputError, match="changed meanwhile"):
        apply_plan(book, other)
    assert len(book.all_versions()) == 2


def test_taking_a_plan_again_changes_nothing(book, plan):
    made = plan(PARKS)
    assert apply_plan(book, made) == apply_plan(book, made) == 2
    assert len(book.all_versions()) == 2


def test_a_plan_that_was_undone_is_not_taken_again_unseen(book, plan):
    made = plan(PARKS)
    apply_plan(book, made)
    book.undo_batch(made.batch_id, now=LATER)
    with pytest.raises(InputError, match="undone"):
        apply_plan(book, made)


def test_undoing_gives_the_state_before_and_redoing_the_state_after(book, take):
    take(PARKS)
    survey(book, "西町公園", {"benches": [{"_id": "a"}]})
    before = {id_: (one.flat, one.conflicts, one.head) for id_, one in states(book).items()}
    text = PARKS.replace("1200", "1300") + "南町公園,,34.88,138.33,50,,\n"
    made = take(text, now=LATER)
    assert counts(made) == {"change": 1, "same": 1, "new": 1}
    after = {id_: (one.flat, one.conflicts, one.head) for id_, one in states(book).items()}
    book.undo_batch(made.batch_id, now=LATER)
    undone = {id_: (one.flat, one.conflicts, one.head) for id_, one in states(book).items()}
    assert {id_: one for id_, one in undone.items() if one[2]} == before
    assert book.site(row_of(made, "南町公園").site_id).hidden
    book.redo_batch(made.batch_id)
    assert {i: (o.flat, o.conflicts, o.head) for i, o in states(book).items()} == after
    for id_ in book.site_ids():
        kept, folded = book.refold(id_)
        assert kept == folded == fold(book.versions(id_))


def test_a_file_that_was_undone_can_be_brought_in_again(book, take):
    made = take(PARKS)
    book.undo_batch(made.batch_id, now=LATER)
    again = take(PARKS, now=LATER)
    assert counts(again) == {"new": 2}
    assert site_named(book, "西町公園").answers["area_m2"] == 1200
    assert not site_named(book, "西町公園").hidden


def test_rows_can_be_left_out(book, plan):
    made = plan(PARKS).without([("公園", 2)])
    assert counts(made) == {"new": 1}
    apply_plan(book, made)
    assert [book.site(id_).title for id_ in book.site_ids()] == ["東町公園"]
    assert book.batches()[0].counts == {"new": 1}


def test_a_chosen_column_is_read_as_chosen_and_no_rule_reads_it_otherwise(book, take):
    text = "公園名,緯度,経度,施設等\n西町公園,34.86,138.31,あずまや\n"
    take(text, mapping={"公園": {"施設等": "note"}})
    answers = site_named(book, "西町公園").answers
    assert answers["note"] == "あずまや"
    assert "shelter" not in answers and "facility_text" not in answers


def test_the_columns_as_they_were_recognised_change_nothing(plan):
    text = "公園名,緯度,経度,施設等\n西町公園,34.86,138.31,あずまや\n"
    usual = {"公園": {"公園名": "name", "緯度": "@lat", "経度": "@lon", "施設等": "facility_text"}}
    assert diff(plan(text, mapping=usual).rows[0]) == diff(plan(text).rows[0])


def test_many_changes_do_not_ask_for_the_versions_of_each_site(book, take, plan, monkeypatch):
    def text(area):
        rows = (f"公園{n},{34.8 + n / 10_000:.4f},138.31,{area}\n" for n in range(700))
        return "名称,緯度,経度,面積\n" + "".join(rows)

    take(text(100))
    asked = []
    versions = type(book).versions
    monkeypatch.setattr(
        type(book), "versions", lambda self, id_: asked.append(id_) or versions(self, id_)
    )
    assert counts(plan(text(101))) == {"change": 700}
    assert len(asked) <= 300
