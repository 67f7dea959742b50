"""Which signs the font has: read from it, and what stands for the rest."""

import unicodedata

import pytest

from layers.pdf.glyphs import GETA, drawable, plain_kanji, signs_of
from layers.pdf.make import FONTS

WEIGHTS = [FONTS / "regular.ttf", FONTS / "bold.ttf"]
RADICALS = [
    chr(code) for code in range(0x2E80, 0x2FE0) if unicodedata.category(chr(code)) != "Cn"
]  # fmt: skip


def in_encoding(encoding):
    for first in range(0x81, 0xFD):
        for second in range(0x40, 0xFD):
            try:
                yield bytes([first, second]).decode(encoding)
            except UnicodeDecodeError:
                continue


@pytest.mark.parametrize("font", WEIGHTS, ids=["regular", "bold"])
def test_the_font_has_every_sign_of_a_japanese_windows_file(font):
    signs = signs_of(font)
    asked = {
        one for one in in_encoding("cp932") if len(one) == 1 and not 0xE000 <= ord(one) < 0xF900
    }
    assert len(asked) > 7000
    assert not {one for one in asked if ord(one) not in signs}
    assert ord("𠮷") not in signs and ord("☕") not in signs and ord("𩸽") in signs


def test_a_sign_the_font_lacks_is_seen_as_one(tmp_path):
    signs = signs_of(WEIGHTS[0])
    assert drawable("𠮷野家☕", signs) == (f"{GETA}野家{GETA}", 2)
    assert drawable("東京 42cm ✓　①髙﨑", signs) == ("東京 42cm ✓　①髙﨑", 0)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("葛\U000e0100城", "葛城"),  # the form of a kanji that is asked for: the plain one
        ("か\u3099", "が"),  # as a Mac writes file names
        ("👩\u200d👧", GETA * 2),  # one sign of two, joined by nothing one sees
        ("a\u202eb", "ab"),
    ],
)
def test_what_only_changes_another_sign_is_no_sign_of_its_own(typed, shown):
    assert drawable(typed, signs_of(WEIGHTS[0]))[0] == shown


def test_no_radical_is_left_in_a_text():
    signs = signs_of(WEIGHTS[0])
    assert not [one for one in RADICALS if ord(one) in signs]
    kangxi = [one for one in RADICALS if one >= "\u2f00"]
    assert len(kangxi) == 214
    made = [drawable(one, signs)[0] for one in kangxi]
    # 彐 alone is in no list of signs the font was made for.
    assert made == [plain_kanji(one).replace("彐", GETA) for one in kangxi]
    assert all("\u4e00" <= one <= "\u9fff" for one in made if one != GETA)
    assert drawable("⺠⻑⻄⻘⻭⺟⻆⻨⻩⻲⻤", signs) == ("民長西青歯母角麦黄亀鬼", 0)


def test_a_file_that_is_no_font_is_refused(tmp_path):
    path = tmp_path / "x.ttf"
    path.write_bytes(b"\0\1\0\0\0\0" + b"\0" * 60)
    with pytest.raises(ValueError, match="no cmap"):
        signs_of(path)
