"""A new edition takes its place whole, wherever the work is stopped; the old ones are kept."""

from pathlib import Path

import pytest

from geo.sources import editions
from geo.sources.editions import (
    DATA,
    begin_next,
    drop_next,
    finish_next,
    is_ready,
    list_editions,
    settle_next,
    take_next,
)
from geo.sources.recipe import RECIPE


def _built(folder: Path, text: str) -> None:
    new = begin_next(folder)
    (new / "town.json").write_text(text, encoding="utf-8")
    (new / "areas.parquet").write_text(text * 2, encoding="utf-8")
    recipe = folder / "draft.toml"
    recipe.write_text(text, encoding="utf-8")
    finish_next(folder, recipe)


def _reads(folder: Path) -> str:
    settle_next(folder)
    return (folder / DATA / "town.json").read_text(encoding="utf-8")


def test_the_first_edition_keeps_none_before_it(tmp_path):
    _built(tmp_path, "one")
    assert is_ready(tmp_path)
    take_next(tmp_path)
    assert _reads(tmp_path) == "one" and (tmp_path / RECIPE).read_text(encoding="utf-8") == "one"
    assert list_editions(tmp_path) == [] and not is_ready(tmp_path)
    take_next(tmp_path)  # nothing waits
    assert _reads(tmp_path) == "one"


def test_the_edition_before_is_kept_and_one_like_it_is_not(tmp_path):
    for text in ("one", "two", "two"):
        _built(tmp_path, text)
        take_next(tmp_path)
    kept = list_editions(tmp_path)
    assert [(one.folder / DATA / "town.json").read_text(encoding="utf-8") for one in kept] == [
        "one"
    ]
    assert kept[0].size == len("oneoneone") and kept[0].built_at.endswith("Z")


def test_two_editions_of_one_second_are_both_kept(tmp_path):
    for text in ("one", "two", "three"):
        _built(tmp_path, text)
        take_next(tmp_path)
    assert len(list_editions(tmp_path)) == 2


def test_what_is_thrown_away_leaves_the_town(tmp_path):
    _built(tmp_path, "one")
    take_next(tmp_path)
    _built(tmp_path, "two")
    drop_next(tmp_path)
    take_next(tmp_path)
    assert _reads(tmp_path) == "one"


@pytest.mark.parametrize("at", range(3))
def test_stopped_between_two_renames_the_rest_is_done_later(tmp_path, monkeypatch, at):
    monkeypatch.setattr(editions, "_PATIENCE_S", 0.0)
    _built(tmp_path, "one")
    take_next(tmp_path)
    _built(tmp_path, "two")
    done, replace = 0, Path.replace

    def stops(self, target):
        nonlocal done
        if done == at:
            raise KeyboardInterrupt
        done += 1
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stops)
        with pytest.raises(KeyboardInterrupt):
            take_next(tmp_path)
    assert _reads(tmp_path) == ("one" if at == 0 else "two")
    take_next(tmp_path)
    assert _reads(tmp_path) == "two" and (tmp_path / RECIPE).read_text(encoding="utf-8") == "two"
    assert len(list_editions(tmp_path)) == 1
