from register_fixtures import new_version

from kept_samples.sample import Sample, text

NAME = "Zelkova-1-park"


def write(register):
    return register.save(new_version("kept-park", {"name": NAME})).site_id


SAMPLE = Sample(
    write=write,
    read=lambda register, id_: register.site(id_),
    mark=text(NAME),
    addresses=lambda id_: (
        f"/print/karte/{id_}?lang=en", "/register/pins.geojson?types=park", "/api/v1/field/pack",
    ),
)  # fmt: skip
