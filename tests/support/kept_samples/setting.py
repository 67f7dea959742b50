from kept_samples.sample import Sample, text
from surveys.types import RECORD_TYPES

MONTHS = 239


def write(register):
    register.set_fresh_months(RECORD_TYPES["park"], MONTHS)
    return "fresh_months.park"


SAMPLE = Sample(
    write=write,
    read=lambda register, _id: register.fresh_months(RECORD_TYPES["park"]),
    mark=text("fresh_months.park"),
)
