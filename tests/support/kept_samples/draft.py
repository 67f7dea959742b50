from kept_samples.sample import AT, Sample, text
from surveys.store.drafts import Draft, find_draft, keep_draft

NAME = "Zelkova-4-draft"


def write(register):
    keep_draft(register, Draft(id="kept-draft", type="park", changed_at=AT, answers={"name": NAME}))
    return "kept-draft"


SAMPLE = Sample(write=write, read=find_draft, mark=text(NAME))
