"""Hold the laws of plans on many random towns: ``python benchmarks/laws.py [--towns 10000]``.

The same laws the tests hold on a few (``tests/support/plan_laws.py``): gained less lost is the
difference, a change and its undoing are nothing, one more never loses anybody, the order of
changes that do not meet is nothing, and every count is a fresh answer's. Stops at the first town
that breaks one, and says its number.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))


def main() -> int:
    """Hold them, and print how many towns and how long."""
    from plan_laws import check_plan_laws  # noqa: PLC0415 - found by the path above

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--towns", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first town")
    args = parser.parse_args()
    began = time.monotonic()
    for seed in range(args.first, args.first + args.towns):
        check_plan_laws(seed)
    print(f"{args.towns:,} towns, 0 laws broken, {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
