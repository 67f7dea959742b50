"""Whether a new password would be guessed, and what to do then (新しい合いことば)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from zxcvbn import zxcvbn

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.accounts.passwords import LONGEST, same_signs

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST: Final = 10
# So many guesses a password stands: ten signs drawn by chance are ten times that, and a name, a
# year or a row of keys never comes near it.
_GUESSES: Final = 1e9
_READ: Final = 72  # zxcvbn reads no further, for its own time
_LEAST_OWN: Final = 3
_DIGITS: Final = re.compile(r"[\d\s\-+/.:()]+")
_BETWEEN: Final = re.compile(r"(?<=[a-z]{3})[^a-z0-9](?=[a-z]{3})", re.ASCII | re.IGNORECASE)
# What comes to mind in an office that keeps such a register, and what Japanese lists of leaked
# passwords begin with; zxcvbn knows the English ones, names, rows of keys, dates and repeats.
_WORDS_HERE: Final = (
    "kayoi kayoimap map salon saron sanpo shiyakusho yakusho kuyakusho machiyakuba yakuba"
    " kencho shichoson shakyo shakaifukushi fukushi fukusi kaigo kaigohoken houkatsu chiiki"
    " shien sien seikatsu seikatsushien coordinator koureisha kourei choju chouju genki taiso"
    " taisou iryo hoken kenkou kenko minsei jichikai chonaikai kominkan kouminkan center"
    " sentaa staff kanri kanrisha tantou tantousha kakari office admin password pasuwado pass"
    " himitsu aikotoba nihon nippon japan tokyo toukyou osaka oosaka kyoto kyouto nagoya"
    " yokohama kobe sapporo fukuoka sendai hiroshima hokkaido okinawa reiwa heisei showa"
    " shouwa taisho meiji sakura himawari momiji fuji fujisan hana hanako taro tarou ichiro"
    " jiro yuki haru natsu aki fuyu sora umi yama kawa hoshi tsuki taiyo neko inu tora ryu"
    " kitty doraemon pokemon pikachu nintendo anpanman totoro ghibli arigato arigatou ohayo"
    " ohayou ohayougozaimasu konnichiwa konbanwa sayonara ganbaro ganbarou ganbare daisuki"
    " aishiteru shiawase egao kibou yume hogehoge hoge fuga piyo test demo sample guest user"
    " welcome letmein changeme sato satou suzuki takahashi tanaka ito itou watanabe yamamoto"
    " nakamura kobayashi kato katou yoshida yamada sasaki yamaguchi matsumoto inoue kimura"
    " hayashi shimizu saito saitou パスワード ぱすわーど ひみつ あいことば かよい"
    " かよいマップ サロン 通いの場 市役所 区役所 役場 社協 社会福祉協議会 包括"
    " 地域包括支援センター 生活支援コーディネーター 介護 福祉 高齢者 元気 体操 さくら 桜"
    " ひまわり ありがとう おはよう おはようございます こんにちは こんばんは がんばろう"
    " だいすき 日本 東京 大阪 令和 平成 昭和 あいうえお かきくけこ いろはにほへと あかさたな"
    " アイウエオ"
)
_HERE: Final = _WORDS_HERE.split()
_WHAT_TO_DO: Final = Words(
    "つながりのないことばを四つならべるか、自分しか思いつかない短い文にしてください",
    "use four words that have nothing to do with each other, or a short sentence of your own",
)
_WHY: Final = {
    "own": Words(
        "名前・役職・街の名前から当てられます", "it can be guessed from the name, the role or the town"
    ),
    "digits": Words(
        "数字だけのもの（電話番号・生年月日など）は当てられます",
        "digits alone (a telephone number, a date) are guessed",
    ),
    "repeat": Words("同じ文字やことばのくり返しは当てられます", "repeats are guessed"),
    "sequence": Words("ならんだ文字（abc、123）は当てられます", "rows such as abc or 123 are guessed"),
    "spatial": Words(
        "キーボードにならんだ文字（qwerty など）は当てられます", "rows of keys such as qwerty are guessed"
    ),
    "date": Words("年や日付は当てられます", "years and dates are guessed"),
    "dictionary": Words(
        "よく使われることばに、数字や記号を足しただけのものは当てられます",
        "a usual word is guessed, with digits or signs added too",
    ),
}  # fmt: skip


def check_new_password(name: str, password: str, *, known: Iterable[str] = ()) -> None:
    """Turn away a password that would be guessed (新しい合いことばを確かめる).

    Parameters
    ----------
    name
        The account's own.
    known
        What others know of it: the role, the town, its folder.

    Raises
    ------
    InputError
        When it is too short or long, or few guesses away; says which, and what to do.
    """
    text = same_signs(password)
    if not SHORTEST <= len(text) <= LONGEST or len(password) > LONGEST:
        raise InputError(
            Words(
                f"パスワードは{SHORTEST}〜{LONGEST}文字にしてください。{_WHAT_TO_DO.ja}",
                f"a password has {SHORTEST} to {LONGEST} characters; {_WHAT_TO_DO.en}",
            )
        )
    why = _find_fault(text, [name, *known])
    if why is not None:
        raise InputError(
            Words(
                f"このパスワードは、すぐに当てられます（{why.ja}）。{_WHAT_TO_DO.ja}",
                f"this password is soon guessed: {why.en}; {_WHAT_TO_DO.en}",
            )
        )


def _find_fault(text: str, own: Iterable[str]) -> Words | None:
    if _DIGITS.fullmatch(text):
        return _WHY["digits"]
    words = list(dict.fromkeys(word for one in own for word in _words_of(one)))
    # A sign between two words makes nothing of it harder to guess, though it is counted so.
    tried = [
        zxcvbn(one[:_READ], user_inputs=[*words, *_HERE]) for one in (text, _BETWEEN.sub("", text))
    ]
    found = min(tried, key=lambda one: float(one["guesses"]))
    if float(found["guesses"]) >= _GUESSES:
        return None
    parts: list[dict[str, Any]] = found["sequence"]
    if any(one.get("matched_word") in words for one in parts):
        return _WHY["own"]
    longest = max(parts, key=lambda one: (one["pattern"] in _WHY, len(one["token"])))
    return _WHY.get(longest["pattern"], _WHY["dictionary"])


def _words_of(text: str) -> Iterable[str]:
    """Return a name whole, and its parts that are worth a guess."""
    plain = same_signs(text).casefold()
    parts = [one for one in re.split(r"[\W_]+", plain) if len(one) >= _LEAST_OWN]
    return filter(None, [plain, plain.replace(" ", ""), *parts])
