"""The demo town 汐見野市: invented, seeded, written as any town's files are (架空のデモの街)."""

from geo.demo.plan import TOWN_NAME
from geo.demo.write import DemoSources, save_demo_sources

__all__ = ["TOWN_NAME", "DemoSources", "save_demo_sources"]
