"""Write docs/where-to-get.md and docs/where-to-get.ja.md from the table: python docs/make_where.py."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

# Of the tree it stands in, whichever is installed.
sys.path.insert(0, str(Path(__file__).parents[1]))

from geo.base.words import Words
from geo.sources.roles import ROLES
from geo.sources.where.declared import FILE_KINDS, Lies
from pages.parts.frame.declared import find_pages

if TYPE_CHECKING:
    from geo.base.words import Lang
    from geo.sources.where.declared import FileKind, Place

OUT: Final[dict[Lang, Path]] = {
    "ja": Path(__file__).with_name("where-to-get.ja.md"),
    "en": Path(__file__).with_name("where-to-get.md"),
}
_HEAD: Final = Words(
    """# 街をつくる資料は、どこで手に入るか

画面では「まち」の「資料のありか」に同じことが、この街の名前入りで出ます。インターネットのない場所へは、
この文書を印刷して持って行けます。アドレスが変わっていたら `geo/sources/where/where.toml` を直し、
`python docs/make_where.py` でこの文書をつくり直してください。手に入れたファイルが何に使えるかは
`kayoi inspect ファイル…` が言います。

〔 〕の中は、場所ごとに変わる所です（都道府県番号は北海道が 01、沖縄県が 47）。
""",
    """# Where the files of a town are to be had

The page 資料のありか (Where to get files) of the app says the same with the town's own names. Where an
address has changed, mend `geo/sources/where/where.toml` and run `python docs/make_where.py`. What a file
is good for is told by `kayoi inspect FILE…`.

What stands in 〔 〕 differs from place to place (都道府県番号: the prefecture's number, 01 to 47).
""",
)
_ROWS: Final = {
    "page": Words("開くページ", "page"),
    "choose": Words("選ぶもの", "choose"),
    "file": Words("ファイルの名前", "called"),
    "licence": Words("利用条件", "terms"),
    "credit": Words("印刷するクレジット", "credit to print"),
    "note": Words("気をつけること", "take care"),
}
_GIVEN: Final = Words("渡し方", "Given as")
_WITHOUT: Final = Words("ないとき", "Without it")
_PAGE: Final = Words("画面「{page}」", "page “{page}”")
_AS_TOLD: Final = Words("相手のページに書いてあるとおりに", "as its page says")


def where_to_get(lang: Lang) -> str:
    """Return the document in a language."""
    return "\n".join([_HEAD.say(lang), *(_kind(one, lang) for one in FILE_KINDS.values())])


def _kind(kind: FileKind, lang: Lang) -> str:
    ways = [f"`kayoi build {ROLES[kind.role].option}`"] if kind.role else []
    if kind.page:
        ways.append(_PAGE.fill(page=find_pages()[kind.page].words.say(lang)).say(lang))
    given = f"{_GIVEN.say(lang)}: {'・'.join(ways)}  \n" if ways else ""
    return "\n".join(
        [
            f"## {kind.words.say(lang)}\n",
            f"{kind.use.say(lang)}\n",
            f"{given}{kind.takes.say(lang)}\n",
            f"{_WITHOUT.say(lang)}: {kind.without.say(lang)}\n",
            *(_place(one, lang) for one in kind.places),
        ]
    )


def _place(place: Place, lang: Lang) -> str:
    lies = Lies()
    steps = (lies.fill(one.say(lang), lang) for one in place.choose)
    cells = {
        "page": f"<{place.page}>",
        "choose": "<br>".join(f"{number}. {step}" for number, step in enumerate(steps, start=1)),
        "file": f"`{lies.fill(place.file, lang)}`",
        "licence": place.licence.say(lang),
        "credit": place.credit or _AS_TOLD.say(lang),
        "note": lies.fill(place.note.say(lang), lang),
    }
    rows = (f"| {_ROWS[id_].say(lang)} | {cell} |" for id_, cell in cells.items())
    return "\n".join([f"### {place.words.say(lang)}\n", "| | |", "|---|---|", *rows, ""])


def main() -> None:
    """Write both."""
    for lang, path in OUT.items():
        path.write_text(where_to_get(lang), encoding="utf-8")


if __name__ == "__main__":
    main()
