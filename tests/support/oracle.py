"""The brute-force oracles: slow, plain, and walked by networkx instead of the engine.

`split_graph` goes without the engine altogether: every point is put on the nearest street by asking
shapely for the distance to every street, and the streets are split at all those points.
`walks_by_networkx` takes the places on the streets and the costs along them as given.
"""

import itertools

import networkx as nx
import numpy as np
import shapely


def split_graph(network, points):
    """Return the graph with every (x, y) joined to its nearest street, and their nodes."""
    lines = np.array([shapely.LineString(network.polyline(e)) for e in range(network.edge_count)])
    tree = shapely.STRtree(lines)
    on_edge = {}
    names = []
    for number, (x, y) in enumerate(points):
        point = shapely.Point(x, y)
        edge = int(tree.query_nearest(point).min())  # of twin streets the first, as the engine
        on_edge.setdefault(edge, []).append((lines[edge].project(point), ("street", number)))
        names.append((number, edge, float(shapely.distance(point, lines[edge]))))
    graph = nx.Graph()
    graph.add_nodes_from(("node", n) for n in range(network.node_count))
    for edge in range(network.edge_count):
        stops = sorted(on_edge.get(edge, []))
        chain = [
            (0.0, ("node", int(network.edge_u[edge]))),
            *stops,
            (float(lines[edge].length), ("node", int(network.edge_v[edge]))),
        ]
        for (at, a), (to, b) in itertools.pairwise(chain):
            if a != b and not (graph.has_edge(a, b) and graph[a][b]["weight"] <= to - at):
                graph.add_edge(a, b, weight=to - at)
    for number, _, off in names:
        graph.add_edge(("door", number), ("street", number), weight=off)
    return graph


def nearest_by_brute_force(network, cells, sites):
    """Return the metres from each cell's door to the nearest site's door."""
    points = [*cells, *sites]
    graph = split_graph(network, points)
    sources = {("door", len(cells) + s) for s in range(len(sites))}
    found = nx.multi_source_dijkstra_path_length(graph, sources)
    return np.array([found.get(("door", c), np.inf) for c in range(len(cells))])


def walks_by_networkx(network, costs, cells, sites):
    """Return (C, S) costs of walking from every cell's door to every site's, infinite where none."""
    graph, points = nx.DiGraph(), {}
    for name, snaps in (("cell", cells), ("site", sites)):
        for row, edge in enumerate(snaps.edge.tolist()):
            if edge >= 0:
                points.setdefault(edge, []).append((snaps.along_m[row], (name, row)))
    for edge in np.flatnonzero(costs.usable).tolist():
        ends = (("node", int(network.edge_u[edge])), ("node", int(network.edge_v[edge])))
        stops = sorted(
            [(0.0, ends[0]), *points.get(edge, []), (network.edge_m[edge], ends[1])],
            key=lambda stop: stop[0],
        )
        at = np.array([stop[0] for stop in stops])
        ahead, back = costs.partial(network, np.full(at.size, edge), at)
        for row in range(at.size - 1):
            one, two = stops[row][1], stops[row + 1][1]
            _link(graph, one, two, ahead[row + 1] - ahead[row])
            _link(graph, two, one, back[row + 1] - back[row])
    turned = graph.reverse(copy=False)
    found = np.full((cells.edge.size, sites.edge.size), np.inf)
    for site in range(sites.edge.size):
        if ("site", site) in turned:
            walked = nx.single_source_dijkstra_path_length(turned, ("site", site))
            for cell in range(cells.edge.size):
                off = cells.off_m[cell] + sites.off_m[site]
                found[cell, site] = walked.get(("cell", cell), np.inf) + off
    return found


def _link(graph, one, two, cost):
    if not graph.has_edge(one, two) or graph[one][two]["weight"] > cost:
        graph.add_edge(one, two, weight=float(cost))


def rested_by_brute_force(hops, homes, rests, sites, *, stretch_m):
    """Return the shortest walk of each home that keeps every stretch, from all costs between points.

    `hops` (P, P) are the walks between all points, `homes rests sites` their rows: a walk is a
    chain of hops not longer than a stretch, from rest to rest; tried until nothing shortens.
    """
    allowed = np.where(hops <= stretch_m + 1e-9, hops, np.inf)
    best = np.full(hops.shape[0], np.inf)
    best[sites] = 0.0
    onward, starts = np.concatenate([rests, sites]), np.concatenate([homes, rests])
    while True:
        new = best.copy()
        through = allowed[np.ix_(starts, onward)] + best[onward][None, :]
        new[starts] = np.minimum(best[starts], through.min(axis=1, initial=np.inf))
        if np.array_equal(new, best):
            return best[homes]
        best = new
