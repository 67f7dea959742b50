"""A town built in a process of its own: stopped, killed, failed, the one before stands."""

import json
import os
import shutil
import signal
import time
from dataclasses import replace

import pytest
from given_files import NOW, drop, small_files, wait_for

from geo.base.files import hash_file
from geo.base.problems import InputError
from geo.base.words import Words
from geo.sources.editions import NEXT, is_ready, list_editions, take_next
from geo.sources.get.got import Got, Missing
from geo.sources.get.kept import GotFile, Record, save_record
from geo.sources.get.town import PARTS
from geo.sources.own_folder import holds_town
from geo.sources.recipe import load_recipe
from geo.sources.town_folder import load_town
from geo.sources.where.declared import FILE_KINDS
from layers.making import child, work
from layers.making.choose import choose
from layers.making.draft import changing, drop_draft, making_of, read_draft
from layers.making.sources import join_parts, make_recipe
from layers.making.work import Work, ask_to_stop, begin_work, forget_work, read_work, save_work


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return small_files(tmp_path_factory.mktemp("files"))


@pytest.fixture
def given(tmp_path, files):
    """A folder with a draft of a whole town, its name with a space as on Windows."""
    folder = tmp_path / "わたしの 街"
    folder.mkdir()
    drop(folder, *(files[name] for name in sorted(files)))
    return folder


def build(folder):
    """Build in this process, as the other would."""
    making_of(folder).mkdir(exist_ok=True)
    save_work(folder, Work(state="building", began_at=time.time()))
    code = child.main(folder)
    return code, read_work(folder)


def test_a_process_of_its_own_builds_the_first_town(given):
    begin_work(given, read_draft(given).number)
    assert read_work(given).state == "building"
    with pytest.raises(InputError, match="somebody else"):
        begin_work(given, 1)
    wait_for(lambda: read_work(given).state != "building")
    found = read_work(given)
    assert found.state == "done", (found.why, (making_of(given) / "work.log").read_text("utf-8"))
    assert "人口を割りふっています" in [one.ja for one in found.steps] and found.ended_at
    town = load_town(given)
    assert int(town.cells["people_65"].sum()) == 400 and len(town.salons) == 2
    assert town.divisions[:2] == ("町丁目", "school") and town.name == "わたしたちの街"
    assert list_editions(given) == [] and (given / "town.toml").is_file()


def test_a_second_town_waits_to_be_taken_and_the_first_is_kept(given, files):
    assert build(given)[0] == 0
    forget_work(given)
    drop_draft(given)
    text = files["people.csv"].read_text("utf-8-sig").replace("301", "333")
    drop(given, text.encode("utf-8-sig"), names=["people.csv"])
    code, found = build(given)
    assert code == 0 and found.state == "ready" and is_ready(given)
    assert int(load_town(given).cells["people_65"].sum()) == 400, "not taken yet"
    assert int(load_town(given / NEXT).cells["people_65"].sum()) == 432
    recipe = load_recipe(given / NEXT / "town.toml")
    assert [one.role for one in recipe.sources].count("people") == 1
    take_next(given)
    assert int(load_town(given).cells["people_65"].sum()) == 432
    (kept,) = list_editions(given)
    assert int(load_town(kept.folder).cells["people_65"].sum()) == 400


def test_people_without_areas_wait_and_the_town_is_made_without_them(tmp_path, files):
    folder = tmp_path / "town"
    folder.mkdir()
    drop(folder, files["people.csv"], files["border.geojson"], files["streets.osm"])
    code, found = build(folder)
    assert code == 0 and found.state == "done", found.why
    assert any("地区の分け方がまだありません" in one.ja for one in found.told)
    town = load_town(folder)
    assert not town.streetless and int(town.cells["people_all"].sum()) == 0
    assert [one.role for one in load_recipe(folder / "town.toml").sources] == ["streets", "border"]


def test_what_cannot_be_built_is_said_and_leaves_nothing(given):
    with changing(given, NOW) as held:
        broken = next(one for one in held[0].files if one.name == "people.csv")
        held[0] = held[0].with_file(replace(broken, sha256="other"))
    code, found = build(given)
    assert code == 1 and found.state == "failed" and "people.csv" in found.why.ja
    assert not holds_town(given) and not (given / NEXT).exists()


def test_a_fault_of_ours_is_told_in_words(given, monkeypatch, capsys):
    def trips(*_, **__):
        raise RuntimeError("x")

    monkeypatch.setattr(child, "build_new", trips)
    code, found = build(given)
    assert code == 1 and "プログラムの誤り" in found.why.ja
    assert "RuntimeError" in capsys.readouterr().err


def test_a_full_disk_leaves_the_town_and_says_so(given, monkeypatch):
    assert build(given)[0] == 0
    before = (given / "data" / "town.json").read_bytes()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geo.sources.build.save_town", full)
    code, found = build(given)
    assert code == 1 and "ディスクがいっぱい" in found.why.ja
    assert (given / "data" / "town.json").read_bytes() == before and not is_ready(given)


