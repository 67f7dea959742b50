"""The import of a town's own list: once, in one transaction, whoever comes at the same moment."""

import threading

import pytest
from register_fixtures import READ, new_version

from surveys.store.own_batches import (
    MeanwhileError,
    days_of_batches,
    is_own_batch,
    is_own_left,
    keep_own,
    leave_own,
    own_batch_id,
    own_batches,
    own_sites,
)
from surveys.store.receipt import Batch
from surveys.store.register import Register

SHA = "a" * 64
NOW = "2026-11-21T01:00:00.000Z"


def batch_of(sha=SHA):
    return Batch(
        id=own_batch_id(sha), file="s.csv", sha256=sha, type="salon", by="", made_at=NOW,
        counts={"new": 2}, undone_at=None,
    )  # fmt: skip


def rows_of(sha=SHA, on="2026-10-01"):
    id_ = own_batch_id(sha)
    more = {"type": "salon", "kind": "import", "batch_id": id_}
    more["origin"] = READ.__class__(source="imported", sure="sure", by="", on=on)
    return [
        new_version(
            f"t{n}", {"name": f"集い{n}"}, version_id=f"{id_}-{n}", record_id=f"{id_}-r{n}", **more
        )
        for n in range(2)
    ]


def test_a_list_is_kept_once_and_remembered_when_it_brings_nothing(register):
    assert keep_own(register, batch_of(), [], seen=register.stamp(), first=True)
    assert not keep_own(register, batch_of(), rows_of(), seen=register.stamp(), first=True)
    assert own_batches(register) == {own_batch_id(SHA)} and register.site_ids() == []


def test_a_second_list_is_no_first_one(register):
    keep_own(register, batch_of(), rows_of(), seen=register.stamp(), first=True)
    other, seen = "b" * 64, register.stamp()
    assert not keep_own(register, batch_of(other), [], seen=seen, first=True)
    assert keep_own(register, batch_of(other), [], seen=seen, first=False)
    assert len(own_batches(register)) == 2


def test_what_changed_since_the_plan_keeps_it_out(register):
    seen = register.stamp()
    register.save(new_version("p1", {"name": "公園"}))
    with pytest.raises(MeanwhileError):
        keep_own(register, batch_of(), rows_of(), seen=seen, first=True)
    assert register.batches() == [] and register.site_ids() == ["p1"]


def test_cut_off_in_the_middle_nothing_is_kept(register, monkeypatch):
    whole, seen = Register.keep, register.stamp()

    def cut(self, connection, version):
        if version.site_id == "t1":
            raise RuntimeError("the power went")
        return whole(self, connection, version)

    with monkeypatch.context() as patched:
        patched.setattr(Register, "keep", cut)
        with pytest.raises(RuntimeError):
            keep_own(register, batch_of(), rows_of(), seen=seen, first=True)
    assert register.batches() == [] and register.site_ids() == []
    assert keep_own(register, batch_of(), rows_of(), seen=register.stamp(), first=True)
    assert register.site_ids() == ["t0", "t1"]


def test_of_those_who_come_at_once_one_keeps_it(register):
    seen, gate, kept = register.stamp(), threading.Barrier(4), []

    def come():
        gate.wait()
        kept.append(keep_own(register, batch_of(), rows_of(), seen=seen, first=True))

    threads = [threading.Thread(target=come) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(kept) == [False, False, False, True]
    assert len(register.all_versions()) == 2 and len(register.batches()) == 1


def test_its_sites_are_told_as_long_as_it_is_not_undone(register):
    keep_own(register, batch_of(), rows_of(), seen=register.stamp(), first=True)
    register.save(new_version("p1", {"name": "公園"}))
    assert own_sites(register) == {"t0", "t1"}
    register.undo_batch(own_batch_id(SHA), now=NOW)
    assert own_sites(register) == frozenset() and own_batches(register)


def test_a_list_that_is_left_is_remembered(register):
    stamp = register.stamp()
    leave_own(register, SHA)
    leave_own(register, SHA)
    assert is_own_left(register, SHA) and not is_own_left(register, "b" * 64)
    assert register.stamp() != stamp


def test_the_days_of_an_import_are_those_its_rows_tell(register):
    keep_own(register, batch_of(), rows_of(), seen=register.stamp(), first=True)
    assert days_of_batches(register) == {own_batch_id(SHA): ("2026-10-01",)}
    assert is_own_batch(own_batch_id(SHA)) and not is_own_batch(None) and not is_own_batch("0f3a")
