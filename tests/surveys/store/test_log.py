"""Entries of a log by day, kind, area and word, on both databases (`surveys.store.log`)."""

import pytest
from register_fixtures import new_version

from surveys.store.listing import SiteQuery, list_sites
from surveys.store.log import (
    LogQuery,
    areas_used,
    each_entry,
    entries_about,
    list_entries,
    list_steps,
)

ENTRIES = {
    "a": {"name": "協議体", "on": "2026-12-01", "kind": "meeting", "area": ["中央"]},
    "b": {"name": "電話", "on": "2026-11-30", "kind": "company", "area": ["東町", "西町"]},
    "c": {"on_text": "9月16日", "kind": "meeting"},
    "d": {"on": "unknown", "kind": "other", "note": "さくら荘"},
    "e": {"on": "2026-12-15", "stage": "planned", "area": "unknown"},
}


@pytest.fixture
def log(register):
    for id_, answers in ENTRIES.items():
        register.save(new_version(id_, answers, type="activity"))
    register.save(new_version("p", {"name": "公園"}, type="park"))
    return register


def ids(register, **query):
    return [one.id for one in each_entry(register, LogQuery(**query))]


def test_those_of_no_known_day_come_first_then_the_newest(log):
    assert ids(log) == ["d", "c", "e", "a", "b"]
    page, total = list_entries(log, LogQuery(), limit=2, offset=2)
    assert [one.id for one in page] == ["e", "a"] and total == 5


def test_a_month_holds_its_first_and_its_last_day_and_none_without(log):
    assert ids(log, first="2026-11-01", last="2026-11-30") == ["b"]
    assert ids(log, first="2026-12-01", last="2026-12-31") == ["e", "a"]
    assert ids(log, first="2026-12-02") == ["e"]


def test_kind_area_and_word_are_asked_together(log):
    assert ids(log, kind="meeting") == ["c", "a"]
    assert ids(log, area="西町") == ["b"] and ids(log, area="西町", kind="meeting") == []
    assert ids(log, words="さくら") == ["d"]


def test_areas_are_those_that_were_written(log):
    assert areas_used(log) == sorted(["中央", "東町", "西町"])


def test_a_next_step_stands_from_a_week_before_until_it_is_done(register):
    for id_, on, state in (
        ("late", "2026-11-20", None), ("soon", "2026-12-09", None), ("far", "2026-12-10", None),
        ("done", "2026-12-02", "done"), ("old", "2025-11-01", None),
    ):  # fmt: skip
        answers = {"next_step": "電話", "next_on": on} | ({"next_state": state} if state else {})
        register.save(new_version(id_, answers, type="activity"))
    assert [one.id for one in list_steps(register, "2026-12-02", days=7)] == ["late", "soon"]


def test_a_log_is_in_no_list_of_sites_and_no_log_lists_a_site(log):
    assert [one.id for one in list_sites(log, SiteQuery(statuses=()))[0]] == ["p"]
    assert "p" not in ids(log)
    with pytest.raises(KeyError):
        list_entries(log, LogQuery(type="park"), limit=1)


def test_the_entries_that_name_a_site_a_concern_or_a_walk_are_found_the_newest_first(log):
    for id_, answers in {
        "x": {"on": "2026-10-01", "related_site": ["p", "q"], "note": "c1"},
        "y": {"on": "2026-10-05", "related_concern": ["c1"], "related_walk": ["w"]},
        "z": {"on_text": "9月", "related_site": ["p"], "related_concern": ["c1", "c2"]},
    }.items():
        log.save(new_version(id_, answers, type="activity"))
    found = {
        one: [e.id for e in entries_about(log, one)] for one in ("p", "c1", "c2", "w", "none", "")
    }
    assert found == {"p": ["x", "z"], "c1": ["y", "z"], "c2": ["z"], "w": ["y"], "none": [], "": []}
