"""No module needs one that needs it: not as it loads, not when called, not for its types."""

import sys
from functools import cache

import networkx as nx
import pytest
from where import ROOT

sys.path.insert(0, str(ROOT / "docs"))

from read_imports import read_imports, read_modules


@cache
def imports_of_the_house():
    """Every import of one of our modules by another; read when a test asks, not at collection."""
    modules = read_modules()
    return [one for one in read_imports(modules) if one.imported in modules]


def find_circles(imports):
    """Every set of modules that reach each other, and a module that names itself."""
    arrows = nx.DiGraph([(one.importer, one.imported) for one in imports])
    parts = nx.strongly_connected_components(arrows)
    return sorted(sorted(part) for part in parts if len(part) > 1) + sorted(
        [one] for one in nx.nodes_with_selfloops(arrows)
    )


@pytest.mark.parametrize(
    "seen",
    [("load",), ("load", "call"), ("load", "call", "types")],
    ids=["as they load", "when they are called", "for types"],
)
def test_no_modules_stand_in_a_circle(seen):
    assert find_circles(one for one in imports_of_the_house() if one.when in seen) == []


def test_most_imports_of_the_house_are_seen():
    # What the reader no longer saw could stand in no circle.
    counts = {
        when: sum(one.when == when for one in imports_of_the_house()) for when in ("load", "types")
    }
    assert counts["load"] > 1500 and counts["types"] > 500


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("import geo.b", "load"),
        ("from geo import b", "load"),
        ("from geo.b import name", "load"),
        ("class Inner:\n    import geo.b", "load"),
        ("try:\n    import geo.b\nexcept ImportError:\n    pass", "load"),
        ("def run():\n    from geo.b import name", "call"),
        ("class Inner:\n    async def run(self):\n        import geo.b", "call"),
        ("if TYPE_CHECKING:\n    from geo.b import name", "types"),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    import geo.b", "load"),
        ("def run():\n    if TYPE_CHECKING:\n        import geo.b", "types"),
    ],
)
def test_an_import_is_seen_wherever_it_stands(tmp_path, text, when):
    room = tmp_path / "geo"
    room.mkdir()
    (room / "a.py").write_text(text + "\n", encoding="utf-8")
    (room / "b.py").write_text("import geo.a\n", encoding="utf-8")
    found = read_imports(read_modules(tmp_path))
    assert [(one.imported, one.when) for one in found if one.importer == "geo.a"] == [
        ("geo.b", when)
    ]
    assert find_circles(found) == [["geo.a", "geo.b"]]
