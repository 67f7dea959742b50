"""What a walk came to: each place once, and never done while one is unseen and unexplained."""

import pytest
from register_fixtures import new_version

from surveys.record.outcome import outcome_of, say_state

CLOSED = {"is": "closed", "on": "2026-11-21"}


def wrote(site_id, kind="confirm", **more):
    return new_version(site_id, {}, type="bench", kind=kind, walk_id="w", **more)


@pytest.mark.parametrize(
    ("versions", "more", "state", "said"),
    [
        ((), {}, "yet", "まだ"),
        ((), {"ended_on": "2026-11-21"}, "left", "見ていない所が2か所"),
        (("a",), {}, "begun", "途中"),
        (("a",), {"ended_on": "2026-11-21"}, "left", "見ていない所が1か所"),
        (("a",), {"unseen": [{"_id": "1", "place": ["b"], "why": "shut"}]}, "done", "おわった"),
        (("a", "b"), {}, "done", "おわった"),
        (("a", "b"), {"ended_on": "2026-11-21"}, "done", "おわった"),
    ],
)
def test_the_state_of_a_walk(versions, more, state, said):
    found = outcome_of({"places": ["a", "b"], **more}, [wrote(one) for one in versions])
    assert found.state == state and say_state(found).ja == said


def test_each_place_stands_under_one_heading():
    versions = [wrote("a"), wrote("b", "retire", status=CLOSED), wrote("new"), wrote("x", "absent")]
    found = outcome_of({"places": ["a", "b", "c", "a"]}, versions)
    assert (found.listed, found.added, found.gone) == (("a", "c"), ("new",), ("b", "x"))
    assert found.missed == ("c",) and found.count("seen") == 1
