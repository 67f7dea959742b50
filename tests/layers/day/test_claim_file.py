"""A file of answers as a plan: of one pair each, and what is asked once they are kept."""

import itertools

import pytest
import shapely
from register_fixtures import new_version, open_sqlite
from toy_town import toy_town

from geo.toy import toy_sites
from layers.day.claim_file import plan_claims
from layers.day.claim_words import ClaimWords
from layers.day.day import Day
from layers.day.salons import When
from layers.day.told import Told
from surveys.store.claims import keep_claims

AT = "2026-11-21T09:00:00.000Z"


@pytest.fixture
def register(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    made = open_sqlite(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture
def town(register):
    """A shop of the map, three records of shops near it, one salon; one shop without a place."""
    own = toy_sites([(0.0, 0.0), (200.0, 200.0)]).assign(
        site_id=["s0", "osm-n1"], kind=["salon", "shop"], name=["集い", "八百屋"],
        source=["手", "OpenStreetMap"],
    )  # fmt: skip
    made = toy_town(sites=own)
    for id_, type_, x in (("r1", "shop", 204.0), ("r2", "shop", 210.0), ("r3", "salon", 200.0)):
        lon, lat = made.plane.to_lonlat([x], [200.0])
        place = shapely.Point(float(lon[0]), float(lat[0]))
        register.save(new_version(id_, {"name": id_}, type=type_, place=place))
    register.save(new_version("r4", {"name": "場所なし"}, type="shop", place=None))
    return made


def joined_of(town, register):
    return Day(told=Told(town=town, register=register), when=When(on="2026-11-21")).told.joined


def plan(town, register, *rows, heads="所,答え"):
    ids = (f"c{at}" for at in itertools.count())
    data = "\n".join([heads, *rows]).encode()
    return plan_claims(
        data, joined_of(town, register), register, file="c.csv", by="", now=AT,
        new_id=lambda: next(ids),
    )  # fmt: skip


@pytest.mark.parametrize("answer", ["-", "ちがう", "not the same", "1", "同じ", "Same", "-2", "2"])
def test_what_is_left_is_what_is_asked_once_the_answers_are_kept(town, register, answer):
    made = plan(town, register, f"osm-n1,{answer}")
    keep_claims(register, made.claims)
    joined = joined_of(town, register)
    assert len(made.claims) == 1 and made.left == len(joined.asked)
    assert made.claims[0].same is (answer in ("1", "同じ", "Same", "2"))


def test_a_no_of_one_brings_up_the_next_and_names_it(town, register):
    made = plan(town, register, "osm-n1,-")
    assert [one.ja for one in made.lines] == [
        "osm-n1（買い物先「八百屋」）は、記録 1「r1」とちがう所",
        "次に尋ねる：osm-n1（買い物先「八百屋」）は、記録 2「r2」（10m）と同じか",
    ]
    assert made.left == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("4", "記録 4「場所なし」には場所がありません"),
        ("3", "種類がちがいます（所は買い物先、記録は通いの場）"),
        ("9", "この番号・IDの地点は一覧にありません"),
        ("1/benches/b1", "記録 1「r1」に benches/b1 はありません"),
    ],
)
def test_each_reason_is_its_own(town, register, answer, why):
    (problem,) = plan(town, register, f"osm-n1,{answer}").problems
    assert problem.reason.ja.startswith(why)


def test_a_row_answers_what_it_showed_though_another_is_asked_since(town, register):
    heads = "所,推定の記録,いまの記録,答え"
    keep_claims(register, plan(town, register, "osm-n1,-").claims)
    made = plan(town, register, "osm-n1,1,,-", heads=heads)
    assert (made.claims, made.skipped, made.problems) == ((), 1, ())
    (problem,) = plan(town, register, "osm-n1,,,-", heads=heads).problems
    assert "尋ねている記録がありません" in problem.reason.ja


def test_a_number_that_begins_with_a_dash_is_read_as_one_it_is_not(town, register):
    words = ClaimWords(joined_of(town, register), register)
    assert words.knows("2") and words.knows("r2") and not words.knows("-2")
    (claim,) = plan(town, register, "osm-n1,-2").claims
    assert (claim.thing_id, claim.same) == ("r2", False)
