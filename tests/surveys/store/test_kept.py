"""Whatever is kept is declared; one contract over all kinds, on each database."""

from dataclasses import fields, replace

import pytest
from kept_samples import SAMPLES
from kept_samples.sample import AT
from register_fixtures import new_version, open_sqlite
from sqlalchemy import Column, String, Table, func, inspect, select
from sync_device import photo

from surveys.store import copying, kept_order
from surveys.store.backup import save_backup
from surveys.store.checking import check_register, wanted_photos
from surveys.store.copying import differing_tables
from surveys.store.drafts import Draft, keep_draft
from surveys.store.engine import reading
from surveys.store.kept import KINDS
from surveys.store.kept.kind import Export, Files, Kind, Not, Rows, Undo
from surveys.store.kept_order import find_gaps, forgotten_tables, kept_tables, kinds_in_order
from surveys.store.register import open_register
from surveys.store.restoring import restore_backup
from surveys.store.tables import METADATA

# What the databases and the migrations keep for themselves.
THEIR_OWN = {"alembic_version", "sqlite_sequence", "spatial_ref_sys"}
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@pytest.fixture(autouse=True)
def _no_database(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def put_back(register, folder, out):
    """Back a register up and restore it into an empty folder."""
    url = register.engine.url.render_as_string(hide_password=False)
    save_backup(folder, out.with_suffix(".zip"), url=url, now=AT)
    restore_backup(out.with_suffix(".zip"), out)
    return open_sqlite(out)


def count(register, table):
    with reading(register.engine) as connection:
        return connection.scalar(select(func.count()).select_from(table))


@every_kind
def test_one_of_each_kind_is_backed_up_put_back_exported_and_undone(kind, register, tmp_path):
    sample = SAMPLES[kind.id]
    assert not kind.listed or [*kind.listed(register)] == []
    id_ = sample.write(register)
    assert not kind.listed or [*kind.listed(register)] != []
    before = sample.read(register, id_)
    own = kind.tables or (KINDS[kind.lies_in].tables if kind.lies_in else ())
    assert before is not None and all(count(register, table) for table in own)
    back = put_back(register, tmp_path / "town", tmp_path / "back")
    if isinstance(kind.backup, Not):
        assert [count(back, table) for table in kind.tables] == [0] * len(kind.tables)
        assert sample.read(back, id_) is None
    else:
        assert sample.read(back, id_) == before
        with reading(register.engine) as one, reading(back.engine) as other:
            assert differing_tables(one, other) == []
    assert check_register(back) == check_register(register) == []
    if isinstance(kind.export, Export):
        there = kind.export.gather(register)
        assert sample.mark(register, id_).decode() in repr(there)
        assert repr(kind.export.gather(back)) == repr(there)
    if isinstance(kind.undo, Undo):
        kind.undo.take_back(register, id_, AT)
        assert sample.read(register, id_) is None
        if kind.undo.bring_back is not None:
            kind.undo.bring_back(register, id_)
            assert sample.read(register, id_) == before
    back.engine.dispose()


@pytest.mark.postgis
def test_all_kinds_together_go_into_an_empty_database(postgres_url, tmp_path):
    (tmp_path / "town").mkdir()
    register = open_sqlite(tmp_path / "town")
    ids = {kind.id: SAMPLES[kind.id].write(register) for kind in kinds_in_order()}
    save_backup(tmp_path / "town", tmp_path / "b.zip", now=AT)
    restore_backup(tmp_path / "b.zip", tmp_path / "out", url=postgres_url)
    back = open_register(tmp_path / "out", postgres_url)
    for kind in kinds_in_order():
        if not isinstance(kind.backup, Not):
            read = SAMPLES[kind.id].read
            assert read(back, ids[kind.id]) == read(register, ids[kind.id]), kind.id
    assert all(count(back, table) == 0 for table in forgotten_tables())
    assert check_register(back) == []
    last = register.save(new_version("next", {"name": "次"}))
    again = back.save(new_version("next", {"name": "次"}))
    assert (again.seq, again.number) == (last.seq, last.number)
    register.engine.dispose()
    back.engine.dispose()


def test_every_kind_has_a_sample_and_every_sample_a_kind():
    assert SAMPLES.keys() == KINDS.keys()


def test_every_table_there_is_belongs_to_one_kind(register):
    with reading(register.engine) as connection:
        there = set(inspect(connection).get_table_names())
    made = {name for kind in KINDS.values() for name in kind.made}
    # An R*Tree keeps tables of its own, named after it.
    there = {name for name in there if not any(name.startswith(one) for one in made)}
    assert there - THEIR_OWN == set(METADATA.tables)
    assert find_gaps(KINDS, METADATA) == []
    assert {t.name for t in (*kept_tables(), *forgotten_tables())} == set(METADATA.tables)


@every_kind
def test_every_question_is_answered_in_both_languages(kind):
    for question, words in kind.answers().items():
        assert words.ja and words.en, (kind.id, question)
    assert kind.words.ja and kind.words.en
    assert isinstance(kind.backup, Files) == (not kind.tables and not kind.lies_in)


def test_what_nobody_says_is_not_public():
    asked = {one.name: one.default for one in fields(Kind)}
    assert asked["audience"] == "staff"


# ---- planted: what the contract must not let through ----------------------------------------


@pytest.fixture
def planted():
    """A table more among the register's, that no kind claims."""
    table = Table("planted", METADATA, Column("id", String(64), primary_key=True))
    yield table
    METADATA.remove(table)


def test_a_table_nobody_declares_stops_backup_and_check(tmp_path, planted):
    (tmp_path / "town").mkdir()
    register = open_sqlite(tmp_path / "town")
    with pytest.raises(ValueError, match="the table planted is kept by no kind"):
        save_backup(tmp_path / "town", tmp_path / "b.zip", now=AT)
    with pytest.raises(ValueError, match="planted"):
        check_register(register)
    assert not (tmp_path / "b.zip").exists()
    with pytest.raises(AssertionError):
        test_every_table_there_is_belongs_to_one_kind(register)
    register.engine.dispose()


WRONG = [
    ("no backup", {"backup": None}, "track does not say its backup"),
    ("no restore", {"restore": None}, "track does not say its restore"),
    ("no export", {"export": None}, "track does not say its export"),
    ("no undo", {"undo": None}, "track does not say its undo"),
    ("no check", {"check": None}, "track does not say its check"),
    ("a check of nothing", {"check": ()}, "track does not say its check"),
    ("a check that is none", {"check": ("x",)}, "track has a check that is none"),
    ("nobody to see it", {"audience": ""}, "track does not say its audience"),
    ("an audience there is not", {"audience": "boss"}, "track is for an audience there is not"),
    ("its table forgotten", {"tables": ()}, "the table track is kept by no kind"),
    ("files, with a table", {"backup": KINDS["photo"].backup}, "files and has one"),
    ("restored and not backed up", {"backup": KINDS["session"].backup}, "other way round"),
    ("a table of another", {"tables": (*KINDS["track"].tables, METADATA.tables["site"])},
     "the table site is kept by site and track"),
    ("a kind there is not", {"needs": ("castle",)}, "track names a kind 'castle'"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "change", "said"), WRONG, ids=[one[0] for one in WRONG])
def test_a_kind_that_leaves_a_question_open_is_named(why, change, said, monkeypatch):
    wrong = {**KINDS, "track": replace(KINDS["track"], **change)}
    assert any(said in one for one in find_gaps(wrong, METADATA)), why
    monkeypatch.setattr(kept_order, "KINDS", wrong)
    with pytest.raises(ValueError, match="track"):
        kept_tables()


def test_a_kind_put_back_before_what_it_points_to_is_named():
    early = {**KINDS, "session": replace(KINDS["session"], needs=())}
    assert find_gaps(early, METADATA) == [
        "session: session points to account, which comes later: name account in its needs"
    ]
    circle = {**KINDS, "account": replace(KINDS["account"], needs=("session",))}
    with pytest.raises(ValueError, match=r"need each other: account, .*session"):
        kinds_in_order(circle)


def test_the_contract_sees_rows_that_a_backup_leaves_out(tmp_path, monkeypatch):
    """A declaration that says rows, and code that does not carry them."""
    (tmp_path / "town").mkdir()
    register = open_sqlite(tmp_path / "town")
    SAMPLES["track"].write(register)
    monkeypatch.setattr(copying, "forgotten_tables", lambda: [KINDS["track"].tables[0]])
    with pytest.raises(AssertionError):
        test_one_of_each_kind_is_backed_up_put_back_exported_and_undone(
            KINDS["track"], register, tmp_path
        )
    register.engine.dispose()


def test_a_photo_is_told_by_the_site_that_shows_it_first(tmp_path):
    (tmp_path / "town").mkdir()
    register = open_sqlite(tmp_path / "town")
    id_ = register.photos.take(photo(3)).id
    shown = [{"id": id_, "caption": ""}]
    keep_draft(register, Draft(id="a", type="park", changed_at=AT, answers={"photos": shown}))
    assert wanted_photos(register.engine) == {id_: 0}
    register.save(new_version("s1", {"name": "公園", "photos": shown}))
    assert wanted_photos(register.engine) == {id_: 1}
    register.engine.dispose()


def test_only_rows_that_are_declared_kept_are_in_a_backup():
    said = {t.name for k in KINDS.values() if isinstance(k.backup, Rows) for t in k.tables}
    assert said == set(METADATA.tables) - {"session", "sign_in_try"}
