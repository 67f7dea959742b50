from kept_samples.sample import AT, Sample, text
from surveys.store.devices import Contact, keep_holds, list_devices

TITLE = "Zelkova-7-holds"
ID = "7e" * 16


def write(register):
    contact = Contact(device_id=ID, account_id=None, now=AT)
    keep_holds(register, contact, {"walk_title": TITLE})
    return ID


def read(register, id_):
    return next((one for one in list_devices(register) if one.id == id_), None)


SAMPLE = Sample(write=write, read=read, mark=text(TITLE))
