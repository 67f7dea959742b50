"""Lines about the same trouble: the first, then one a minute with how many there were."""

import logging

import pytest

from layers.door.seldom import Seldom


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def log():
    clock, lines = Clock(), []
    log = logging.getLogger("kayoi.test")
    log.addFilter(Seldom(clock))

    class Lines(logging.Handler):
        def emit(self, record):
            lines.append(record.getMessage())

    log.addHandler(Lines())
    log.clock, log.lines = clock, lines
    yield log
    log.filters.clear()
    log.handlers.clear()


def test_a_thousand_refusals_are_one_line_a_minute_with_their_number(log):
    for second in range(121):
        log.clock.now = second
        for _ in range(10):
            log.warning("refused")
    assert log.lines == ["refused", "refused (+599)", "refused (+599)"]


def test_lines_of_another_kind_are_not_held_back(log):
    log.warning("refused")
    log.warning("broken off")
    assert log.lines == ["refused", "broken off"]


def test_what_is_no_trouble_is_not_written(log):
    log.info("GET /")
    assert log.lines == []


def raise_(error):
    raise error


def test_an_exception_from_the_same_line_is_told_once_and_another_apart(log):
    for number in range(5):
        try:
            raise_(ValueError(number))
        except ValueError:
            log.exception("failed with %s", number)
    try:
        int("x")
    except ValueError:
        log.exception("failed elsewhere")
    assert log.lines == ["failed with 0", "failed elsewhere"]


def test_kinds_without_end_do_not_fill_the_memory(log):
    seen = log.filters[0]._seen
    for number in range(2_000):
        log.warning(f"line {number}")  # noqa: G004 - each is a kind of its own
    assert len(seen) <= 500
