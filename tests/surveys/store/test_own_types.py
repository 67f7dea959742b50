"""The office's own choices, on both databases (`surveys.store.own_types`, `surveys.store.own_choices`)."""

from contextlib import contextmanager
from dataclasses import replace

import pytest
from register_fixtures import HERE, SEEN, new_version, open_sqlite
from sqlalchemy import event, insert

from geo.base.problems import InputError
from surveys.declaration.declaration import dump_declaration
from surveys.imports.bring_in import bring_in
from surveys.imports.importing import apply_plan, say_plan
from surveys.record.compose import Written, compose
from surveys.record.history import NOTHING
from surveys.record.own_choices import OwnChoice
from surveys.record.say_path import say_path
from surveys.store.backup import save_backup
from surveys.store.checking import check_register
from surveys.store.declared import follow_declaration
from surveys.store.engine import writing
from surveys.store.log import LogQuery, count_choices, each_entry, list_entries
from surveys.store.own_choices import MovedOnError, every_type, find_choices, keep_choices, type_of
from surveys.store.own_types import EDITED
from surveys.store.restoring import restore_backup
from surveys.store.tables import SETTING
from surveys.types import EVERY_TYPE, LOGS

OWN = "own_aaaa"


@contextmanager
def refused(why, kind=InputError):
    """What is told in Japanese, too, holds a text."""
    with pytest.raises(kind) as told:
        yield
    assert why in told.value.words.ja and told.value.words.en


def keep(register, change, **more):
    kept = find_choices(register, "activity", "kind")
    wanted = change(list(kept.choices))
    return keep_choices(register, "activity", "kind", wanted, made_from=kept.mark, **more)


def add(register, ja="見守り訪問", id_=OWN):
    return keep(register, lambda now: [OwnChoice(id=id_, ja=ja), *now])


def rename(id_, ja):
    return lambda now: [replace(one, ja=ja, en="") if one.id == id_ else one for one in now]


def hide(*ids):
    return lambda now: [replace(one, hidden=one.hidden or one.id in ids) for one in now]


def write(register, id_, kind):
    type_ = type_of(register, "activity")
    version, faults = compose(
        type_, NOTHING,
        Written(version_id=f"v-{id_}", record_id=id_, site_id=id_, kind="visit", origin=SEEN,
                made_at="2026-12-02T10:00:00+09:00", answers={"name": id_, "kind": kind}, place=HERE),
    )  # fmt: skip
    assert not faults, [say_path(type_, path, {}) for path, _ in faults]
    return register.save(version)


def said(register):
    return {
        one.id: one.type.field("kind").choice(one.answer("kind")).words.ja
        for one in each_entry(register, LogQuery())
    }


def test_only_a_logs_kind_is_the_offices():
    assert EDITED == {"activity": ("kind",)}
    assert not any(
        one.own for type_ in EVERY_TYPE.values() if not type_.log for one in type_.fields
    )


def test_an_own_kind_is_kept_only_once_the_office_has_it(register):
    with refused("選択肢"):
        register.save(
            replace(new_version("a", {"name": "x"}, type="activity"), patch={"kind": OWN})
        )
    add(register)
    write(register, "a", OWN)
    assert said(register) == {"a": "見守り訪問"}
    assert register.site("a", logs=True).type.field("kind").choice(OWN) is not None
    assert list(register.sites_of(["a"], logs=True)) == ["a"]
    assert LOGS["activity"].field("kind").choice(OWN) is None, "the declaration is another's too"


def test_a_renamed_kind_says_its_new_word_and_is_found_by_either(register):
    write(register, "a", "meeting")
    write(register, "b", "company")
    keep(register, rename("meeting", "寄合"))
    assert said(register) == {"a": "寄合", "b": "企業連携 事業・情報収集・提供"}
    for words, found in (("寄合", ["a"]), ("研修", ["a"]), ("企業", ["b"])):
        assert [
            one.id for one in list_entries(register, LogQuery(words=words), limit=9)[0]
        ] == found


def test_a_hidden_kind_is_offered_no_more_and_its_entries_still_say_it(register):
    add(register)
    write(register, "a", OWN)
    keep(register, hide(OWN, "company"))
    field = type_of(register, "activity").field("kind")
    assert said(register) == {"a": "見守り訪問"}
    assert {OWN, "company"}.isdisjoint(one.id for one in field.offered)
    assert field.choice(OWN).hidden
    write(register, "b", OWN)  # a draft, or a device, of before
    assert count_choices(register, "kind") == {OWN: 2}


def test_the_later_of_two_who_looked_at_the_same_list_is_told(register):
    one, other = (find_choices(register, "activity", "kind") for _ in range(2))
    first = [OwnChoice(id=OWN, ja="見守り"), *one.choices]
    keep_choices(register, "activity", "kind", first, made_from=one.mark)
    with refused("ほかの人", MovedOnError):
        keep_choices(register, "activity", "kind", other.choices[1:], made_from=other.mark)
    assert find_choices(register, "activity", "kind").choices[0].ja == "見守り"


