"""Sites as people and attackers write them, for Hypothesis: ordinary Japanese and hostile text.

`portables(type_)` draws what a file may hold; `answers(type_)` only its answers, in the form the
register keeps them.
"""

from datetime import date

import shapely
from hypothesis import strategies as st

from geo.schedule import check_schedule
from surveys.declaration.field import KINDS_WITHOUT_UNKNOWN, UNKNOWN
from surveys.declaration.paths import flatten
from surveys.formats.format import FORMATS
from surveys.record.answers import check_answers
from surveys.record.compose import tidy_place
from surveys.record.history import SOURCES, STATUSES, SURES, Origin
from surveys.record.portable import Portable

# What is written in these is read back; a format may be written only.
READ_BACK = {id_: one for id_, one in FORMATS.items() if one.reading is not None}
HOSTILE = (
    "{{7*191}}", "{% raw %}", "{#", "100%} {%", "${x}", "=1+1", "＝1", "=cmd|' /C calc'!A0",
    "-5", "+81-3-1234-5678", "−5", "@SUM(A1)", "＠A1", "'quoted", "''=1", "'", '"', '"=1"', "`",
    "<script>alert(1)</script>", "</script>", "&amp;", "a,b;c、d/e", "一行目\n二行目", "\\N",
    "a\tb", "𠮷野家", "👩‍👩‍👧‍👦", "مرحبا", "\u202eabc", "⻑⻄⻘", "か\u3099", "ｶﾞ", "　全角　の空白　",
    "令和8年11月21日", "１００％", "不明", "なし", "unknown", "none", "あり", "1", "TRUE", "1E5",
    "0012", "3.10", "1-2", "2026/11/21", "12:30", "#N/A", "#REF!", "_x000D_", "_x0041_",
    "_x005F_x0041_", "NULL", "nan", "[1]", "{}", "; DROP TABLE site", "#LINK", "#1", "\ufeffbom",
    "長い文。" * 2250,
)  # fmt: skip
ORDINARY = (
    "富士見公園", "北口児童遊園", "ベンチの板が割れている。", "毎週火曜、雨の日は休み",
    "坂の途中に手すりがない", "高砂第二集会所", "ラジオ体操・グラウンドゴルフ", "ボランティア会",
)  # fmt: skip
# U+F8F0 to U+F8F3 are what Python makes of bytes Shift_JIS does not have: no text of a person.
_LETTERS = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\uf8f0\uf8f1\uf8f2\uf8f3"
)

texts = st.one_of(
    st.sampled_from(ORDINARY), st.sampled_from(HOSTILE), st.text(_LETTERS, max_size=12)
)
names = texts.map(lambda one: one[:60])
days = st.dates(date(1873, 1, 1), date(2100, 12, 31)).map(date.isoformat)
months = st.one_of(st.integers(1873, 2100).map(str), days.map(lambda one: one[:7]))
hours = st.one_of(st.just("24:00"), st.times().map(lambda one: one.strftime("%H:%M")))
degrees = st.tuples(st.floats(122.1, 154.9), st.floats(20.1, 45.9)).map(
    lambda at: [round(at[0], 7), round(at[1], 7)]
)
photos = st.lists(
    st.fixed_dictionaries({"id": st.from_regex("[0-9a-f]{64}", fullmatch=True), "caption": names}),
    max_size=2,
)
rules = st.one_of(
    st.fixed_dictionaries({"freq": st.just("text"), "text": names}),
    st.fixed_dictionaries(
        {"freq": st.just("weekly"), "weekdays": st.lists(st.integers(0, 6), min_size=1)},
        optional={
            "start": st.just("09:30"),
            "end": st.just("13:00"),
            "venue": names,
            "note": names,
        },
    ),
    st.fixed_dictionaries(
        {
            "freq": st.just("nth"),
            "weekdays": st.lists(st.integers(0, 6), min_size=1),
            "nth": st.lists(st.sampled_from((-1, 1, 3)), min_size=1),
        }
    ),
    st.just({"freq": "irregular"}),
)
schedules = st.lists(rules, max_size=2).map(lambda found: check_schedule(found)[0])
item_ids = st.from_regex("[0-9A-Za-z_-]{1,12}", fullmatch=True)


