"""PDFs of sheets: the same bytes twice, their text found, nothing executed, nothing lost."""

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pdf_pages import bookmarks, page, pages_of, pictures, text_of
from pypdfium2 import raw
from sheet_fixtures import HOSTILE, fill_texts, frame, point, put

from geo.sources.town_folder import load_town
from layers.pdf import make
from layers.pdf.make import PdfError, make_pdf
from layers.sheets import sheet as sheets
from layers.sheets.karte import draw_karte
from surveys.store.register import open_register
from surveys.types import RECORD_TYPES

TYPST = (
    '#import "x"',
    "#panic()",
    "*太字*",
    "_a_",
    "$x^2$",
    "\\",
    "<label>",
    "@ref",
    "= 見出し",
    "`raw`",
    "// 注",
)
FOOT = "庁内用　2026-11-25"


def no_photo(_id):
    return None


def pdf(*bodies, **more):
    given = {"title": "題", "lang": "ja", "foot": FOOT, "photo": no_photo} | more
    return make_pdf([page(body) for body in bodies], **given)


HEAD = (
    '<header class="head"><div><p class="kind">公園カルテ</p><h1>{}</h1></div><div class="facts">'
    "<p>番号 3</p></div></header>"
)


@pytest.fixture
def register(tmp_path):
    made = open_register(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture
def held(small_town, register):
    return replace(frame(small_town, load_town(small_town), register), as_file=True)


def test_a_karte_is_the_same_twice_with_its_text_its_bookmarks_and_its_foot(held, register):
    put(register, "park", "p", {"name": "中央公園", "note": "一行目\n二行目"}, place=point(2, 2))
    site = register.site("p")
    made = make_pdf(
        [draw_karte(held, site)], title="中央公園", lang="ja", foot=FOOT, photo=no_photo
    )
    assert made == make_pdf(
        [draw_karte(replace(held, now=held.now.replace(hour=23)), site)],
        title="中央公園", lang="ja", foot=FOOT, photo=no_photo,
    )  # fmt: skip
    pages = pages_of(made)
    said = text_of(made)
    assert all(
        one in said for one in ("中央公園", "公園のようす", "未確認", "二行目", "北", "出典")
    )
    assert "印刷（Ctrl+P）" not in said
    for number, one in enumerate(pages, 1):
        assert FOOT in one and f"{number} / {len(pages)}" in one
        assert "出典" in one and "2026-11-25 出力" in one
    assert bookmarks(made)[:3] == [(0, "中央公園"), (1, "場所"), (1, "公園のようす")]
    with pypdfium2.PdfDocument(made) as document:
        assert document.get_metadata_value("Title") == "中央公園"
        assert not document.get_metadata_value("CreationDate")


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="needs qpdf")
def test_a_pdf_is_sound(held, register, tmp_path):
    put(register, "park", "p", {"name": "x"}, place=point(2, 2))
    path = tmp_path / "x.pdf"
    karte = draw_karte(held, register.site("p"))
    path.write_bytes(make_pdf([karte, karte], title="x", lang="en", contents=True, photo=no_photo))
    told = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
def test_another_reader_finds_the_same_text_the_maps_names_among_it(held, register, tmp_path):
    put(register, "park", "p", {"name": "目黒の長い公園"}, place=point(2, 2))
    path = tmp_path / "x.pdf"
    path.write_bytes(
        make_pdf([draw_karte(held, register.site("p"))], title="x", lang="ja", photo=no_photo)
    )
    told = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
    assert "目黒の長い公園" in told.stdout and "北" in told.stdout
    assert not re.search("[\u2e80-\u2fdf]", told.stdout)


@pytest.mark.parametrize("type_", RECORD_TYPES.values(), ids=list(RECORD_TYPES))
def test_hostile_text_is_shown_as_it_was_typed(held, register, type_):
    every = "\n".join((*HOSTILE, *TYPST))
    put(register, type_.id, "hostile", fill_texts(type_, every), place=point(2, 2))
    put(register, type_.id, "hostile", status={"is": "paused", "reason": every})
    karte = draw_karte(held, register.site("hostile"))
    said = text_of(make_pdf([karte], title=every, lang="ja", foot=every, photo=no_photo))
    folded = said.replace(" ", "")
    assert not [one for one in (*HOSTILE, *TYPST) if one.replace(" ", "") not in folded]


def test_radicals_are_found_as_the_kanji_they_are():
    kanji = "目長西青歯民母角麦黄亀鬼食辶金山人入"
    typed = "⽬⻑⻄⻘⻭⺠⺟⻆⻨⻩⻲⻤⻝⻌⾦⼭⼈⼊"
    said = text_of(pdf(f"<p>{typed}</p><p>{kanji}</p>"))
    assert said.count(kanji) == 2
    every = "".join(chr(code) for code in range(0x2F00, 0x2FD6))
    assert not re.search("[\u2e80-\u2fdf]", text_of(pdf(f"<p>{every}</p>")))


def test_a_sign_the_font_lacks_is_told_once_at_the_sheets_end():
    made = pdf(HEAD.format("𠮷野公園"), HEAD.format("吉野公園"))
    first, second = pages_of(made)
    assert "〓野公園" in first and "この字体にない字" in first
    assert "〓" not in second


