from sync_device import Device, client_of

from kept_samples.device import ID as DEVICE
from kept_samples.sample import Sample, text
from surveys.store.field_receipts import list_receipts

RECORD = "9e" * 16


def write(register):
    with client_of(register) as client:
        assert Device(client, DEVICE).receipt([RECORD])["missing"]["records"] == [RECORD]
    return DEVICE


def read(register, id_):
    return [one for one in list_receipts(register) if one["device_id"] == id_]


SAMPLE = Sample(write=write, read=read, mark=text(RECORD))
