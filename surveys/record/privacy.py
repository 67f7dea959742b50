"""What in a free text would tell who somebody is, found while it is written (個人の情報に気づく).

It notices, and says what to write instead; whether it stays is a person's to say, with a reason. It
cannot know all: a name without 様 or さん passes where it is no common one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from geo.base.words import Words
from surveys.declaration.paths import flatten, question_of
from surveys.record.called import ALONE, READ, ROLES, TRADES, WRITTEN
from surveys.record.private_text import contact_spans

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from surveys.declaration.record_type import RecordType

Kind = Literal["name", "phone", "mail", "age"]
# The question whose answer says why a text that names somebody stays; a type that asks it is watched.
REASON: Final = "private_reason"
_TEXTS: Final = frozenset({"text", "note"})
INSTEAD: Final[Mapping[Kind, Words]] = {
    "name": Words(
        "人の名前のようです。「民生委員」「80代の女性」のように、役職・年代・地区で書きます",
        "this looks like a person's name: write the role, the age group and the area",
    ),
    "phone": Words(
        "電話番号のようです。番号は書かず、「電話で聞いた」のように書きます",
        "this looks like a telephone number: leave it out",
    ),
    "mail": Words(
        "メールアドレスのようです。書かずに、団体の名前で書きます",
        "this looks like a mail address: write the organisation instead",
    ),
    "age": Words(
        "年齢と番地・部屋番号がいっしょだと、だれのことか分かります。年代と地区で書きます",
        "an age beside a house number tells who it is: write the age group and the area",
    ),
}
_KANJI: Final = "一-鿿々〆ヶ"
_KATA: Final = "ァ-ヺー"
_HIRA: Final = "ぁ-ゖ"
# A name before what is said to a person; 1 to 4 kanji (佐々木小次郎 is 6 with its first name).
_CALLED: Final = re.compile(
    rf"(?P<name>[{_KANJI}]{{1,6}}(?:[ 　][{_KANJI}{_HIRA}]{{1,4}})?|[{_KATA}]{{2,8}}(?:[ 　・][{_KATA}]{{2,8}})?"
    rf"|(?<![{_HIRA}])[{_HIRA}]{{2,4}}(?=ちゃん|くん))[ 　]?(?P<mark>さん|様|さま|氏|くん|君|ちゃん|殿)"
)
_SAID: Final = "(?:さん|様|さま|氏|くん|君|ちゃん)"
_READ_NAME: Final = re.compile(
    rf"(?:{'|'.join(WRITTEN)})[{_HIRA}]{{2,4}}{_SAID}|(?<![{_HIRA}])(?:{'|'.join(READ)})[ 　]?{_SAID}"
)
# A common family name before a role: 田中会長, 鈴木民生委員.
_BY_ROLE: Final = re.compile(
    rf"(?<![{_KANJI}])(?:{'|'.join(one for one in WRITTEN if len(one) > 1)})[ 　]?"
    r"(?:会長|区長|民生委員|児童委員|委員長|代表|課長|係長|部長|所長|館長|保健師|看護師|先生|医師|相談員)"
)
_ROLE: Final = re.compile(rf"(?:{'|'.join(ROLES)}|[者員屋店会課係局署社院校職達])$")
HEAD_OF_WORD: Final = {
    "様": re.compile("[々子式態相変]"),
    "さま": re.compile("ざま"),
    "氏": re.compile("[名神子族]"),
    "君": re.compile("[臨主]"),
    "さん": re.compile("(?:かく|ざい|ぽ|ぶつ)"),
    "くん": re.compile("[でだれ]"),
    "ちゃん": re.compile("と(?:した|して|す)|ぽん"),
    "殿": re.compile("[堂下]"),
}
# 多様, 同様, 仕様, 模様, 異様, 皆様.
WORDS_OF_SAMA: Final = frozenset("多同仕模異皆")
_SPOKEN: Final = re.compile(
    "(?:ば|ばあ|じ|じい|かあ|とう|ねえ|にい|あか|ぼっ|ひい|っさ|っか|っと|みな|んな|ども)$"
)
_TRADE: Final = re.compile(rf"(?:{'|'.join(TRADES)})$")
_AGE: Final = re.compile(
    r"(?<![0-9])(?:[1-9][0-9]|1[01][0-9])(?: ?歳| ?才)(?!以上|以下|未満|代|から|到達|前後|[~〜～])"
)
_DOOR: Final = re.compile(
    r"[0-9一二三四五六七八九十]{1,3} ?丁目 ?[0-9]{1,4}(?: ?番| ?-|の)(?: ?[0-9]{1,4}(?:-[0-9]{1,4})?)?(?: ?号)?"
    r"|[0-9]{1,5} ?番地|[0-9]{1,3} ?番 ?[0-9]{1,3} ?号|[0-9]{2,4} ?号室"
    r"|(?<![0-9-])[0-9]{1,4}-[0-9]{1,3}-[0-9]{1,4}(?![0-9-])"
    r"|(?<=[町字])[0-9]{1,4}(?:-[0-9]{1,4})?(?![0-9年月日人名歳回時個件円万%])"
)
# An age tells somebody together with a door that stands in the same sentence or the next.
NEAR: Final = 60
_SPOKEN_ALONE: Final = re.compile(f"[{_HIRA}]+")
_DASH: Final = re.compile(r"(?<=[0-9])[‐‑‒–—―−ー](?=[0-9])")
# By name, for `surveys.record.privacy_table`.
PATTERNS: Final[Mapping[str, re.Pattern[str]]] = {
    "dash": _DASH, "called": _CALLED, "read_name": _READ_NAME, "by_role": _BY_ROLE, "role": _ROLE,
    "spoken": _SPOKEN, "spoken_alone": _SPOKEN_ALONE, "trade": _TRADE, "age": _AGE, "door": _DOOR,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A place in a text that may tell who somebody is (気づいた所).

    Attributes
    ----------
    start, end
        Where it stands in the text as it was given, in signs.
    text
        What stands there.
    """

    kind: Kind
    start: int
    end: int
    text: str

    @property
    def instead(self) -> Words:
        """What to write instead (代わりに書くこと)."""
        return INSTEAD[self.kind]


