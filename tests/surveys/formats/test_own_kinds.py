"""Files say and read the office's kinds: any list, any entries, in each format and back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from register_strategies import READ_BACK, files, texts

from geo.base.problems import InputError
from surveys.formats.format import FORMATS, dump_type
from surveys.formats.parts.interpret import interpret
from surveys.formats.parts.labels import code_of
from surveys.formats.upload import read_upload
from surveys.record.own_choices import OwnChoice, carry_on, declared_choices, with_choices
from surveys.record.portable import Portable
from surveys.types import LOGS

AT = "2026-12-02T07:00:00Z"
TYPE = LOGS["activity"]
KIND = TYPE.field("kind")
TEN = declared_choices(KIND)
LAW = settings(max_examples=15, suppress_health_check=list(HealthCheck), derandomize=True)


@st.composite
def lists(draw):
    """An office's list: some of the ten renamed or hidden, some of its own, in any order."""
    rows = list(TEN)
    for number in range(draw(st.integers(0, 4))):
        ja, en, hidden = draw(texts), draw(texts), draw(st.booleans())
        rows.append(OwnChoice(id=f"own_{number:04}", ja=ja[:44], en=en[:44], hidden=hidden))
        try:
            carry_on(KIND, TEN, rows)
        except InputError:
            rows.pop()
    try:
        at, ja = draw(st.integers(0, len(TEN) - 1)), draw(texts)
        rows[at] = OwnChoice(
            id=rows[at].id, ja=ja[:40], hidden=rows[at].id != "other" and draw(st.booleans())
        )
        return carry_on(KIND, TEN, draw(st.permutations(rows)))
    except InputError:
        return TEN


def read(data, format_id, type_=TYPE):
    return interpret(read_upload(data, file=f"x{FORMATS[format_id].suffix}"), type_)


@pytest.mark.parametrize("format_id", READ_BACK)
def test_any_list_and_any_entries_come_back_equal(format_id):
    @LAW
    @given(st.data(), lists(), st.sampled_from(("ja", "en")))
    def law(data, own, lang):
        type_ = with_choices(TYPE, "kind", own)
        sites = [
            Portable(type=TYPE.id, id=f"k{n}", answers={"name": f"k{n}", "kind": one.id})
            for n, one in enumerate(own)
        ]
        sites += [one for one in data.draw(files(type_)) if not one.id.startswith("k")]
        reading = read(
            dump_type(format_id, type_, sites, lang=lang, made_at=AT, exact=True), format_id, type_
        )
        assert list(reading.problems) == []
        assert [one.site.answers for one in reading.rows] == [one.answers for one in sites]

    law()


@pytest.mark.parametrize("format_id", READ_BACK)
def test_an_older_files_word_is_read_and_another_towns_is_kept_as_a_word(format_id):
    theirs = with_choices(
        TYPE, "kind", carry_on(KIND, TEN, [*TEN, OwnChoice(id="own_aaaa", ja="見守り")])
    )
    sites = [Portable(type=TYPE.id, id="a", answers={"name": "a", "kind": "company"}),
             Portable(type=TYPE.id, id="b", answers={"name": "b", "kind": "own_aaaa"})]  # fmt: skip
    data = dump_type(format_id, theirs, sites, made_at=AT)
    renamed = [
        OwnChoice(id="company", ja="会社まわり"),
        *(one for one in TEN if one.id != "company"),
    ]
    ours = with_choices(TYPE, "kind", carry_on(KIND, TEN, renamed))
    one, other = (row.site.answers for row in read(data, format_id, ours).rows)
    assert one["kind"] == "company"
    assert "kind" not in other and other["own_kind"] == "見守り"


def test_a_file_of_codes_has_ids_of_what_is_declared_and_words_of_what_is_not():
    field = with_choices(TYPE, "kind", (*TEN, OwnChoice(id="own_aaaa", ja="見守り"))).field("kind")
    assert [code_of(field, one) for one in ("company", "own_aaaa")] == ["company", "見守り"]
