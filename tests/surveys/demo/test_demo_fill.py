"""The demo's register is filled once, the same each time, and never over a person's."""

import shutil
from argparse import Namespace
from datetime import date, timedelta

import pytest
from built_towns import TODAY
from register_fixtures import new_version

from geo.sources.demo_town import build_demo
from geo.sources.town_folder import load_town
from layers import demo_register
from layers.commands import demo
from surveys.demo.diary import Diary, Entry
from surveys.demo.fill import fill_register, write_diary
from surveys.photos.draw import draw_scene
from surveys.record.history import fold
from surveys.store.drafts import list_drafts
from surveys.store.listing import SiteQuery, each_site
from surveys.store.register import open_register

TINY = draw_scene("bench", seed=1)


@pytest.fixture(scope="module")
def ground(demo_town):
    return demo_register.make_ground(demo_town, load_town(demo_town))


@pytest.fixture
def town_folder(demo_town, tmp_path, monkeypatch):
    """A built town of one's own, where every picture is the same: drawing takes its time."""
    monkeypatch.setattr("surveys.demo.fill.draw_scene", lambda *_, **__: TINY)
    return shutil.copytree(demo_town, tmp_path / "town")


def fake_camera(scene, seed, worn):
    return f"{seed:08x}" * 8


def test_a_second_fill_adds_nothing(town_folder):
    first = demo_register.fill_demo_register(town_folder, today=TODAY)
    register = open_register(town_folder)
    before = register.stamp()
    assert first.versions == len(register.all_versions()) and first.sites == len(
        register.site_ids()
    )
    told = demo_register.fill_demo_register(town_folder, today=TODAY + timedelta(days=90))
    assert (told.sites, told.versions, told.photos) == (0, 0, 0)
    assert register.stamp() == before and len(list_drafts(register)) == 1
    register.engine.dispose()


def test_building_the_town_again_keeps_its_register(town_folder):
    demo_register.fill_demo_register(town_folder, today=TODAY)
    build_demo(town_folder, lambda _: None)
    register = open_register(town_folder)
    assert len(register.site_ids()) > 100
    register.engine.dispose()


def test_a_persons_only_record_is_left_alone(town_folder):
    register = open_register(town_folder)
    register.save(new_version("mine", {"name": "わたしの公園"}))
    demo_register.fill_demo_register(town_folder, today=TODAY)
    assert register.site_ids() == ["mine"] and list_drafts(register) == []
    register.engine.dispose()


def test_two_fills_are_the_same(town_folder, demo_town, tmp_path):
    written = []
    for folder in (town_folder, shutil.copytree(demo_town, tmp_path / "again")):
        demo_register.fill_demo_register(folder, today=TODAY)
        register = open_register(folder)
        written.append(register.all_versions())
        register.engine.dispose()
    assert written[0] == written[1] and len(written[0]) > 200


def test_dates_move_with_today_and_nothing_else(ground):
    early = write_diary(ground, today=TODAY, camera=fake_camera)
    late = write_diary(ground, today=TODAY + timedelta(days=10), camera=fake_camera)
    assert [one.id for one in early] == [one.id for one in late]
    assert all(
        date.fromisoformat(b.made_at[:10]) - date.fromisoformat(a.made_at[:10])
        == timedelta(days=10)
        for a, b in zip(early, late, strict=True)
    )


def test_either_database_takes_it_and_need_not_number_from_one(register, ground, monkeypatch):
    monkeypatch.setattr("surveys.demo.fill.draw_scene", lambda *_, **__: TINY)
    numbered = {
        "sqlite": "INSERT INTO sqlite_sequence VALUES ('version', 700)",
        "postgresql": "SELECT setval(pg_get_serial_sequence('version', 'seq'), 700)",
    }
    with register.engine.begin() as connection:
        connection.exec_driver_sql(numbered[register.engine.dialect.name])
    fill_register(register, ground, today=TODAY)
    assert register.all_versions()[0].seq == 701
    assert len(list(each_site(register, SiteQuery(statuses=(), differing=True)))) == 1
    assert all(
        fold(register.versions(id_)) == register.refold(id_)[0] for id_ in register.site_ids()
    )


def test_an_answer_the_type_does_not_allow_stops_the_demo():
    diary = Diary(TODAY, fake_camera)
    with pytest.raises(ValueError, match="toilet"):
        diary.write("park", "p1", Entry(ago=1, answers={"name": "公園", "toilet": "golden"}))


def test_the_command_builds_fills_and_serves(tmp_path, monkeypatch, capsys):
    steps = []
    monkeypatch.setattr(demo, "build_demo", lambda folder, say: steps.append("build"))
    monkeypatch.setattr(demo, "fill_demo_register", lambda folder, today: steps.append("fill"))
    monkeypatch.setattr(demo, "serve_town", lambda *_, **__: steps.append("serve"))
    listening = {"host": "127.0.0.1", "port": 1, "cert": None, "key": None, "sign_in": False}
    demo.run(Namespace(out=tmp_path, no_browser=True, **listening), "ja")
    assert steps == ["build", "fill", "serve"] and "台帳" in capsys.readouterr().err
