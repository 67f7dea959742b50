from sync_device import Device, client_of, photo, sha

from kept_samples.device import ID as DEVICE
from kept_samples.sample import Sample
from surveys.store.field_receipts import list_held_photos
from surveys.store.received_photos import load_held_photo

DATA = b"Zelkova-9: no photo at all"


def write(register):
    """One no program can open, kept as it came, and one that is on the shelf."""
    with client_of(register) as client:
        device = Device(client, DEVICE)
        assert device.photo(DATA).json()["state"] == "held"
        assert device.photo(photo(40_022)).json()["state"] == "kept"
    return sha(DATA)


def read(register, id_):
    return load_held_photo(register, id_), list_held_photos(register)


SAMPLE = Sample(write=write, read=read, mark=lambda _register, _id: DATA)
