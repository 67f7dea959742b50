"""Whether the settings that are set are known and may be what they are (設定)."""

from __future__ import annotations

import difflib
import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.settings import DATABASE_URL, PROXY, SETTINGS, TOWN, unknown_names
from geo.base.words import Words
from layers.doctor.parts.declare import Check, Finding, careful, good, mend
from surveys.store.looking import file_of

if TYPE_CHECKING:
    from layers.doctor.parts.declare import Subject


def look(subject: Subject) -> list[Finding]:
    """Look at every setting that is set, and at names that are none; values are not told (設定を見る)."""
    environment = subject.environment
    found = [_unknown(name) for name in unknown_names(environment)]
    told = [one for one in SETTINGS.values() if environment.get(one.name)]
    for one in told:
        value = environment[one.name]
        if one.choices and value not in one.choices:
            found.append(mend(
                f"{one.name} は {'・'.join(one.choices)} のどれかにしてください",
                f"{one.name} must be one of {', '.join(one.choices)}",
            ))  # fmt: skip
    if proxies := PROXY.read(environment):
        found += [_proxy()] if not all(map(_is_address, proxies.split(","))) else []
    if (town := TOWN.read(environment)) and not Path(town).is_dir():
        found.append(
            mend(f"{TOWN.name} のフォルダがありません", f"the folder of {TOWN.name} is not there")
        )
    if url := DATABASE_URL.read(environment):
        try:
            file_of(url)
        except InputError as error:
            found.append(Finding("mend", error.words))
    names = ", ".join(one.name for one in told)
    return found or [good(f"使っている設定: {names or 'なし'}", f"set: {names or 'none'}")]


def _unknown(name: str) -> Finding:
    near = difflib.get_close_matches(name, SETTINGS, n=1)
    ja, en = (f"（{near[0]} のことですか）", f" (is {near[0]} meant?)") if near else ("", "")
    return careful(
        f"{name} という設定はありません{ja}。はたらいていません",
        f"there is no setting {name}{en}; it does nothing",
    )


def _proxy() -> Finding:
    return mend(
        f"{PROXY.name} は、中継のアドレス（127.0.0.1 など）をコンマで区切ってください",
        f"{PROXY.name} must hold addresses of proxies (127.0.0.1), separated by commas",
    )


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.strip())
    except ValueError:
        return False
    return True


CHECK = Check(id="settings", order=110, words=Words("設定", "Settings"), look=look)
