"""The walks of a random town by networkx, on a graph with every point put into its street."""

import networkx as nx
import numpy as np

from geo.network.network import STEPS, make_network
from geo.relief.relief import Relief


def random_town(rng, nodes=30, box=1000.0, steps=0.15):
    """A random town: curved, parallel, looping, crossing and unlinked streets, some of them steps."""
    x, y = rng.uniform(0, box, nodes), rng.uniform(0, box, nodes)
    u, v = rng.integers(0, nodes, nodes * 2), rng.integers(0, nodes, nodes * 2)
    start, vx, vy = [0], [], []
    for a, b in zip(u, v, strict=True):
        bends = rng.integers(2 if a == b else 0, 4)  # a loop of one bend would lie on itself
        vx += [x[a], *rng.uniform(0, box, bends), x[b]]
        vy += [y[a], *rng.uniform(0, box, bends), y[b]]
        start.append(len(vx))
    return make_network(
        node_x_m=x,
        node_y_m=y,
        edge_u=u,
        edge_v=v,
        edge_start=np.array(start),
        vertex_x_m=np.array(vx),
        vertex_y_m=np.array(vy),
        edge_flags=np.where(rng.random(u.size) < steps, STEPS, 0),
    )


def random_relief(rng, network, *, told=0.9, rough=1.0):
    """Heights that wander along every street; some streets have none."""
    count = np.maximum(2, np.ceil(network.edge_m / 10).astype(int) + 1)
    along = [np.linspace(0, m, n) for m, n in zip(network.edge_m, count, strict=True)]
    height = np.cumsum(rng.normal(0, rough, count.sum()))
    known = rng.random(network.edge_count) < told
    height[~np.repeat(known, count)] = np.nan
    return Relief(
        start=np.concatenate([[0], np.cumsum(count)]),
        along_m=np.concatenate(along),
        height_m=height,
        kind=known.astype(np.uint8),
    )


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
