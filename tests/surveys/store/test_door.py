"""What the door lets in, the check never warns about: one rule, asked in two places."""

from dataclasses import replace
from functools import reduce

import pytest
from hypothesis import given, settings
from register_fixtures import LATER, NOW, new_version, open_sqlite
from sendings import CONTACT, PHOTOS, SENDINGS, find_warnings
from sqlalchemy import update
from sync_device import dump, submission

from geo.base.problems import InputError
from surveys.record.history import PLACE
from surveys.store.backup import save_backup
from surveys.store.checking import check_register, explain_bases
from surveys.store.engine import writing
from surveys.store.receipt import Batch
from surveys.store.received import receive_record
from surveys.store.restoring import restore_backup
from surveys.store.rows import version_values
from surveys.store.tables import VERSION
from surveys.sync.received import parse_sent

EMPTY = {"patch": {}, "kind": "confirm", "site_id": "s1", "record_id": "r9", "type": "park"}


@settings(max_examples=12)
@given(SENDINGS)
def test_the_check_never_warns_of_what_the_door_let_in(sendings):
    warnings, _ = find_warnings(sendings)
    assert [one.en for one in warnings] == []


def send(register, **more):
    one = submission(**(EMPTY | more))
    del one["place"]
    return receive_record(register, parse_sent(dump(one)), CONTACT)


@pytest.mark.parametrize("base", [517, 2**31 - 1])
def test_a_confirmation_that_saw_what_is_not_there_is_kept_and_nothing_warns(register, base):
    register.save(new_version("s1", {"name": "公園"}))
    one = {"id": f"{base:032x}", "base": base}
    first, again = send(register, **one), send(register, **one)
    assert (first.state, again.state, again.again) == ("kept", "kept", True)
    kept = register.versions("s1")[-1]
    assert (kept.kind, kept.base) == ("confirm", 0) and check_register(register) == []
    assert register.site("s1").state.visits == 2


def test_a_screens_confirmation_sent_twice_is_one_though_its_base_was_mended(register):
    register.save(new_version("s1", {"name": "公園"}))
    version = replace(new_version("s1", before=register.site("s1").state, kind="confirm"), base=2)
    assert version.patch == {}
    first, again = register.save(version), register.save(version)
    assert (first.seq, again.seq, again.again) == (2, 2, True)
    with pytest.raises(InputError, match="another version"):
        register.save(replace(version, note="別のこと"))


def test_no_change_written_before_an_older_backup_was_put_back_is_kept(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    register = open_sqlite(tmp_path / "town")
    register.save(new_version("s1", {"name": "公園"}))
    save_backup(tmp_path / "town", tmp_path / "b.zip", now=NOW)
    for at in range(5):
        register.save(new_version("s1", {"name": f"公園{at}"}, before=register.site("s1").state))
    head = register.site("s1").state.head
    register.engine.dispose()
    restore_backup(tmp_path / "b.zip", tmp_path / "back")
    back = open_sqlite(tmp_path / "back")
    assert send(back, id="c" * 32, base=head).state == "kept"
    changed = send(back, id="d" * 32, base=head, patch={"name": "別の名"}, record_id="r10")
    assert changed.state == "held" and "いまの台帳より新しい" in changed.faults[0]["words"]["ja"]
    assert check_register(back) == []
    assert save_backup(tmp_path / "back", tmp_path / "c.zip", now=NOW).faults == ()
    back.engine.dispose()


def test_what_an_earlier_door_let_in_is_told_in_one_sentence_and_no_fault(register):
    register.save(new_version("s1", {"name": "公園"}))
    for at in (1, 2):
        send(register, id=f"{at:032x}", record_id=f"r{at}")
    assert explain_bases(register) == []
    for version in register.all_versions()[1:]:
        row = version_values(replace(version, base=517))
        with writing(register.engine) as connection:
            connection.execute(update(VERSION).where(VERSION.c.seq == version.seq).values(row))
    assert check_register(register) == []
    (told,) = explain_bases(register)
    assert "「変わりなし」 2件" in told.ja and "そのままでかまいません" in told.ja


WRONG = [
    ("signs of no form", {"@older": 1}),
    ("a day that is a number", {"@status": {"is": "closed", "on": 1}}),
    ("a place that is no shape", {"@place": [None]}),
    ("a photo nobody has", {"photos": [{"id": "a" * 64, "caption": ""}]}),
    ("a photo nobody has, deep in what no form asks", {"older": [[{"id": "a" * 64, "caption": 1}]]}),
    ("a list in a list in a list, beyond every end", {"older": reduce(lambda inner, _: [inner], range(40), [])}),
    ("a large float, which PostgreSQL reads as whole", {"older": 1e16}),
    ("a zero with a sign", {"older": -0.0}),
]  # fmt: skip


@pytest.mark.parametrize(("why", "patch"), WRONG, ids=[one[0] for one in WRONG])
def test_what_the_check_could_not_read_back_is_turned_away(register, why, patch):
    version = new_version("s1", {"name": "公園"})
    with pytest.raises(InputError):
        register.save(replace(version, patch=version.patch | patch))
    assert register.all_versions() == [], why


def test_words_beyond_what_a_list_can_show_are_turned_away(register):
    version = new_version("s1", {"name": "公園"})
    for wrong in (
        {"note": "長" * 20_001}, {"origin": replace(version.origin, by="長" * 1_001)},
        {"record_id": "r" * 65},
    ):  # fmt: skip
        with pytest.raises(InputError, match="too long"):
            register.save(replace(version, **wrong))


def test_a_photo_a_site_had_and_lost_may_still_be_spoken_of(register):
    shot = register.photos.take(PHOTOS[0])
    register.save(new_version("s1", {"name": "公園", "photos": [{"id": shot.id, "caption": ""}]}))
    register.photos.path_of(shot.id).unlink()
    told = [{"id": shot.id, "caption": "入口"}]
    before = register.site("s1").state
    assert (
        register.save(new_version("s1", {"name": "公園", "photos": told}, before=before)).seq == 2
    )
    assert len(check_register(register)) == 1


def test_an_import_that_was_undone_takes_no_more_rows(register):
    batch = Batch(
        id="b", file="f", sha256="0" * 64, type="park", by="", made_at=NOW, counts={}, undone_at=None
    )  # fmt: skip
    first = replace(new_version("s1", {"name": "公園"}), batch_id="b", kind="import")
    register.save_all([first], batch)
    register.undo_batch("b", now=LATER)
    assert register.save(first).again
    more = replace(new_version("s2", {"name": "広場"}), batch_id="b", kind="import")
    with pytest.raises(InputError, match="undone"):
        register.save(more)
    assert check_register(register) == [] and PLACE in first.patch
