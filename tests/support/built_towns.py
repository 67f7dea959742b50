"""Towns built once a run; whoever asks for one gets a copy of it, to change as they like."""

import shutil
from datetime import date

import pytest
from made_city import build_made_city
from once import folder_of_run, make_once
from town_fixtures import write_town

TODAY = date(2026, 11, 21)


def _build_small(folder):
    from geo.cli import main

    files = folder.with_name("small-files")
    assert main(["build", "--out", str(folder), *write_town(files)]) == 0


def _build_without(left_out):
    def build(folder):
        from geo.cli import main

        given = write_town(folder.with_name(f"{folder.name}-files"))
        pairs = zip(given[::2], given[1::2], strict=True)
        kept = [one for pair in pairs if pair[0] not in left_out for one in pair]
        assert main(["build", "--out", str(folder), *kept]) == 0

    return build


class BuiltTowns:
    """The run's towns as they were built: each is made when it is first asked for."""

    def __init__(self, folder):
        self.folder = folder

    def small(self):
        """The small town of `town_fixtures`, without heights or a register."""
        return make_once(self.folder / "small", _build_small)

    def straight(self):
        """The small town built without its streets: every distance is a straight line."""
        return make_once(self.folder / "straight", _build_without({"--streets"}))

    def bare(self):
        """A town of a border and nothing else."""
        left = {"--streets", "--division", "--people", "--sites"}
        return make_once(self.folder / "bare", _build_without(left))

    def demo(self):
        """The demo town without a register."""
        from geo.sources.demo_town import build_demo

        return make_once(self.folder / "demo", lambda made: build_demo(made, lambda _: None))

    def made_city(self):
        """The city of 357 districts of `made_city`."""
        return make_once(self.folder / "made-city", build_made_city)

    def filled(self, today=TODAY):
        """The demo town with its register, as filled on a day."""

        from layers.demo_register import fill_demo_register
        from layers.served.prepare import prepare_tiles

        def make(folder):
            shutil.copytree(self.demo(), folder)
            fill_demo_register(folder, today=today)
            prepare_tiles(folder, lambda _: None)  # once, not by every server that shows a copy

        return make_once(self.folder / f"filled-{today}", make)


@pytest.fixture(scope="session")
def built_towns(tmp_path_factory):
    """The run's towns as they were built: look at them, copy them, change nothing."""
    folder = folder_of_run(tmp_path_factory) / "towns"
    folder.mkdir(exist_ok=True)
    return BuiltTowns(folder)


@pytest.fixture(scope="module")
def small_town(built_towns, tmp_path_factory):
    """A small built town without heights, its module's own."""
    return shutil.copytree(built_towns.small(), tmp_path_factory.mktemp("small") / "town")


@pytest.fixture(scope="module")
def demo_town(built_towns, tmp_path_factory):
    """The demo town without a register, its module's own."""
    return shutil.copytree(built_towns.demo(), tmp_path_factory.mktemp("demo") / "town")


@pytest.fixture(scope="module")
def filled_town(built_towns, tmp_path_factory):
    """The demo town with its register, its module's own."""
    return shutil.copytree(built_towns.filled(), tmp_path_factory.mktemp("filled") / "town")
