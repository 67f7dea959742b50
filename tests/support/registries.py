"""Every registry there is, by what its entries are called."""

from geo.base.settings import SETTINGS
from geo.measures import MEASURES
from geo.sources.heights.heights import HEIGHTS
from geo.sources.roles import ROLES
from geo.sources.streets.streets import STREETS
from geo.sources.where.declared import FILE_KINDS
from geo.walk.walkers import WALKERS
from layers.doctor.all import find_checks
from layers.layered.all import MAP_LAYERS
from layers.layered.parts.declare import GROUPS as LAYER_GROUPS
from layers.layered.parts.declare import VIEWS
from layers.routes.all import ROUTES
from layers.sheets.sheet import SHEETS
from pages.parts.frame.declared import GROUPS, find_pages
from surveys.api.kinds import KINDS
from surveys.formats.format import FORMATS
from surveys.reports import REPORTS
from surveys.rules import RULES
from surveys.types import EVERY_TYPE

REGISTRIES = {
    "record type": EVERY_TYPE, "measure": MEASURES, "walker": WALKERS, "rule": RULES,
    "format": FORMATS, "role of a source": ROLES, "streets": STREETS, "heights": HEIGHTS,
    "kind of file": FILE_KINDS,
    "sheet": SHEETS, "page": find_pages(), "group of pages": GROUPS, "routes": ROUTES,
    "map layer": MAP_LAYERS, "group of map layers": LAYER_GROUPS, "view of the map": VIEWS,
    "setting": SETTINGS, "kind of answer": KINDS, "report": REPORTS,
    "check of an installation": find_checks(),
}  # fmt: skip
ENTRIES = [
    (f"{kind} {id_}", id_, entry)
    for kind, entries in REGISTRIES.items()
    for id_, entry in entries.items()
]