def test_stopped_by_a_person_it_says_so_and_the_town_stands(given, monkeypatch):
    assert build(given)[0] == 0
    monkeypatch.setattr(child, "_EVERY_S", 0.01)
    real = child.build_new

    def slow(*args, **more):
        ask_to_stop(given)
        time.sleep(30)
        return real(*args, **more)

    monkeypatch.setattr(child, "build_new", slow)
    code, found = build(given)
    assert code == 1 and found.state == "stopped"
    assert holds_town(given) and not is_ready(given)


def test_a_work_that_begins_late_does_not_take_itself_for_dead(given, monkeypatch):
    """On a busy machine its first step comes long after it was begun, and its beat is old."""
    monkeypatch.setattr(work, "_DEAD_S", -1.0)
    seen = []
    real = child.save_work
    monkeypatch.setattr(
        child, "save_work", lambda folder, now: (seen.append(now), real(folder, now))
    )
    code, found = build(given)
    assert code == 0
    assert {one.state for one in seen[:-1]} == {"building"}
    assert (found.state, found.why) == ("done", None)


def test_killed_in_the_middle_it_is_seen_and_can_be_begun_again(given, monkeypatch):
    begin_work(given, 1)
    (process,) = [one for of, one in work._RUNNING if of == given.resolve()]
    monkeypatch.setattr(work, "_DEAD_S", -1.0)
    wait_for(lambda: len(read_work(given).steps) > 1)
    assert read_work(given).state == "building", "its beat is late, and it is at work"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    found = read_work(given)
    if found.state == "building":
        pytest.fail("nobody beats, and it is taken to live")
    assert found.state == "failed" and "途中で止まりました" in found.why.ja
    assert not holds_town(given)
    monkeypatch.undo()
    forget_work(given)
    code, again = build(given)
    assert code == 0 and again.state == "done" and holds_town(given)


def test_what_is_told_comes_back_as_it_was(tmp_path):
    making_of(tmp_path).mkdir()
    assert read_work(tmp_path) == Work()
    (making_of(tmp_path) / "work.json").write_text(json.dumps({"state": 1}), encoding="utf-8")
    assert read_work(tmp_path) == Work()


def test_what_is_fetched_comes_among_the_files_with_its_credit_and_once(
    tmp_path, files, monkeypatch
):
    with changing(tmp_path, NOW) as held:
        held[0] = replace(held[0], city="12227")
    border = files["border.geojson"]

    def fetches(city, into, *, say, progress, **_):
        into.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(border, into / border.name)
        say(Words("市の境を取り寄せています", "fetching the border"))
        progress(border.name, 1, 2)
        kind = FILE_KINDS["border"]
        file = GotFile(
            kind="border", place="n03", file=border.name, address="https://x.example/a", on="2026-12-02",
            date="2026-01-01", size=border.stat().st_size, sha256=hash_file(border),
            name="国土数値情報", licence="CC BY 4.0", credit="「国土数値情報」",
        )  # fmt: skip
        save_record(into, Record(code=city.code, files=(file,)))
        why = Words("つながりません", "no line")
        return Got(city=city, folder=into, files=(file,), missing=(Missing(kind=kind, words=why),))

    monkeypatch.setattr(child, "fetch_town", fetches)
    for _ in range(2):
        save_work(tmp_path, Work(state="building", doing="fetch", began_at=time.time()))
        assert child.main(tmp_path, "fetch") == 0
    found = read_work(tmp_path)
    assert found.state == "fetched" and "つながりません" in found.told[1].ja
    (given,) = read_draft(tmp_path).files
    assert given.facts["credit"] == "「国土数値情報」" and given.facts["date"] == "2026-01-01"
    recipe = make_recipe(
        tmp_path,
        join_parts(read_draft(tmp_path), choose(read_draft(tmp_path), None), None),
        "x",
        None,
    )
    assert (recipe.sources[0].licence, recipe.sources[0].credit) == (
        "CC BY 4.0",
        "「国土数値情報」",
    )


def test_what_came_in_part_only_stands_in_the_towns_notes(tmp_path, files):
    drop(tmp_path, files["border.geojson"], files["cho.geojson"])
    with changing(tmp_path, NOW) as held:
        held[0] = replace(held[0], city="22212")
    part = making_of(tmp_path) / "fetched" / "22212" / PARTS / "osm-22212.osm.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"<osm>")
    code, found = build(tmp_path)
    assert code == 0, found.why
    said = "道は取り寄せの途中（0.0 MB まで）だったので、使わずにつくりました"
    assert said in [one.ja for one in found.told]
    assert said in [ja for ja, _ in load_town(tmp_path).facts["notices"]]


def test_nothing_is_fetched_before_a_municipality_is_chosen(tmp_path):
    making_of(tmp_path).mkdir()
    save_work(tmp_path, Work(state="building", doing="fetch", began_at=time.time()))
    assert child.main(tmp_path, "fetch") == 1
    assert "市区町村を選んで" in read_work(tmp_path).why.ja
