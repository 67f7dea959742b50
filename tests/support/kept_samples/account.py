from kept_samples.sample import AT, Sample, text
from surveys.accounts.user import User
from surveys.store.accounts import Account, add_account, find_account

FINGERPRINT = "Zelkova-5-fingerprint"


def write(register, id_="kept-user", name="zelkova"):
    user = User(id=id_, name=name, title="ためし係")
    add_account(register, Account(user=user, password=FINGERPRINT), AT)
    return id_


def read(register, _id):
    found = find_account(register, "zelkova")
    return None if found is None or found.user.disabled else found


SAMPLE = Sample(write=write, read=read, mark=text(FINGERPRINT))