def values(field):
    """What a field may be answered, before it is checked."""
    known = {
        "choice": st.sampled_from([one.id for one in field.choices] or [""]),
        "choices": st.lists(st.sampled_from([one.id for one in field.choices] or [""]), max_size=4),
        "number": st.one_of(
            st.integers(int(-(-field.low // 1)), int(min(field.high, field.low + 10**6))),
            st.floats(field.low, min(field.high, field.low + 1000)),
        ),
        "text": texts, "note": texts, "date": days, "month": months, "time": hours,
        "schedule": schedules, "areas": st.lists(names, max_size=3),
        "sites": st.lists(item_ids, max_size=3), "photos": photos, "point": degrees,
    }  # fmt: skip
    found = things(field) if field.kind == "items" else known[field.kind]
    return found if field.kind in KINDS_WITHOUT_UNKNOWN else st.one_of(found, st.just(UNKNOWN))


@st.composite
def things(draw, field):
    """Items of one kind, some of them without a single answer."""
    ids = draw(st.lists(item_ids, max_size=3, unique=True))
    return [{"_id": id_, **draw(_some(field.item.fields, 4))} for id_ in ids]


@st.composite
def _some(draw, fields, most):
    chosen = draw(st.lists(st.sampled_from(fields), max_size=most, unique_by=lambda one: one.id))
    return {one.id: draw(values(one)) for one in chosen}


def answers(type_):
    """Answers in the form the register keeps them."""
    # Twice: a text cut to its length may end in a blank the first time.
    return _some(type_.fields, 8).map(
        lambda raw: check_answers(type_, check_answers(type_, raw)[0])[0]
    )


@st.composite
def places(draw, type_):
    """A place of any shape the type takes, or none."""
    lon, lat = draw(degrees)
    step = draw(st.sampled_from((0.0001, 0.0123457)))
    ring = [(lon, lat), (lon + step, lat), (lon + step, lat + step), (lon, lat)]
    hole = [(lon + step * a, lat + step * b) for a, b in ((0.7, 0.2), (0.8, 0.3), (0.8, 0.2))]
    shapes = {
        "point": [shapely.Point(lon, lat)],
        "line": [shapely.LineString(ring[:3]), shapely.MultiLineString([ring[:2], ring[2:]])],
        "area": [
            shapely.Polygon(ring),
            shapely.Polygon(ring, [hole]),
            shapely.MultiPolygon([shapely.Polygon(ring)]),
        ],
    }
    allowed = [None, *(one for shape in type_.shapes for one in shapes[shape])]
    place = draw(st.sampled_from(allowed))
    # Outer rings against the clock, as GeoJSON wants them.
    return tidy_place(None if place is None else shapely.orient_polygons(place))


_SAID = {
    "source": st.sampled_from(SOURCES), "sure": st.sampled_from(SURES),
    "by": names.map(lambda one: " ".join(one.split())), "on": st.one_of(st.just(""), days),
}  # fmt: skip
statuses = st.one_of(
    st.just({"is": "active"}),
    st.fixed_dictionaries(
        {"is": st.sampled_from(STATUSES)},
        optional={"on": days, "reason": st.sampled_from([*ORDINARY, "=1", "不明", "'x"])},
    ),
)


@st.composite
def portables(draw, type_, id_="s1"):
    """One site as a file may hold it, with the id given."""
    said = draw(answers(type_))
    paths = [*flatten(type_, said), "@place", "@status"]
    differing = draw(st.lists(st.sampled_from(paths), max_size=2, unique=True))
    origins = {
        path: draw(st.fixed_dictionaries({}, optional=_SAID).filter(bool)) for path in differing
    }
    return Portable(
        type=type_.id,
        id=id_,
        number=draw(st.integers(0, 999)),
        answers=said,
        place=draw(places(type_)),
        status=draw(statuses),
        origin=Origin(**draw(st.fixed_dictionaries(_SAID))),
        origins=origins,
        seen_on=draw(st.one_of(st.just(""), days)),
    )


def files(type_, most=3):
    """A few sites of a type, each with an id of its own."""
    return st.integers(0, most).flatmap(
        lambda count: st.tuples(*(portables(type_, f"s{n}") for n in range(count))).map(list)
    )