def notice(text: str) -> list[Notice]:
    """Return every place of a text that may tell who somebody is, in its order (気づく).

    Examples
    --------
    >>> [one.text for one in notice("民生委員さんと、田中さん（０９０－１２３４－５６７８）を訪ねた")]
    ['田中さん', '０９０－１２３４－５６７８']
    >>> notice("お客様や皆さん、市役所さんと話した"), notice("Aさん、▲▲さんの様子")
    ([], [])
    >>> [one.kind for one in notice("85歳、本町3丁目2-5にお住まい")]
    ['age']
    """
    plain = _folded(text)
    found: list[tuple[int, int, Kind]] = [(start, end, "name") for start, end in _names(plain)]
    found += [(start, end, kind) for start, end, kind in contact_spans(plain)]
    found += [(start, end, "age") for start, end in _ages(plain)]
    out: list[Notice] = []
    for start, end, kind in sorted(found):
        if not out or start >= out[-1].end:
            out.append(Notice(kind=kind, start=start, end=end, text=text[start:end]))
    return out


def watched(type_: RecordType) -> tuple[str, ...]:
    """Return the questions whose texts are looked at, none of a type that asks no reason (見る項目).

    Those of the things inside a record are named as ``way/note``.

    Examples
    --------
    >>> from surveys.types import EVERY_TYPE
    >>> "note" in watched(EVERY_TYPE["activity"]), watched(EVERY_TYPE["park"])
    (True, ())
    >>> [one for one in watched(EVERY_TYPE["concern"]) if "/" in one]
    ['way/meeting', 'way/note']
    """
    if not type_.asks(REASON):
        return ()
    own = [one.id for one in type_.fields if one.kind in _TEXTS and one.id != REASON]
    inner = [
        f"{one.id}/{each.id}"
        for one in type_.fields
        if one.item is not None
        for each in one.item.fields
        if each.kind in _TEXTS
    ]
    return (*own, *inner)


