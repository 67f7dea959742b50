"""A password that would be guessed is turned away with a reason and what to do; a sentence is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.base.problems import InputError
from surveys.accounts.new_password import SHORTEST, check_new_password

NAME = "tanaka-ichiro"
KNOWN = ("生活支援コーディネーター", "shiomino", "汐見野市")
# What is tried first against an office such as this, and why it is turned away.
GUESSABLE = [
    ("short", "too short"), ("x" * 201, "too long"), ("ながい名前の人です", "nine signs"),
    ("Tanaka-Ichiro", "the name"), ("tanaka-ichiro1", "the name and a digit"),
    ("orihci-akanat", "the name from behind"), ("T@naka-1chir0", "the name in other signs"),
    ("Ichiro-Tanaka!", "the name turned round"), ("shiomino2026", "the town's folder and the year"),
    ("Shiomino-1234", "the town's folder and digits"), ("汐見野市2026年", "the town and the year"),
    ("生活支援コーディネーター", "the role"), ("password123", "the commonest"),
    ("P@ssw0rd2026", "the commonest, written otherwise"),
    ("ＰＡＳＳＷＯＲＤ１２３", "the same, full width"), ("パスワード1234", "and in Japanese"),
    ("abababababab", "two signs"), ("aaaaaaaaaaaa", "one sign"), ("abcabcabcabc", "a repeat"),
    ("さくらさくらさくら1", "a repeat of a word"), ("0123456789", "a row"), ("9876543210", "a row"),
    ("abcdefghijkl", "a row"), ("qwertyuiop", "keys"), ("1qaz2wsx3edc", "keys"),
    ("asdfghjkl123", "keys"), ("qwertyuiop[]", "keys"), ("zaq12wsxcde3", "keys"),
    ("0312345678", "a telephone number"), ("090-1234-5678", "another"), ("19500815 1", "a birthday"),
    ("1950/08/15!!", "a birthday"), ("20261201abc", "a day"), ("kayoimap2026!", "the app"),
    ("kayoi-salon1", "what it is for"), ("Shiyakusho2026", "the office"), ("houkatsu1234", "the office"),
    ("fukushi-2026", "the work"), ("kaigohoken1", "the work"), ("sakura202612", "a flower"),
    ("himawari2026", "another"), ("arigatou1234", "thanks"), ("Tokyo2026!!!", "a city"),
    ("Summer2026!!", "a season"), ("iloveyou1234", "the commonest"), ("suzukitarou1", "a name"),
    ("admin123456", "the commonest"), ("あいうえおかきくけこ", "the syllables"),
    ("hogehoge1234", "a word of programmers"), ("doraemon2112", "a cat"),
]  # fmt: skip
GOOD = [
    "桜の木の下で会いましょう", "つぎの合いことばはこれです", "ねことあるく朝の坂道は寒い",
    "庭の柿に実が十三ついた", "correct-horse-battery", "坂 ベンチ 麦茶 七時", "niwa no kaki ga minoru",
    "x9$Kq2!vLm", "tanaka has seven umbrellas",
]  # fmt: skip


@pytest.mark.parametrize(("password", "why"), GUESSABLE, ids=[why for _, why in GUESSABLE])
def test_a_password_that_would_be_guessed_is_turned_away(password, why):
    with pytest.raises(InputError) as told:
        check_new_password(NAME, password, known=KNOWN)
    # It says what to do instead, and never the password.
    assert "してください" in told.value.words.ja and "sentence of your own" in told.value.words.en
    assert password not in told.value.words.ja or len(password) < SHORTEST


@pytest.mark.parametrize("password", GOOD)
def test_a_sentence_or_signs_drawn_by_chance_are_good(password):
    check_new_password(NAME, password, known=KNOWN)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("tanaka-ichiro1", "名前・役職"), ("0312345678", "数字だけ"), ("abcabcabcabc", "くり返し"),
        ("abcdefghijkl", "ならんだ文字"), ("qwerfdsazxcv", "キーボード"), ("himawari2026", "ことば"),
    ],
)  # fmt: skip
def test_the_reason_is_the_one_that_counts(password, said):
    with pytest.raises(InputError) as told:
        check_new_password(NAME, password, known=KNOWN)
    assert said in told.value.words.ja


@given(st.text(max_size=250))
def test_any_text_is_taken_or_turned_away_in_words(text):
    told = ""
    try:
        check_new_password(NAME, text, known=KNOWN)
    except InputError as error:
        told = error.words.ja
    assert told == "" or told.startswith(("パスワードは", "このパスワードは"))
