"""Whether the register opens, and is of this release's form (記録の保管)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.settings import DATABASE_URL
from geo.base.words import Words, count_in_english
from layers.doctor.parts.declare import Check, Finding, careful, good, mend
from surveys.store.looking import file_of, look_at
from surveys.store.register import FILE, FOLDER

if TYPE_CHECKING:
    from layers.doctor.parts.declare import Subject


def address(subject: Subject) -> str:
    """Return where the register is; a password may be inside (台帳の場所)."""
    told = DATABASE_URL.read(subject.environment)
    return told or f"sqlite:///{subject.folder / FOLDER / FILE}"


def look(subject: Subject) -> list[Finding]:
    """Read the register as it stands (台帳を見る).

    Raises
    ------
    InputError
        When it cannot be reached or read.
    """
    url = address(subject)
    file = file_of(url)
    if file is not None and not file.is_file():
        return [good("まだありません。最初の記録のときにできます",
                     "there is none yet; the first record makes it")]  # fmt: skip
    seen = look_at(url)
    count = Words(f"地点と活動記録 {seen.sites:,}、記録の版 {seen.versions:,}",
                  f"{count_in_english(seen.sites, 'site or log entry', 'sites and log entries')}, "
                  f"{count_in_english(seen.versions, 'version')} of records")  # fmt: skip
    if seen.fault:
        return [mend(
            f"台帳のファイルがこわれています（{seen.fault}）。控えから戻してください（kayoi restore）",
            f"the register's file is damaged ({seen.fault}); restore a backup (kayoi restore)",
        )]  # fmt: skip
    if seen.is_newer:
        return [mend(
            f"新しい版のかよいマップの台帳です（形 {seen.level}、この版は {seen.newest}）。"
            "かよいマップを新しくしてください",
            f"it is of a newer release (form {seen.level}, this one knows {seen.newest}): update Kayoi Map",
        )]  # fmt: skip
    if not seen.is_newest:
        return [careful(
            f"前の版の形です（{seen.level or 'なし'}、今は {seen.newest}）。前の版で控えをとってから kayoi serve を"
            f"始めると、記録はそのままで新しい形になります（docs/upgrade.ja.md）。{count.ja}",
            f"it is of an earlier form ({seen.level or 'none'}, now {seen.newest}): back up by the version before, "
            f"then start kayoi serve, which renews it and keeps every record (docs/upgrade.md). {count.en}",
        )]  # fmt: skip
    where = Words("PostgreSQL", "PostgreSQL") if file is None else Words("SQLite", "SQLite")
    return [good(f"今の形で開きます（{where.ja}、形 {seen.level}）。{count.ja}",
                 f"opens in today's form ({where.en}, form {seen.level}). {count.en}")]  # fmt: skip


CHECK = Check(id="register", order=80, words=Words("台帳", "Register"), look=look)
