from kept_samples.sample import Sample, text
from surveys.store.looks import Look, find_look, keep_look

WHO = "somebody-who-looked"


def write(register):
    keep_look(register, Look(who=WHO, at="2026-11-21T01:02:03.000Z", salons={"s1": "東町の朝の会"}))
    return WHO


SAMPLE = Sample(
    write=write,
    read=find_look,
    mark=text(WHO),
)
