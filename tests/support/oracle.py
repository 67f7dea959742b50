"""The brute-force oracle: slow, plain, and written without the engine.

Every point is put on the nearest street by asking shapely for the distance to every street;
the streets are then split at all those points and walked by networkx.
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
        edge = int(tree.nearest(point))
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