def test_the_list_before_is_kept_and_can_be_put_back(register):
    ten = find_choices(register, "activity", "kind").choices
    kept = add(register)
    assert kept.before == ten
    back = keep_choices(register, "activity", "kind", kept.before, made_from=kept.mark)
    assert [one.id for one in back.choices] == [*(one.id for one in ten), OWN]
    assert back.choices[-1].hidden and back.before == kept.choices


def test_a_change_changes_the_stamp_and_the_same_list_again_does_not(register):
    before = register.stamp()
    add(register)
    after = register.stamp()
    keep(register, lambda now: now)
    assert before != after == register.stamp()


def test_a_release_finds_entries_by_the_offices_words(register):
    add(register)
    write(register, "a", OWN)
    with writing(register.engine) as connection:
        connection.exec_driver_sql("UPDATE site SET search = ''")
        connection.execute(SETTING.delete().where(SETTING.c.key == "declared"))
    follow_declaration(register.engine)
    assert list_entries(register, LogQuery(words="見守り"), limit=9)[1] == 1


@pytest.mark.parametrize("value", [5, {"choices": "x"}, {"choices": [{"id": "own_aaaa"}]}, [None]])
def test_a_list_no_release_wrote_stops_nobodys_work(register, value):
    with writing(register.engine) as connection:
        connection.execute(insert(SETTING).values(key="choices/activity/kind", value=value))
    assert type_of(register, "activity").field("kind") == LOGS["activity"].field("kind")
    add(register)
    assert find_choices(register, "activity", "kind").choices[0].id == OWN


def test_an_entry_of_another_towns_kind_is_shown_and_told(register):
    """As after a list was lost: the id stands, in words where there are any."""
    add(register)
    write(register, "a", OWN)
    with writing(register.engine) as connection:
        connection.execute(SETTING.delete().where(SETTING.c.key == "choices/activity/kind"))
    (entry,) = each_entry(register, LogQuery())
    assert entry.answer("kind") == OWN and entry.type.field("kind").choice(OWN) is None


def test_a_page_of_entries_reads_the_list_once(register):
    add(register)
    for number in range(20):
        write(register, f"s{number}", OWN)
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(register.engine, "before_cursor_execute", note)
    try:
        list_entries(register, LogQuery(), limit=50)
        assert sum("setting" in one.lower() for one in asked) == 1
        asked.clear()
        list(each_entry(register, LogQuery()))
        assert sum("setting" in one.lower() for one in asked) == 1
    finally:
        event.remove(register.engine, "before_cursor_execute", note)


def test_a_device_asks_with_the_offices_kinds(register):
    add(register)
    keep(register, hide("company"))
    types = every_type(register)
    assert [one.id for one in types] == list(EVERY_TYPE)
    (log,) = (dump_declaration(one) for one in types if one.log)
    (kind,) = (one for one in log["fields"] if one["id"] == "kind")
    told = {one["id"]: one for one in kind["choices"]}
    assert told[OWN] == {"id": OWN, "words": {"ja": "見守り訪問", "en": "見守り訪問"}}
    assert told["company"]["hidden"] is True and "hidden" not in told["other"]


def test_a_backup_puts_the_list_back_and_an_older_one_the_list_of_then(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    town = tmp_path / "town"
    town.mkdir()
    register = open_sqlite(town)
    old, new = tmp_path / "old.zip", tmp_path / "new.zip"
    write(register, "a", "meeting")
    save_backup(town, old, now="2026-12-02T00:00:00Z")
    add(register)
    keep(register, rename("meeting", "寄合"))
    keep(register, hide(OWN))
    write(register, "b", OWN)
    held = find_choices(register, "activity", "kind")
    save_backup(town, new, now="2026-12-02T01:00:00Z")
    register.engine.dispose()
    for file, words, count in ((new, "寄合", 1), (old, "会議・研修・調査・イベント", 1)):
        out = tmp_path / file.stem
        restore_backup(file, out)
        back = open_sqlite(out)
        assert said(back)["a"] == words
        assert list_entries(back, LogQuery(words=words), limit=9)[1] == count
        if file == new:
            assert (
                find_choices(back, "activity", "kind") == held and said(back)["b"] == "見守り訪問"
            )
        assert check_register(back) == []
        back.engine.dispose()


def test_an_import_reads_the_offices_words_and_keeps_what_is_none_of_them(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    register = open_sqlite(tmp_path)
    add(register)
    keep(register, rename("meeting", "寄合"))
    data = "事業・会議名等,種類\na,見守り訪問\nb,寄合\nc,会議\nd,花見\n".encode()
    ids = (f"n{number}" for number in range(99))
    plan, _ = bring_in(
        register, "activity", data, file="x.csv", by="", on="",
        now="2026-12-02T00:00:00Z", new_id=lambda: next(ids),
    )  # fmt: skip
    assert "新しい記録 4" in say_plan(plan)[0].ja
    apply_plan(register, plan)
    found = {one.title: one.answers for one in each_entry(register, LogQuery())}
    assert [found[one].get("kind") for one in "abcd"] == [OWN, "meeting", "meeting", None]
    assert found["d"]["own_kind"] == "花見"
    register.engine.dispose()
