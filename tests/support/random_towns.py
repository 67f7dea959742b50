"""Towns drawn at random: their streets, heights, people, and the ground walks are made on."""

import numpy as np

from geo.network.network import STEPS, make_network
from geo.network.snap import Snapper
from geo.relief.relief import Relief
from geo.walk.costs import flat_costs, make_costs
from geo.walk.graph import make_graph
from geo.walk.ground import Ground
from geo.walk.walkers import WALKERS


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
        edge_flags=np.where(rng.random(u.size) < steps, STEPS, 0) if steps else None,
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


def ground_of(network, costs):
    return Ground(
        network=network,
        costs=costs,
        graph=make_graph(network, costs),
        snapper=Snapper(network, costs.usable),
    )


def random_ground(rng, box=400.0):
    network = random_town(rng, nodes=int(rng.integers(3, 14)), box=box)
    if rng.random() < 0.6:
        walker = WALKERS[rng.choice(["general", "elderly", "cane"])]
        costs = make_costs(network, walker, random_relief(rng, network))
    else:
        costs = flat_costs(network, rng.random(network.edge_count) > 0.1)
    return ground_of(network, costs)


def people_of(rng, count):
    """How many live at each home, many of them alone."""
    return np.where(rng.random(count) < 0.5, 1, rng.integers(0, 9, count))
