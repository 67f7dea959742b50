"""Ways a coordinator could lose something, or see something false, each shut."""

from dataclasses import replace

import pytest
from register_fixtures import LATER, NOW, READ, new_version, open_sqlite
from where import ROOT

from geo.base.problems import InputError
from surveys.record.settle import settle, side_value
from surveys.store.checking import check_register
from surveys.store.drafts import Draft, find_draft, keep_draft, save_draft
from surveys.store.receipt import Batch
from surveys.types import EVERY_TYPE, RECORD_TYPES

PAGES = ROOT / "pages"
PARK = RECORD_TYPES["park"]


def batch(id_="b1"):
    return Batch(
        id=id_, file="公園.csv", sha256="0" * 64, type="park", by="係", made_at=NOW,
        counts={"new": 1}, undone_at=None,
    )  # fmt: skip


def bring(register, answers, site_id="s1", **more):
    """Keep an import's version as a batch of its own."""
    version = new_version(
        site_id, answers, kind="import", origin=READ, batch_id=more.pop("batch_id", "b1"), **more
    )
    register.save_all([version], batch(version.batch_id))
    return version


def state(register, site_id="s1"):
    return register.site(site_id).state


# ---- an import undone or brought back under an open form -----------------------------------


def test_a_form_opened_before_an_import_is_undone_does_not_bring_its_values_back(register):
    register.save(new_version(answers={"name": "公園"}))
    bring(register, {"name": "公園", "water": "yes"}, before=state(register))
    opened = state(register)
    register.undo_batch("b1", now=LATER)
    seen = register.state_at("s1", opened.head, undone=frozenset())
    version = new_version(answers={"name": "公園", "water": "yes", "note": "静か"}, before=seen)
    register.save(version)
    assert version.patch == {"note": "静か"}
    assert "water" not in register.site("s1").answers


def test_a_form_opened_before_an_import_comes_back_takes_nothing_of_it_away(register):
    register.save(new_version(answers={"name": "公園"}))
    bring(register, {"name": "公園", "water": "yes"}, before=state(register))
    register.save(new_version(answers={"name": "公園", "water": "yes"}, before=state(register)))
    register.undo_batch("b1", now=LATER)
    opened, undone = state(register), register.undone_batches()
    register.redo_batch("b1")
    assert state(register).head == opened.head  # the newest version tells nothing
    seen = register.state_at("s1", opened.head, undone=undone)
    register.save(new_version(answers={"name": "公園", "note": "静か"}, before=seen))
    assert register.site("s1").answers == {"name": "公園", "water": "yes", "note": "静か"}


def test_what_people_wrote_of_a_thing_stays_when_the_import_that_listed_it_is_undone(register):
    register.save(new_version(answers={"name": "公園"}))
    listed = {"name": "公園", "benches": [{"_id": "1"}, {"_id": "2"}]}
    bring(register, listed, before=state(register))
    told = {"name": "公園", "benches": [{"_id": "1"}, {"_id": "2", "back": "yes"}]}
    register.save(new_version(answers=told, before=state(register)))
    register.undo_batch("b1", now=LATER)
    assert register.site("s1").answers["benches"] == [{"_id": "2", "back": "yes"}]
    register.redo_batch("b1")
    assert register.site("s1").answers["benches"] == told["benches"]
    assert state(register).conflicts == {}


# ---- none, and one -------------------------------------------------------------------------


@pytest.mark.parametrize("none", [[], "unknown"])
@pytest.mark.parametrize("first", ["none", "one"])
def test_none_by_one_and_a_bench_by_another_is_told_and_settled_either_way(register, none, first):
    register.save(new_version(answers={"name": "公園"}))
    seen = state(register)
    sides = {
        "none": new_version(answers={"name": "公園", "benches": none}, before=seen),
        "one": new_version(answers={"name": "公園", "benches": [{"_id": "x"}]}, before=seen),
    }
    order = [first, *(one for one in sides if one != first)]
    receipts = [register.save(sides[one]) for one in order]
    assert receipts[1].conflicts
    (path,) = state(register).conflicts
    values = {"none": none, "one": [{"_id": "x"}]}
    standing = register.site("s1").answers["benches"]
    assert standing == values[order[0]]
    for wanted in ("none", "one", "none"):
        now = state(register)
        settled = new_version(
            answers={"name": "公園", "benches": values[wanted]}, before=now, kind="resolve"
        )
        if settled.patch:
            register.save(settled)
        assert register.site("s1").answers["benches"] == values[wanted]
    assert state(register).conflicts == {}
    assert path


# ---- a draft, pressed twice, in two tabs, after it was saved -------------------------------


def draft_version(answers, **more):
    return replace(new_version(answers=answers, **more), id="d1", record_id="d1")


def test_a_draft_saved_by_a_double_press_is_one_version(register):
    keep_draft(register, Draft(id="d1", type="park", changed_at=NOW))
    first = save_draft(register, "d1", draft_version({"name": "公園"}))
    again = save_draft(register, "d1", draft_version({"name": "公園"}, made_at=LATER))
    assert (again.seq, again.again) == (first.seq, True)
    assert len(register.versions("s1")) == 1


def test_a_draft_saved_again_with_more_in_it_keeps_both(register):
    save_draft(register, "d1", draft_version({"name": "公園"}))
    other = draft_version({"name": "公園", "note": "静か", "water": "no"})
    receipt = save_draft(register, "d1", other)
    assert register.site("s1").answers == {"name": "公園", "note": "静か", "water": "no"}
    assert receipt.conflicts == ()
    differing = save_draft(register, "d1", draft_version({"name": "広場"}))
    assert differing.conflicts == ("name",)
    assert save_draft(register, "d1", replace(other, made_at=LATER)).again
    assert {one.record_id for one in register.versions("s1")} == {"d1"}


