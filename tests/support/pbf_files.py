"""PBF files for tests: towns written by osmium, and what is read of them."""

import osmium
from hypothesis import strategies as st

from geo.base.problems import InputError
from geo.sources.pbf.pbf import load_blocks
from geo.sources.streets.osm import load_osm

# Few keys and values, so that they meet; the last two are told by none of our rules.
TAGS = {
    "highway": ["footway", "steps", "motorway", "trunk", "service", "platform", "bus_stop", "", "x"],
    "foot": ["no", "yes"], "access": ["private", "yes"], "motorroad": ["yes"],
    "barrier": ["gate", "wall", "no"], "locked": ["yes"], "sac_scale": ["hiking", "mountain_hiking"],
    "bridge": ["yes"], "tunnel": ["yes", "building_passage"], "area": ["yes"],
    "leisure": ["park"], "building": ["yes", "house"], "waterway": ["river"], "railway": ["rail"],
    "place": ["hamlet"], "name": ["中央公園", "a" * 200, ""], "amenity": ["bench"],
    "opening_hours": ["24/7"], "note": ["é"], "": ["empty"],
}  # fmt: skip
TAG_SETS = st.dictionaries(st.sampled_from(list(TAGS)), st.integers(0, 8), max_size=5).map(
    lambda drawn: {key: TAGS[key][n % len(TAGS[key])] for key, n in drawn.items()}
)
PLACES = st.tuples(st.integers(-1_800_000_000, 1_800_000_000), st.integers(-9 * 10**8, 9 * 10**8))
NEAR = st.tuples(st.integers(1_399_000_000, 1_399_000_300), st.integers(356_500_000, 356_500_300))
IDS = st.integers(1, 2**53)
META = st.fixed_dictionaries(
    {}, optional={"version": st.integers(1, 9), "uid": st.integers(1, 2**31 - 1),
                  "user": st.sampled_from(["山田", "x"]), "changeset": st.integers(1, 2**31),
                  "timestamp": st.just("2026-01-02T03:04:05Z")},
)  # fmt: skip


@st.composite
def towns(draw, places=PLACES):
    """Nodes, ways and relations in osmium's order, some ways lacking a node."""
    node_ids = sorted(draw(st.sets(st.integers(1, 30) | IDS, min_size=1, max_size=12)))
    refs = st.sampled_from([*node_ids, 31, 2**60])
    way_ids = sorted(draw(st.sets(st.integers(1, 40) | IDS, max_size=8)))
    town = [("node", n, draw(places), draw(TAG_SETS), draw(META)) for n in node_ids]
    for way_id in way_ids:
        nodes = draw(st.lists(refs, max_size=9))
        closed = nodes + nodes[:1] if draw(st.booleans()) else nodes
        town.append(("way", way_id, closed, draw(TAG_SETS), draw(META)))
    for relation_id in range(1, draw(st.integers(0, 3)) + 1):
        members = [("w", w, "outer") for w in draw(st.lists(st.sampled_from(way_ids or [1])))]
        tags = {"type": "multipolygon"} | draw(TAG_SETS)
        town.append(("relation", relation_id, members, tags, draw(META)))
    return town


def write(path, town, form="pbf"):
    with osmium.SimpleWriter(osmium.io.File(str(path), form), overwrite=True) as writer:
        for kind, osm_id, content, tags, meta in town:
            more = {"id": osm_id, "tags": tags, **meta}
            if kind == "node":
                place = content and (content[0] / 1e7, content[1] / 1e7)
                writer.add_node(osmium.osm.mutable.Node(location=place, **more))
            elif kind == "way":
                writer.add_way(osmium.osm.mutable.Way(nodes=content, **more))
            else:
                writer.add_relation(osmium.osm.mutable.Relation(members=content, **more))
    return path


def load(path, **more):
    """The extract, or why there is none."""
    try:
        return load_osm(path, **more)
    except InputError as error:
        return error.words.ja


def tags_of(block, objects, row):
    mine = objects.tags.owner == row
    pairs = zip(objects.tags.key[mine].tolist(), objects.tags.value[mine].tolist(), strict=True)
    return {block.strings[key]: block.strings[value] for key, value in pairs}


def by_arrays(path):
    found = []
    for block in load_blocks(path):
        for row, osm_id in enumerate(block.nodes.id.tolist()):
            place = int(block.x[row]), int(block.y[row])
            found.append(("n", osm_id, place, tags_of(block, block.nodes, row)))
        for row, osm_id in enumerate(block.ways.id.tolist()):
            refs = block.ways.ref[block.ways.start[row] : block.ways.start[row + 1]].tolist()
            found.append(("w", osm_id, refs, tags_of(block, block.ways, row)))
        for row, osm_id in enumerate(block.relations.id.tolist()):
            found.append(("r", osm_id, None, tags_of(block, block.relations, row)))
    return found


TOWN = [
    ("node", 1, (1_399_000_000, 356_500_000), {"amenity": "bench"}, {}),
    ("node", 2, (1_399_000_000, 356_510_000), {}, {"version": 2}),
    ("node", 3, (1_399_010_000, 356_510_000), {}, {}),
    ("way", 4, [1, 2], {"highway": "footway", "name": "小道"}, {"version": 1}),
    ("way", 5, [3, 2], {"highway": "motorway"}, {}),
    ("way", 6, [1, 2, 3, 1], {"building": "house"}, {}),
]
