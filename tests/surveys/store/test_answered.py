"""A list asked for days, numbers, dates and choices, in each of its orders: beside a brute force."""

import random

import pytest
import shapely
from register_fixtures import LATER, READ, SEEN, new_version

from geo.schedule import Times, fit_schedule, parse_schedule
from surveys.record.history import Origin
from surveys.store.answered import OpenWhen
from surveys.store.listing import (
    SiteQuery,
    count_sites,
    count_types,
    each_site,
    list_page,
    list_pins,
    list_sites,
)
from surveys.store.receipt import Batch
from surveys.store.rows import search_key
from surveys.store.site_order import ORDERS

TUESDAYS = parse_schedule("毎週火曜 10:00～11:30")
AFTERNOONS = parse_schedule("第2・4木曜 13:30～")
UNTOLD = parse_schedule("月1回")
AREAS = tuple(shapely.box(139.8 + at / 10, 35.6, 139.9 + at / 10, 35.7) for at in (1, 0))


def add(register, id_="s1", type_="salon", **answers):
    register.save(new_version(id_, answers, type=type_))


def group(id_="a", **answers):
    return {"_id": id_, **answers}


def found(register, **query):
    return [site.id for site in each_site(register, SiteQuery(order="number", **query))]


@pytest.fixture
def halls(register):
    add(register, "both", activities=[group(schedule=TUESDAYS, content=["exercise"], fee_yen=0)])
    add(register, "apart", activities=[
        group("a", schedule=TUESDAYS, content=["tea"], fee_yen=300, area=["東町"]),
        group("b", schedule=AFTERNOONS, content=["exercise"], subsidy_until="2027-03-31"),
    ])  # fmt: skip
    add(
        register, "over", activities=[group(schedule=TUESDAYS, content=["exercise"], state="ended")]
    )
    add(
        register, "untold", tatami_count=8.5, activities=[group(schedule=UNTOLD, content=["hobby"])]
    )
    add(register, "silent", tatami_count="unknown", activities=[group(content=["hobby"])])
    add(register, "park", "park", exercise_schedule=TUESDAYS, opened="1980")
    add(register, "hill", "park", opened="1980-04")
    return register


EXERCISE = {"activities/content": ("exercise",)}
ASKED = [
    ("a weekday", {"when": OpenWhen(weekdays=(1,))}, ["both", "apart", "park"]),
    ("two weekdays, either", {"when": OpenWhen(weekdays=(1, 3))}, ["both", "apart", "park"]),
    ("the afternoon", {"when": OpenWhen(half="pm")}, ["apart"]),
    ("day and half of one group", {"when": OpenWhen(weekdays=(1,), half="pm")}, []),
    ("what is not told, too", {"when": OpenWhen(weekdays=(3,), unclear=True)},
        ["apart", "untold", "silent"]),
    ("content and day of one group", {"when": OpenWhen(weekdays=(1,)), "choices": EXERCISE}, ["both"]),
    ("a group that is over, asked for", {"when": OpenWhen(weekdays=(1,)),
        "choices": {"activities/state": ("ended",)}}, ["over"]),
    ("content alone", {"choices": EXERCISE}, ["both", "apart", "over"]),
    ("free", {"limits": {"activities/fee_yen": (0, 0)}}, ["both"]),
    ("fee and content of one group",
        {"limits": {"activities/fee_yen": (100, None)}, "choices": EXERCISE}, []),
    ("a date from", {"limits": {"activities/subsidy_until": ("2027-01-01", None)}}, ["apart"]),
    ("a date to, by month", {"limits": {"activities/subsidy_until": (None, "2027-03")}}, ["apart"]),
    ("a date to, before", {"limits": {"activities/subsidy_until": (None, "2027-02")}}, []),
    ("a number with decimals", {"limits": {"tatami_count": (8.5, 8.5)}}, ["untold"]),
    ("not known is no number", {"limits": {"tatami_count": (None, 1000)}}, ["untold"]),
    ("a year holds its months", {"limits": {"opened": ("1980", "1980")}}, ["park", "hill"]),
    ("who may come, of one group", {"open_to": "西町", "choices": EXERCISE}, ["both", "apart"]),
    ("who may come and when, of one group", {"open_to": "西町", "when": OpenWhen(weekdays=(1,))}, ["both"]),
    ("no key of ours", {"limits": {"opened') OR 1=1 --": ("1980", None)}}, []),
]  # fmt: skip


