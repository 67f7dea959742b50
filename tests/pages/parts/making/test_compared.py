"""Two editions beside each other on a phone: heads in words, no word and no figure cut."""

import pytest
from where import ROOT

from geo.base.words import Words
from geo.coverage.asking import parse_question
from geo.say.sentence import NO_DATA, say_walk
from layers.making.compare import Compared, Row
from pages.parts.making.compared import draw_compared

HEADS = Words("いまの街", "now"), Words("新しい街", "new")
CSS = ROOT / "layers" / "assets" / "src" / "streamlit.css"
# Of each word or figure: how many lines it stands on.
WORD = r"/[A-Za-z]+|[\d,.]+(?:人|％|%|km| km|m|歳以上|か所)?|データなし|通いの場|地図/g"
CUT = """() => {
  const cut = [];
  const walker = document.createTreeWalker(document.querySelector('table'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const found of node.data.matchAll(WORD)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      if (new Set([...range.getClientRects()].map((one) => Math.round(one.top))).size > 1) cut.push(found[0]);
    }
  }
  return cut;
}""".replace("WORD", WORD)


def compared():
    walk = say_walk(
        parse_question(division="町丁目", people="65", walker="elderly", within="10min")
    )
    return Compared(
        rows=(
            Row(what=Words("道", "streets"), before=Words("なし（直線で数える）", "none (counted in straight lines)"),
                after=Words("1,234.5km", "1,234.5 km")),
            Row(what=Words("65歳以上", "65 and over"), before=NO_DATA, after=Words("104,028人", "104,028")),
            Row(what=Words("表にいて、地図に置けなかった人", "people of the table without a place"),
                before=Words("0人", "0"), after=Words("0人", "0")),
            Row(what=Words(f"65歳以上のうち、{walk.ja}に通いの場がある人", f"those 65 and over with a salon {walk.en}"),
                before=Words("104,028人（68.3％）・直線", "104,028 (68.3%), straight line"),
                after=Words("104,028人（100.0％）", "104,028 (100.0%)")),
        ),
        areas=(),
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_column_has_a_head_in_words(lang):
    table = draw_compared(compared(), HEADS, lang)
    head = table.split("<thead>")[1].split("</thead>")[0]
    assert head.count("<th ") == 3 and "></th>" not in head
    assert table.count("<b>") == 3, "what changed is bold, and nothing else"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_word_is_cut_on_a_phone(browser, lang):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    table = draw_compared(compared(), HEADS, lang)
    page.set_content(
        f"<html lang='{lang}'><style>{CSS.read_text('utf-8')}</style>"
        f"<body style='margin:0 16px;font:16px sans-serif'>{table}</body></html>"
    )
    assert page.evaluate(CUT) == []
    wide = "() => { const one = document.querySelector('.kz-scroll');"
    assert page.evaluate(wide + " return one.scrollWidth - one.clientWidth; }") <= 0
    over = (
        "[...document.querySelectorAll('td,th')].filter((one) => one.scrollWidth > one.clientWidth)"
    )
    assert page.evaluate(f"() => {over}.map((one) => one.textContent)") == []
    page.close()