def test_a_long_table_repeats_its_head_and_loses_no_row():
    rows = "".join(f'<tr><td class="n">{n}</td><td>行{n}の名前</td></tr>' for n in range(1, 1001))
    made = pdf(
        '<table class="items listed"><thead><tr><th class="n">番号</th><th>名前</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    pages = pages_of(made)
    assert len(pages) > 15
    assert all("番号" in one and "名前" in one for one in pages)
    said = text_of(made)
    assert not [n for n in range(1, 1001) if f"行{n}の名前" not in said]


def test_a_text_longer_than_a_page_goes_on_on_the_next():
    long = "あいうえお" * 2000 + "おわり"
    for body in (
        f'<table class="facts"><tr><th>名</th><td class="text">{long}</td></tr></table>',
        f'<section class="keep"><h2>名</h2><div class="notes">{long}</div></section>',
        f'<div class="facts2"><div class="fact"><b>名</b><span>{long}</span></div></div>',
        f'<div class="banner"><p>{long}</p></div>',
    ):
        made = pdf(body)
        assert len(pages_of(made)) > 1, body[:40]
        assert text_of(made).count("あいうえお") >= 1990
        assert "おわり" in text_of(made)


@pytest.mark.parametrize("long", [60, 150, 290, 310, 600, 2000])
@pytest.mark.parametrize("kind", ["items listed", "items wide", "facts"])
def test_no_row_however_long_runs_off_the_page(kind, long):
    columns = 2 if kind == "facts" else 7
    cells = "".join(f"<td class='text'>{'長い文' * 3}</td>" for _ in range(columns - 1))
    row = f"<tr>{cells}<td class='text'>{'あ' * long}終</td></tr>"
    made = pdf(f'<table class="{kind}">{row * 3}</table>')
    with pypdfium2.PdfDocument(made) as document:
        for sheet in document:
            text = sheet.get_textpage()
            boxes = [text.get_charbox(i) for i in range(text.count_chars())]
            assert min(box[1] for box in boxes) >= 0
            assert max(box[2] for box in boxes) <= sheet.get_width()
    assert text_of(made).count("終") == 3 and text_of(made).count("あ") == 3 * long


def test_a_run_of_letters_stays_on_the_page():
    made = pdf(f"<p>{'W' * 900}</p>")
    with pypdfium2.PdfDocument(made) as document:
        sheet = document[0].get_textpage()
        right = max(sheet.get_charbox(i)[2] for i in range(sheet.count_chars()))
        assert right <= document[0].get_width()
    assert text_of(made).count("W") == 900


def test_photos_are_in_it_and_one_that_is_gone_is_told():
    import io

    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (120, 80), "#2B7A4B").save(held, "JPEG")
    ids = ["ab" * 32, "cd" * 32]
    figures = "".join(
        f'<figure class="photo"><img src="/photos/{one}.jpg" alt="絵"/><figcaption>入口から</figcaption></figure>'
        for one in ids
    )
    made = pdf(
        f'<div class="photos">{figures}</div>',
        photo=lambda id_: held.getvalue() if id_ == ids[0] else None,
    )
    assert pictures(made) == [(120, 80)]
    assert text_of(made).count("写真が見つからない") == 1
    assert text_of(made).count("入口から") == 2


def test_contents_name_every_sheet_and_its_page():
    long = '<div class="ruled">' + "<i></i>" * 25 + "</div>"
    made = pdf(
        HEAD.format("一つ目") + long * 3, HEAD.format("二つ目"), contents=True, title="まとめ"
    )
    pages = pages_of(made)
    assert "まとめ" in pages[0] and re.search(r"公園カルテ\s*一つ目[ .]*2\n", pages[0])
    at = next(n for n, one in enumerate(pages, 1) if n > 1 and "二つ目" in one)
    assert at > 3 and re.search(rf"二つ目[ .]*{at}\n", pages[0])
    assert [title for _, title in bookmarks(made)] == ["一つ目", "二つ目"]
    with pypdfium2.PdfDocument(made) as document:
        assert len(list(document.get_toc())) == 2
        assert raw.FPDFLink_GetLinkAtPoint(document[0], 300, 842 - 95)


def test_every_tag_and_class_of_every_template_is_drawn():
    told = make._TEMPLATE.read_text(encoding="utf-8")
    known = {
        name: set(
            re.findall(r'"([\w-]+)"', re.search(rf"#let {name} = \((.*?)\n\)", told, re.DOTALL)[1])
        )
        for name in ("TAGS", "CLASSES")
    }
    folder = Path(sheets.__file__).parent
    templates = [*folder.glob("*.html"), *folder.glob("parts/*.html")]
    assert len(templates) >= 7
    for path in templates:
        if path.name == "missing.html":  # an answer on the screen, never printed
            continue
        html = path.read_text(encoding="utf-8").partition("<body>")[2] or path.read_text(
            encoding="utf-8"
        )
        html = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", html)
        tags = set(re.findall(r"<([a-z]\w*)", html))
        names = set(" ".join(re.findall(r'class="([^"]*)"', html)).split())
        assert tags <= known["TAGS"], path.name
        assert names - {"hint"} <= known["CLASSES"], path.name


@pytest.mark.parametrize(
    "body", ['<p class="new">x</p>', "<article>x</article>", '<span class="new">x</span>']
)
def test_what_the_template_does_not_know_stops_it(body):
    with pytest.raises(PdfError, match=r"knows no|places no"):
        pdf(body)


def test_nothing_and_foreign_images_are_refused():
    with pytest.raises(ValueError, match="one sheet"):
        make_pdf([], title="x", lang="ja", photo=no_photo)
    with pytest.raises(ValueError, match="no image is fetched"):
        pdf('<figure class="photo"><img src="https://example.jp/x.jpg" alt=""/></figure>')
