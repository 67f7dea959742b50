import shapely
from register_fixtures import new_version

from kept_samples.sample import Sample, text
from surveys.store.listing import list_walks

NAME = "Zelkova-2-walk"
LINE = shapely.LineString([(138.6011, 35.0009), (138.6022, 35.0009)])


def write(register):
    walk = {"name": NAME, "on": "2026-11-21"}
    version = new_version("kept-walk", walk, type="walk", place=LINE)
    return register.save(version).site_id


def read(register, id_):
    return next((one for one in list_walks(register) if one.id == id_), None)


SAMPLE = Sample(
    write=write,
    read=read,
    mark=text(NAME),
    addresses=lambda id_: (f"/print/walk/{id_}", f"/api/v1/field/pack?walk={id_}"),
)
