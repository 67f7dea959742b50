"""What pip says when it fails, in words that say what to do (pip のことばを言いなおす)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from starting.telling import StoppedError

_NO_ROOM: Final = r"No space left|Errno 28|WinError 112|Errno 122"
_LONG: Final = r"WinError 206|File name too long|Errno 36|Long Path"
_TRUST: Final = r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification"
_PROXY: Final = r"ProxyError|407 Proxy|Tunnel connection failed"
_NET: Final = (
    r"NewConnectionError|NameResolutionError|name resolution|getaddrinfo failed|Failed to establish"
    r"|ConnectTimeout|ReadTimeout|Connection (?:aborted|refused|reset)|Network is unreachable"
    r"|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|Max retries exceeded"
)
_HELD: Final = r"WinError (?:5|32)\b|PermissionError|Permission denied|Errno 13\b"
_NONE: Final = r"No matching distribution|Could not find a version|not a supported wheel"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What pip writes, and what that means to whoever sits there (pip のことばと、その意味)."""

    said: str
    ja: str
    en: str
    online: bool = False


# The first that fits; of those about the network none where none was asked for.
FAULTS: Final = (
    Fault(
        said=_NO_ROOM,
        ja="ディスクがいっぱいになりました。ごみ箱を空にしてから、もう一度はじめてください。",
        en="The disk is full. Empty the bin, then start again.",
    ),
    Fault(
        said=_LONG,
        ja="ファイルの名前が長すぎて書けません。\n"
        "機械の係の人に「長いパス」を使えるようにしてもらってください。",
        en="A file's name is too long.\nAsk whoever looks after this machine to allow long paths.",
    ),
    Fault(
        said=_TRUST,
        ja="職場の安全装置が、部品を取りに行く通信をさえぎりました（証明書）。\n"
        "機械の係の人に聞くか、インターネットなしで入る一式（make carry）を使ってください。",
        en="The office's security equipment stood in the way (certificate).\n"
        "Ask whoever looks after it, or use the set that needs no internet (make carry).",
        online=True,
    ),
    Fault(
        said=_PROXY,
        ja="インターネットへの中継（プロキシ）が、部品を取りに行くのを断りました。\n"
        "機械の係の人に聞くか、インターネットなしで入る一式（make carry）を使ってください。",
        en="The proxy refused.\n"
        "Ask whoever looks after it, or use the set that needs no internet (make carry).",
        online=True,
    ),
    Fault(
        said=_NET,
        ja="インターネットにつながりません。つながる所でもう一度はじめるか、\n"
        "インターネットなしで入る一式（make carry でつくったもの）を使ってください。",
        en="No internet. Start again where there is some,\n"
        "or use the set that needs none (make carry).",
        online=True,
    ),
    Fault(
        said=_HELD,
        ja="ファイルに書けませんでした。ウイルス対策のソフトが調べている途中のことが多いです。\n"
        "1分ほど待ってから、もう一度はじめてください。",
        en="A file could not be written, most often because an antivirus looks at it.\n"
        "Wait a minute, then start again.",
    ),
    Fault(
        said=_NONE,
        ja="この機械と、この Python に合う部品がありません。\n"
        "Python 3.13 を入れてから（no-python.txt）、もう一度はじめてください。",
        en="There are no parts for this machine and this Python.\n"
        "Install Python 3.13 (see no-python.txt), then start again.",
    ),
)
UNKNOWN: Final = Fault(
    said="", ja="部品を入れられませんでした。", en="The parts could not be installed."
)


def find_fault(output: str, *, offline: bool) -> Fault:
    """Return what pip's output means (わけ)."""
    for one in FAULTS:
        if not (offline and one.online) and re.search(one.said, output, re.IGNORECASE):
            return one
    return UNKNOWN


def explain(output: str, log: object, *, offline: bool) -> StoppedError:
    """Return what went wrong and what to do (わけと、すること)."""
    fault = find_fault(output, offline=offline)
    return StoppedError(
        f"{fault.ja}\nここまでに入れたものは使われません。次にはじめると、初めからつくり直します。\n"
        f"くわしい記録（人に聞くときに渡してください）： {log}",
        f"{fault.en}\nWhat was installed so far is not used; the next start makes it anew.\n"
        f"Details, for whoever helps: {log}",
    )
