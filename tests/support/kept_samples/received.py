from sync_device import Device, client_of, submission

from kept_samples.device import ID as DEVICE
from kept_samples.sample import Sample, text
from surveys.store.field_receipts import list_received

TITLE = "Zelkova-8-held"


def write(register):
    """One that is held: a kept one shows as its site, which is another kind."""
    one = submission(id="8e" * 16, site_id="8f" * 16, type="castle", title=TITLE)
    with client_of(register) as client:
        assert Device(client, DEVICE).record(one).json()["state"] == "held"
    return one["id"]


def read(register, id_):
    return next((one for one in list_received(register) if one.id == id_), None)


SAMPLE = Sample(write=write, read=read, mark=text(TITLE))
