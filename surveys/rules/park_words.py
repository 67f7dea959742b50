"""公園の一覧の文: what a park has, told in a sentence instead of columns (Yaizu, Takamatsu)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from geo.base.delimited import find_column
from geo.base.text import tidy
from geo.base.words import Words
from surveys.rules.rule import Rule, infer, read_texts, tell
from surveys.types.park import TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.base.problems import Problem
    from surveys.formats.raw.table import RawSheet
    from surveys.record.portable import Incoming
    from surveys.rules.rule import Improved

_FIELDS: Final = ("toilet_text", "facility_text", "play_text")
_NONE: Final = "(?:は|が)?(?:なし|無し|無$|ありません|ない)"
# A manhole's toilet is set up after an earthquake only.
_TOILET: Final = re.compile("(?<!マンホール)(?:トイレ|便所|便益施設)")
# In the toilets' own column the thing itself need not be named.
_IS_TOILET: Final = re.compile(
    "洋式|和式|水洗|男女[別共]|多機能|多目的|バリアフリー|^(?:あり|有|○)"
)
_NO_TOILET: Final = re.compile(f"(?:トイレ|便所){_NONE}")
_COUNTED: Final = r"\(?\s*([0-9]{1,2})\s*(?:台|基|脚|か所|箇所|ヶ所|ケ所)"
_BENCH: Final = re.compile("ベンチ")
_BENCHES: Final = re.compile(f"ベンチ{_COUNTED}")
_NO_BENCH: Final = re.compile(f"ベンチ{_NONE}")
_EXERCISE: Final = re.compile("健康(?:遊具|器具|増進)|背伸ばし|足つぼ")
_EXERCISES: Final = re.compile(f"健康(?:遊具|器具){_COUNTED}")
_PATH: Final = re.compile("遊歩道|緑道|園路|散策路")
_MOST: Final = 30  # benches of one park told in a sentence; more is a slip
# A drinking-water tank is a store for disasters, and a floodlight no light of the path.
_SAID: Final[tuple[tuple[str, str, str], ...]] = (
    ("shelter", "yes", "あずまや|四阿|東屋|パーゴラ|藤棚|休憩施設|休憩所|日よけ"),
    ("water", "yes", "水飲|飲水|水のみ"),
    ("light", "yes", "照明|街灯|外灯|園内灯"),
    ("aed", "yes", "AED"),
    ("parking", "free", "無料駐車"),
    ("parking", "paid", "有料駐車"),
)
_OF_TOILET: Final[tuple[tuple[str, str, str], ...]] = (
    ("parting", "separate", "男女別"),
    ("parting", "shared", "男女共[同用]"),
    ("wheelchair", "yes", "多機能|多目的|バリアフリー|身障者|車いす|車椅子|[だ誰]れ?でも"),
    ("ostomate", "yes", "オストメイト"),
    ("kind", "flush", "水洗"),
    ("kind", "pit", "[汲く]み?取"),
)
_TOILET_NUMBERS: Final = (("western_count", "洋式"), ("japanese_count", "和式"))
_BENCH_UNCOUNTED = Words(
    "ベンチがあるとありますが、数がありません。「ベンチの有無」だけ入れました。現地で数えてください",
    "benches are mentioned without a number: only that there are some was taken; count on site",
)
_EXERCISE_UNCOUNTED = Words(
    "健康遊具があるとありますが、数がありません。文のまま残しました。現地で数えてください",
    "exercise equipment is mentioned without a number; kept as text, to be counted on site",
)
_PATH_ONLY = Words(
    "歩く道があるとありますが、路面や幅は分かりません。文のまま残しました",
    "a path is mentioned, not its surface or width; kept as text",
)


def _fits(sheet: RawSheet) -> bool:
    fields = [TYPE.field(id_) for id_ in _FIELDS]
    names = [name for one in fields for name in (one.words.ja, one.words.en, *one.aliases)]
    return find_column(sheet.columns, names) is not None


def _improve(sheet: RawSheet, rows: Sequence[Incoming]) -> Improved:
    texts = read_texts(sheet)
    out, problems = [], []
    for one in rows:
        said = {key: tidy(str(one.site.answers.get(key) or "")) for key in _FIELDS}
        # Only facilities and toilets: a bench among the swings is part of the play equipment.
        text = f"{said['facility_text']}、{said['toilet_text']}"
        answers = _toilet(said) | _benches(text) | _plain(text)
        whole = f"{text}、{said['play_text']}"
        counted = _EXERCISES.search(whole)
        if counted and int(counted[1]):
            item = {"_id": "e1", "kind": "other", "count": int(counted[1])}
            answers["equipment"] = [item]
        if "農村公園" in tidy(str(one.site.answers.get("name") or "")):
            answers["park_kind"] = "rural"
        out.append(infer(TYPE, one, answers))
        kept = {"benches", "equipment"} & {*answers, *one.site.answers}
        problems += _unused(sheet, one, texts[one.row], kept)
    return out, problems


def _toilet(said: Mapping[str, str]) -> dict[str, Any]:
    text = f"{said['facility_text']}、{said['toilet_text']}"
    if _NO_TOILET.search(text) or re.fullmatch("なし|無|無し|×", said["toilet_text"]):
        return {"toilet": "none"}
    if not _TOILET.search(text) and not _IS_TOILET.search(said["toilet_text"]):
        return {}
    parts = [part for part in re.split("[、,。]", said["facility_text"]) if _TOILET.search(part)]
    told = "、".join([said["toilet_text"], *parts])
    item: dict[str, Any] = {
        key: value for key, value, words in reversed(_OF_TOILET) if re.search(words, told)
    }
    for key, word in _TOILET_NUMBERS:
        found = re.search(rf"{word}(?:トイレ)?\(?([0-9]{{1,2}})", told)
        item |= {key: int(found[1])} if found else {}
    return {"toilet": "there"} | ({"toilets": [{"_id": "t1", **item}]} if item else {})


def _benches(text: str) -> dict[str, Any]:
    counted = [int(found[1]) for found in _BENCHES.finditer(text)]
    if counted and 0 < sum(counted) <= _MOST:
        return {"benches": [{"_id": f"b{at}"} for at in range(1, sum(counted) + 1)]}
    if _NO_BENCH.search(text):
        return {"benches": []}
    return {"bench": "yes"} if _BENCH.search(text) else {}


def _plain(text: str) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value, words in _SAID:
        found = re.search(words, text)
        if found and not re.match(_NONE, text[found.end() :]):
            out.setdefault(key, value)
    return out


def _unused(
    sheet: RawSheet, one: Incoming, texts: Mapping[str, str], kept: set[str]
) -> list[Problem]:
    """Return what is mentioned and cannot be an answer, one a column."""
    fields = [TYPE.field(id_) for id_ in _FIELDS]
    looked = [find_column(sheet.columns, (o.words.ja, o.words.en, *o.aliases)) for o in fields]
    out: list[Problem] = []
    for column in filter(None, looked):
        text = tidy(texts.get(column, ""))
        if _BENCH.search(text) and "benches" not in kept:
            out.append(tell(sheet, one, column, text, _BENCH_UNCOUNTED))
        if _EXERCISE.search(text) and "equipment" not in kept:
            out.append(tell(sheet, one, column, text, _EXERCISE_UNCOUNTED))
        if _PATH.search(text):
            out.append(tell(sheet, one, column, text, _PATH_ONLY))
    return out


RULE = Rule(
    id="park_words",
    words=Words(
        "施設・トイレの文から、トイレ・日よけ・水飲みなどを読みとりました（推定）。"
        "説明のあるトイレは1か所とし、数のないベンチは有無だけ、健康遊具は文のまま残しました",
        "toilets, shelters, water and the like were read out of the texts (inferred); a toilet that"
        " is described counts as one, of benches without a number only that there are some was"
        " taken, and equipment without a number stays as text",
    ),
    type="park",
    fits=_fits,
    improve=_improve,
)
