from sync_device import Device, client_of

from kept_samples.device import ID as DEVICE
from kept_samples.sample import AT, Sample, text
from surveys.store.devices import list_tracks

LINE = [[138.6012345, 35.0009, 5.0, AT], [138.6023456, 35.0009, 5.0, AT]]
ID = "ae" * 16


def write(register):
    with client_of(register) as client:
        assert Device(client, DEVICE).track(ID, LINE).status_code == 200
    return ID


def read(register, id_):
    return next((one for one in list_tracks(register) if one.id == id_), None)


def meddle(client, id_):
    """Another device deletes it, and writes another line under its id."""
    address = f"/api/v1/field/tracks/{id_}"
    assert client.delete(address).status_code == 200
    other = {"walk_id": None, "day": "2026-11-21", "points": [[138.7, 35.1, 5.0, AT]]}
    assert client.put(address, json=other).status_code == 200


SAMPLE = Sample(write=write, read=read, mark=text("138.6012345"), meddle=meddle)
