from sqlalchemy import select

from kept_samples.sample import AT, Sample, text
from surveys.store.accounts import count_try
from surveys.store.engine import reading
from surveys.store.field_tables import SIGN_IN_TRY

KEY = "name:zelkova-6"


def write(register):
    count_try(register, KEY, at=AT, since="2026-11-20")
    return KEY


def read(register, id_):
    with reading(register.engine) as connection:
        wanted = select(SIGN_IN_TRY.c.count).where(SIGN_IN_TRY.c.key == id_)
        return connection.scalar(wanted)


SAMPLE = Sample(write=write, read=read, mark=text(KEY))
