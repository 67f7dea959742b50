"""What a record type asks: fields, choices, and repeated items, as plain data (項目の宣言)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from geo.base.words import Words

FieldKind = Literal[
    "choice",  # one of a few
    "choices",  # any number of a few
    "number",
    "text",  # one line
    "note",  # several lines
    "date",
    "month",  # a year, or a year and month
    "time",
    "schedule",  # geo.schedule
    "areas",  # names of areas, as the municipality writes them
    "sites",  # ids of other sites
    "photos",  # of surveys.photos
    "point",  # longitude, latitude
    "items",  # repeated: benches of a park
]

# "Looked or asked, and it could not be told": a value like any other, apart from never having
# been asked, which is no value at all. Text has no such value: a person writes it.
UNKNOWN: Final = "unknown"
UNKNOWN_WORDS: Final = Words("不明", "not known")
NOT_ASKED_WORDS: Final = Words("未確認", "not asked")
NO_ITEMS_WORDS: Final = Words("なし", "none")
# Of choices the office edits: what has no name of its own. It is always offered.
REST: Final = "other"
# Answers that come before and after one another: a list asks them from and to.
RANGED: Final = frozenset({"number", "date", "month", "time"})
KINDS_WITHOUT_UNKNOWN: Final = frozenset({"text", "note", "photos", "point", "sites"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer offered (選択肢).

    Attributes
    ----------
    id
        Singular English; never renamed or reused: it is in people's data.
    words
        What is shown. It holds no "、" or ";", which part several choices in one cell.
    aliases
        Other writings that mean the same in files that are brought in.
    hidden
        Whether it is no longer offered: what was answered before is still said and read.
    """

    id: str
    words: Words
    aliases: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A repeated thing inside a site, such as one bench of a park (くりかえす物).

    Attributes
    ----------
    words
        What one is called.
    counter
        How many are counted: 台, か所.
    marker
        The record type whose sign it has.
    fields
        What is asked of each; never items again.
    often_one
        Whether most sites have one, so that a list of others tells it in columns of the site.
    """

    words: Words
    counter: Words
    marker: str
    fields: tuple[Field, ...]
    often_one: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question (項目).

    Attributes
    ----------
    id
        Singular English, unique in its type (or item); never renamed or reused.
    words
        The question, short, as a label.
    kind
        What an answer is; see `surveys.record.answers`.
    choices
        For ``choice`` and ``choices``; 「不明」 is added to every one.
    own
        Whether the office may edit its choices (役所が決める選択肢か): those declared are what it begins
        with. See `surveys.store.own_choices`.
    unit
        Of a number, as printed after it.
    low, high, decimals
        Bounds of a number, and its decimals.
    item
        For ``items``.
    help
        How to answer, in a sentence; may be ``None``.
    first
        Asked first; the others wait behind 詳しく.
    aliases
        Names of columns that hold the same in files that are brought in.
    filtered
        Offered as a filter of the list: choices to tick; numbers and dates from and to; areas whose
        people may come.
    carried
        Whether a device takes it outdoors (端末に入れる項目か). What is said of persons, their
        telephones and the town's money stays in the office: a tablet may be lost.
    office
        Whether it never leaves the office (庁内だけの項目か): it is in no file and on no paper for
        others.
    among
        Of ``sites``: ids of the record types it names, or ``walk``; none for any kind of site.
    beside
        Pairs: what else a cell may say of this answer, and the question that takes it. ``until`` is the
        last day of a span, ``planned`` a choice ``planned``; ``about`` and ``total`` are あり・なし of a number
        that was not counted, or counts a person each time. See `surveys.record.said`.
    words_in, unit_in
        The text that keeps a cell's own words where they say more than this answer can, and of an
        amount the choice that says what it is for; "" for none.
    """

    id: str
    words: Words
    kind: FieldKind
    choices: tuple[Choice, ...] = ()
    own: bool = False
    unit: str = ""
    low: float = 0
    high: float = 1_000_000
    decimals: int = 0
    item: Item | None = None
    help: Words | None = None
    first: bool = False
    aliases: tuple[str, ...] = field(default=())
    filtered: bool = False
    carried: bool = True
    office: bool = False
    words_in: str = ""
    unit_in: str = ""
    among: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a declaration that cannot be asked."""
        if (self.kind in ("choice", "choices")) != bool(self.choices):
            raise ValueError(f"field {self.id}: choices belong to choice and choices")
        if (self.kind == "items") != (self.item is not None):
            raise ValueError(f"field {self.id}: an item belongs to items")
        if self.item and any(one.kind == "items" for one in self.item.fields):
            raise ValueError(f"field {self.id}: items hold no items")

    @property
    def offered(self) -> tuple[Choice, ...]:
        """The choices a form offers, those hidden left out (選べる選択肢)."""
        return tuple(one for one in self.choices if not one.hidden)

    @property
    def bounds(self) -> tuple[str, str]:
        """The least and the most of a number, as they are written (数の範囲)."""
        return f"{self.low:,.15g}", f"{self.high:,.15g}"

    def choice(self, id_: str) -> Choice | None:
        """Return the choice of that id, 「不明」 among them (選択肢を探す)."""
        if id_ == UNKNOWN and self.kind not in KINDS_WITHOUT_UNKNOWN:
            return Choice(UNKNOWN, UNKNOWN_WORDS)
        return next((one for one in self.choices if one.id == id_), None)


YES: Final = Choice(
    "yes", Words("あり", "yes"), ("有", "有り", "○", "〇", "◯", "ある", "はい", "1", "TRUE")
)
NO: Final = Choice(
    "no", Words("なし", "no"), ("無", "無し", "×", "✕", "ない", "いいえ", "0", "FALSE", "-")
)
YES_NO: Final = (YES, NO)


def yes_no(id_: str, ja: str, en: str, **more: object) -> Field:
    """Return a question answered あり or なし (あり・なしの項目)."""
    return Field(id=id_, words=Words(ja, en), kind="choice", choices=YES_NO, **more)  # type: ignore[arg-type]