def test_a_draft_another_screen_wrote_on_is_not_overwritten(register):
    draft = Draft(id="d1", type="park", changed_at="t1", answers={"name": "公園"})
    keep_draft(register, draft, over="")
    keep_draft(register, replace(draft, changed_at="t2", answers={"name": "携帯で"}), over="t1")
    with pytest.raises(InputError, match="another screen"):
        keep_draft(register, replace(draft, changed_at="t3"), over="t1")
    assert find_draft(register, "d1").answers == {"name": "携帯で"}
    keep_draft(register, replace(draft, changed_at="t3"), over="t2")


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\ufffeb"])
def test_a_draft_of_signs_a_database_cannot_hold_is_kept_without_them(register, text):
    answers = {"name": text, "benches": [{"_id": "x", "note": text}], "area_m2": float("nan")}
    keep_draft(register, Draft(id="d1", type="park", changed_at=NOW, answers=answers, by=text))
    kept = find_draft(register, "d1")
    assert kept.answers["name"] == kept.answers["benches"][0]["note"] == kept.by == "ab"
    assert kept.answers["area_m2"] is None


# ---- the door ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "wrong"),
    [
        ("a version that claims to have seen what is still to come", {"base": 99}),
        ("a version before the first", {"base": -1}),
        ("no number, in an answer no form asks today", {"patch": {"older": float("nan")}}),
        ("endless, in an answer no form asks today", {"patch": {"older": [float("inf")]}}),
        ("a number no other program reads the same", {"patch": {"older": 2**53 + 1}}),
    ],
)
def test_a_version_that_would_hide_or_break_others_is_refused(register, why, wrong):
    register.save(new_version(answers={"name": "公園"}))
    good = new_version(answers={"name": "広場"}, before=state(register))
    with pytest.raises(InputError):
        register.save(replace(good, **wrong))
    assert register.site("s1").title == "公園", why


# ---- the file under a running app ----------------------------------------------------------


def test_a_folder_put_in_place_of_the_registers_while_it_is_open_is_written_to(tmp_path):
    here, there = open_sqlite(tmp_path / "a"), open_sqlite(tmp_path / "b")
    here.save(new_version("s1", {"name": "古い公園"}))
    there.save(new_version("s2", {"name": "戻した公園"}))
    there.engine.dispose()
    (tmp_path / "a/register").rename(tmp_path / "old")
    with pytest.raises(InputError, match="is gone"):
        here.save(new_version("s3", {"name": "新しい公園"}))
    (tmp_path / "b/register").rename(tmp_path / "a/register")
    assert here.site("s1") is None
    here.save(new_version("s3", {"name": "新しい公園"}))
    here.engine.dispose()
    fresh = open_sqlite(tmp_path / "a")
    assert [fresh.site(one).title for one in ("s2", "s3")] == ["戻した公園", "新しい公園"]
    fresh.engine.dispose()


def test_a_file_put_under_the_journal_of_another_is_told(tmp_path):
    here, there = open_sqlite(tmp_path / "a"), open_sqlite(tmp_path / "b")
    here.save(new_version("s1", {"name": "古い公園"}))
    there.save(new_version("s2", {"name": "戻した公園"}))
    there.engine.dispose()
    (tmp_path / "b/register/register.db").replace(tmp_path / "a/register/register.db")
    for _ in range(2):
        with pytest.raises(InputError, match="was replaced"):
            here.save(new_version("s3", {"name": "公園"}))
    (tmp_path / "a/register/register.db-wal").unlink()
    here.save(new_version("s3", {"name": "新しい公園"}))
    assert [here.site(one).title for one in ("s2", "s3")] == ["戻した公園", "新しい公園"]
    assert check_register(here) == []
    here.engine.dispose()


# ---- a newer release's words and months ----------------------------------------------------


def test_what_follows_from_the_declaration_follows_it_into_a_new_release(tmp_path, monkeypatch):
    made = open_sqlite(tmp_path)
    made.save(new_version("s1", {"name": "公園"}))
    before = made.site("s1").due_on
    made.engine.dispose()
    monkeypatch.setitem(EVERY_TYPE, "park", replace(PARK, fresh_months=PARK.fresh_months + 12))
    made = open_sqlite(tmp_path)
    assert made.site("s1").due_on > before
    stamp = made.stamp()
    made.engine.dispose()
    made = open_sqlite(tmp_path)
    assert made.stamp() == stamp
    made.engine.dispose()


@pytest.mark.parametrize("chosen", [0, 1])
@pytest.mark.parametrize("none", [[], "unknown"])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_either_side_of_none_and_one_may_be_chosen(register, chosen, none, order):
    register.save(new_version(answers={"name": "公園"}))
    seen = state(register)
    values = [none, [{"_id": "x", "back": "yes"}]]
    sides = [new_version(answers={"name": "公園", "benches": one}, before=seen) for one in values]
    seqs = {at: register.save(sides[at]).seq for at in order}
    now = state(register)
    version = next(one for one in register.versions("s1") if one.seq == seqs[chosen])
    assert side_value(now, "benches", version) == [none, [{"_id": "x"}]][chosen]
    word = replace(new_version(answers=None, before=now), patch=settle(now, "benches", version))
    register.save(word)
    assert state(register).conflicts == {}
    assert register.site("s1").answers["benches"] == values[chosen]