def is_watched(asked: Collection[str], path: str) -> bool:
    """Say whether a path's text is looked at, where `watched` returned `asked` (見る答えか)."""
    return question_of(path) in asked


def notice_answers(type_: RecordType, answers: Mapping[str, Any]) -> dict[str, list[Notice]]:
    """Return what is noticed in the texts of a record, by path (記録の中で気づく)."""
    asked = watched(type_)
    if not asked:
        return {}
    texts = flatten(type_, answers)
    found = {
        path: notice(str(one)) for path, one in texts.items() if is_watched(asked, path) and one
    }
    return {path: some for path, some in found.items() if some}


def lacks_reason(type_: RecordType, answers: Mapping[str, Any]) -> bool:
    """Say whether a record names somebody and nobody said why it may (わけが要るか)."""
    return not answers.get(REASON) and bool(notice_answers(type_, answers))


def without_private(text: str) -> str:
    """Return a text for a paper others see, each place that is noticed left out (伏せる).

    Examples
    --------
    >>> without_private("田中さんから、買い物に困ると聞いた")
    '（伏せた）から、買い物に困ると聞いた'
    """
    out, at = [], 0
    for one in notice(text):
        out += [text[at : one.start], "（伏せた）"]
        at = one.end
    return "".join([*out, text[at:]])


def hide_private(type_: RecordType, flat: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by path as others than the office may read them, whatever reason is given (外に見せる答え).

    Of a type that is not watched all is as it was.

    Examples
    --------
    >>> from surveys.types import EVERY_TYPE
    >>> hide_private(EVERY_TYPE["concern"], {"result": "田中さんが手伝う", "tier": "tier_2"})
    {'result': '（伏せた）が手伝う', 'tier': 'tier_2'}
    """
    asked = watched(type_)
    return {
        path: without_private(value)
        if isinstance(value, str) and is_watched(asked, path)
        else value
        for path, value in flat.items()
    }


def _folded(text: str) -> str:
    """Return a text of one width, sign for sign, so that places in it are places in the text."""
    wide = (unicodedata.normalize("NFKC", one) for one in text)
    plain = "".join(one if len(one) == 1 else old for one, old in zip(wide, text, strict=True))
    # The mark of a long vowel is a dash in numbers alone.
    return _DASH.sub("-", plain)


def _names(plain: str) -> Iterator[tuple[int, int]]:
    for found in _CALLED.finditer(plain):
        tail = HEAD_OF_WORD.get(found["mark"])
        if tail is not None and tail.match(plain, found.end()):
            continue
        name = found["name"]
        if _is_name(name, found["mark"]):
            yield found.start(), found.end()
    for pattern in (_READ_NAME, _BY_ROLE):
        yield from ((one.start(), one.end()) for one in pattern.finditer(plain))


def _is_name(name: str, mark: str) -> bool:
    bare = name.strip()
    if mark == "様" and bare[-1] in WORDS_OF_SAMA:
        return False
    if _ROLE.search(bare) or _TRADE.search(bare):
        return bare in WRITTEN
    if _SPOKEN_ALONE.fullmatch(bare):
        return not _SPOKEN.search(bare)
    return bare not in ALONE


def _ages(plain: str) -> Iterator[tuple[int, int]]:
    """Yield each house number with the first age near it, ages and numbers in their order."""
    ages = [(one.start(), one.end()) for one in _AGE.finditer(plain)]
    at = 0
    for door in _DOOR.finditer(plain) if ages else ():
        while at < len(ages) and ages[at][1] < door.start() - NEAR:
            at += 1
        for start, end in ages[at:]:
            if start > door.end() + NEAR:
                break
            between = (
                plain[end : door.start()] if start < door.start() else plain[door.end() : start]
            )
            if between.count("。") <= 1:
                yield min(start, door.start()), max(end, door.end())
                break
