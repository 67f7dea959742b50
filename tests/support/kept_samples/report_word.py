from kept_samples.sample import AT, Sample, text
from surveys.store.report_words import ReportWord, find_word, history_of, save_word

TEXT = "Zelkovaの取組"


def write(register):
    word = ReportWord(
        form="quarter", span="2026-04-01/2026-06-30", ground="", key="told/a/state",
        value=TEXT, by="担当", made_at=AT,
    )  # fmt: skip
    return str(save_word(register, word, seen=0).seq)


def read(register, id_):
    """What stands at the address it was written at."""
    word = find_word(register, int(id_))
    newest = history_of(register, word)[0] if word else None
    return newest.value if newest else None


SAMPLE = Sample(write=write, read=read, mark=text(TEXT))
