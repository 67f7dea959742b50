"""Whether tablets can use the field app where it is served (https)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.base.settings import PROXY
from geo.base.words import Words
from layers.doctor.parts.declare import Check, Finding, careful, good

if TYPE_CHECKING:
    from layers.doctor.parts.declare import Subject

OWN: Final = ("127.0.0.1", "localhost", "::1")


def look(subject: Subject) -> list[Finding]:
    """Say who can reach it, and whether that is over https (httpsを見る)."""
    if subject.secure:
        return [good("https で開きます。タブレットが証明書を信頼しているか、確かめてください",
                     "https; see that tablets trust the certificate")]  # fmt: skip
    if subject.host not in OWN:
        return [careful(
            f"{subject.host} では、ほかの機械からも http で届きます。タブレットには https が要ります"
            "（--cert と --key か、https の中継。docs/serving.ja.md）",
            f"{subject.host} is reached by others over http; tablets need https (--cert and --key, or a "
            "proxy in front: docs/serving.md)",
        )]  # fmt: skip
    if PROXY.read(subject.environment):
        return [good("前の中継が https を受け持ちます。証明書は、そちらで確かめてください",
                     "the proxy in front serves https; see to its certificate there")]  # fmt: skip
    return [good("この機械の中だけで開きます。タブレットから使うには https が要ります",
                 "this machine alone; for tablets https is needed")]  # fmt: skip


CHECK = Check(id="https", order=120, words=Words("https", "https"), look=look)