@pytest.mark.parametrize(("why", "query", "ids"), ASKED, ids=[why for why, _, _ in ASKED])
def test_what_is_asked_of_a_thing_is_asked_of_one_and_the_same(halls, why, query, ids):
    assert found(halls, **query) == ids


def test_who_may_come_is_those_named_and_all_where_nobody_said(register):
    say = {
        "named": ["⻄町"], "other": ["東町"], "all": ["全市"], "around": ["第1圏域"], "both": ["東町", "西町"],
        "untold": None, "unknown": "unknown",
    }  # fmt: skip
    for id_, areas in say.items():
        add(register, id_, activities=[group(area=areas)])
    add(register, "over", activities=[group(area=["西町"], state="ended")])
    add(register, "two", activities=[group("a", area=["東町"]), group("b", area=["西町"])])
    add(register, "silent", name="会館")
    add(register, "shop", "shop", name="店", area=["西町"])
    add(register, "far", "shop", name="遠い店", area=["東町"])
    add(register, "bench", "bench", name="ベンチ")
    west = ["named", "all", "both", "untold", "two", "silent", "shop"]
    assert found(register, open_to="西町") == west
    assert found(register, open_to="西町", open_names=("第1圏域",)) == sorted(
        [*west, "around"], key=[*say, "over", "two", "silent", "shop"].index
    )
    assert found(register, open_to="どこにもない町") == ["all", "untold", "silent"]


def test_words_of_choices_and_days_find_sites(halls):
    assert found(halls, words="カラオケ") == ["untold", "silent"]
    assert found(halls, words="木曜 体操") == found(halls, words="thursday exercise") == ["apart"]


def test_what_an_undone_import_left_is_shown_only_when_all_is_asked_for(register):
    rows = [
        new_version(id_, {"name": id_, "activities": [group(group="会")]}, type="salon", kind="import",
            origin=READ, batch_id="b1")
        for id_ in ("left", "seen", "alone")
    ]  # fmt: skip
    register.save_all(rows, Batch(
        id="b1", file="x.csv", sha256="0" * 64, type="salon", by="", made_at=LATER, counts={}, undone_at=None,
    ))  # fmt: skip
    for id_, more in (("left", {"kind": "correct"}), ("seen", {})):
        before = register.site(id_).state
        register.save(
            new_version(id_, {"name": id_, "activities": [group(group="会", state="active")]},
                type="salon", before=before, **more)
        )  # fmt: skip
    register.undo_batch("b1", now=LATER)
    assert found(register) == ["seen"] and found(register, statuses=()) == ["left", "seen"]
    assert register.site("left").left_over and register.site("alone").hidden
    register.redo_batch("b1")
    assert found(register) == ["left", "seen", "alone"] and count_types(register) == {"salon": 3}


def fill(register, rng, count=40):
    """Keep random sites, many of them equal in what orders go by."""
    for at in range(count):
        answers = {
            "name": rng.choice(["", "桜", "梅", "さくら", "Park"]), "kana": rng.choice([None, "サクラ", "うめ"]),
            "activities": [
                group(str(one), schedule=rng.choice([None, TUESDAYS, AFTERNOONS, UNTOLD]),
                    content=rng.sample(["exercise", "tea", "hobby"], 2), fee_yen=rng.choice([None, 0, 100]))
                for one in range(rng.randint(0, 2))
            ],
        }  # fmt: skip
        told = rng.random() < 0.7
        origin = Origin(source="surveyed", sure="sure", by="", on=f"2026-0{rng.randint(1, 3)}-01")
        place = (
            shapely.Point(139.75 + rng.randint(0, 5) * 0.05, 35.65)
            if rng.random() < 0.8 or not answers["name"]
            else None
        )
        register.save(
            new_version(f"s{at}", answers, type="salon", place=place, kind="visit" if told else "import",
                origin=origin if told else READ, made_at=f"2026-11-0{rng.randint(1, 3)}T00:00:00Z")
        )  # fmt: skip


