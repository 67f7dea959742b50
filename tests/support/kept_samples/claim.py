from register_fixtures import new_version

from kept_samples.sample import AT, Sample, text
from surveys.record.claim import Claim
from surveys.store.claims import keep_claims, list_claims

ID = "kept-claim"
PLACE = "osm-way-Zelkova-7"


def write(register):
    register.save(new_version("kept-claimed", {"name": "言われた"}))
    said = Claim(
        id=ID, place_id=PLACE, site_id="kept-claimed", inside="benches/b1", same=True,
        by="公園係", made_at=AT,
    )  # fmt: skip
    keep_claims(register, [said])
    return ID


def read(register, id_):
    """An answer stands until it is taken back."""
    return next((one for one in list_claims(register) if one.id == id_ and not one.undone_at), None)


SAMPLE = Sample(write=write, read=read, mark=text(PLACE))
