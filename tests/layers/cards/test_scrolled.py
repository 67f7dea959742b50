"""What is wider than its place can be moved by the keyboard, and a picture that leads has a name."""

import re
from types import SimpleNamespace

import pytest
from where import ROOT

from geo.base.words import Words
from layers.cards import site_html
from layers.cards.scrolled import scrolled

ROOMS = ("layers/cards", "layers/maps", "layers/walks", "pages")


def test_a_region_takes_the_focus_and_has_a_name_that_is_text():
    made = scrolled(Words("表'><b>", "table\u202e"), "<table></table>", "ja")
    (head,) = re.findall("<div[^>]*>", made)
    assert "role='region'" in head and "tabindex='0'" in head and "<b>" not in made
    assert "aria-label='表&#39;&#62;&#60;b&#62;'" in head
    assert "［U+202E］" in scrolled(Words("x", "table\u202e"), "", "en")


def test_a_table_that_moves_says_so_one_of_few_columns_on_a_phone_alone():
    name = Words("表", "table")
    assert "横に動かせます" in scrolled(name, "", "ja", wide=True)
    assert "kz-few" in scrolled(name, "", "ja", wide=True, few=True)
    assert "横に動かせます" not in scrolled(name, "", "ja", few=True)
    css = (ROOT / "layers/assets/src/streamlit.css").read_text("utf-8")
    assert "@container(max-width:480px){.kz-few .kz-swipe{display:block}}" in css


def test_no_table_is_moved_without_it():
    found = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if "class='kz-scroll'" in path.read_text("utf-8")
    }
    assert found == {"layers/cards/scrolled.py"}


@pytest.mark.parametrize(("caption", "lang", "name"), [
    ("", "ja", "写真 1を大きく見る（新しいタブ）"), ("東の口", "ja", "写真 1（東の口）を大きく見る（新しいタブ）"),
    ("", "en", "Photo 1, large, in a new tab"), ("the gate", "en", "Photo 1 (the gate), large, in a new tab"),
])  # fmt: skip
def test_the_link_to_a_photo_has_a_name_with_or_without_a_caption(monkeypatch, caption, lang, name):
    photo = {"id": "ab" * 32, "caption": caption}
    monkeypatch.setattr(site_html, "all_photos", lambda *_: [("photos/x", photo)])
    monkeypatch.setattr(site_html, "say_path", lambda *_: Words("", ""))
    site = SimpleNamespace(type=None, answers={}, state=SimpleNamespace(answers={}))
    made = site_html.photos_html(site, lang)
    assert f"aria-label='{name}'" in made and f"<img alt='{name}'" in made
    assert f"<figcaption>{caption}</figcaption>" in made
