from kept_samples import account
from kept_samples.sample import AT, Sample, text
from surveys.store.accounts import Session, find_session, keep_session

ID = "5e" * 32


def write(register):
    owner = account.write(register, "kept-owner", "keyaki")
    made = Session(id=ID, account_id=owner, made_at=AT, seen_at=AT, ends_at="2027-01-01")
    keep_session(register, made)
    return ID


SAMPLE = Sample(write=write, read=find_session, mark=text(ID))