def area_of(site):
    if site.place is None:
        return len(AREAS) + 1
    return next((at for at, area in enumerate(AREAS) if area.intersects(site.place)), len(AREAS))


def later_first(text):
    return tuple(-ord(sign) for sign in text) or (1,)


def key_of(order, site):
    """Return what an order is defined by; equals go by number."""
    name = (not site.title, search_key(str(site.answer("kana") or site.title)))
    return {
        "due": (site.due_on,), "name": name, "seen": later_first(site.state.seen_on),
        "area": (area_of(site), *name), "changed": later_first(site.changed_at), "number": (),
    }[order], site.number  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_every_order_is_as_defined_and_its_pages_hold_each_site_once(register, seed):
    fill(register, random.Random(seed))  # noqa: S311 - sites, not secrets
    sites = [register.site(id_) for id_ in register.site_ids()]
    for order in ORDERS:
        wanted = [one.id for one in sorted(sites, key=lambda site: key_of(order, site))]
        query = SiteQuery(order=order, areas=AREAS)
        pages = [list_page(register, query, limit=7, offset=at) for at in range(0, 42, 7)]
        assert [site.id for page in pages for site in page] == wanted, order
        assert [site.id for site in each_site(register, query)] == wanted
        assert list_sites(register, query, limit=7)[1] == count_sites(register, query)[0] == 40
        assert len(list_pins(register, query)) == sum(site.place is not None for site in sites)


def is_wanted(site, content, fee, when):
    """Say by hand whether one group of a site is as asked."""

    def fits(thing):
        rules = thing.get("schedule")
        least = ("yes", "maybe") if when.unclear else ("yes",)
        days = when.weekdays or (None,)
        met = (not rules and when.unclear) or (rules and any(
            fit_schedule(rules, Times(weekday=day, half=when.half)).fits in least for day in days
        ))  # fmt: skip
        told = thing.get("fee_yen")
        return (
            (not content or content in thing.get("content", ()))
            and (fee is None or (told is not None and told <= fee))
            and (when.empty or met)
        )

    asked = content or fee is not None or not when.empty
    return not asked or any(fits(one) for one in site.answer("activities") or ())


def test_random_questions_find_what_a_brute_force_finds(register):
    rng = random.Random(3)  # noqa: S311 - sites, not secrets
    fill(register, rng)
    sites = [register.site(id_) for id_ in register.site_ids()]
    hits = 0
    for _ in range(60):
        content, fee = rng.choice(["", "exercise", "hobby"]), rng.choice([None, 0, 50])
        when = OpenWhen(
            weekdays=tuple(sorted(rng.sample(range(5), rng.randint(0, 2)))),
            half=rng.choice([None, "am", "pm"]), unclear=rng.random() < 0.3,
        )  # fmt: skip
        query = {
            "choices": {"activities/content": (content,)} if content else {},
            "limits": {"activities/fee_yen": (None, fee)} if fee is not None else {}, "when": when,
        }  # fmt: skip
        wanted = [site.id for site in sites if is_wanted(site, content, fee, when)]
        assert found(register, **query) == wanted, (content, fee, when)
        hits += 0 < len(wanted) < len(sites)
    assert hits > 20  # the questions did tell sites apart


def test_how_many_ask_to_be_confirmed_is_counted_with_them(register):
    add(register, "seen", name="見た")
    register.save(new_version("never", {"name": "まだ"}, type="salon", kind="import", origin=READ))
    assert count_sites(register, SiteQuery(), due_by="2026-11-21") == (2, 1)
    assert count_sites(register, SiteQuery(types=("park",))) == (0, 0)
    assert SEEN.on == "2026-11-21"
