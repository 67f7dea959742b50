"""What a file format is (書式の宣言)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo.base.words import Lang, Words
from surveys.declaration.record_type import RecordType
from surveys.formats.raw.table import RawFile  # noqa: TC001 - in a field
from surveys.record.portable import Portable

Sites = Mapping[RecordType, Sequence[Portable]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How files of a format are known and read (受け取り方).

    Attributes
    ----------
    words
        What people call such a file.
    endings
        Of the names it is given under, with their dots, in small letters.
    read
        From the bytes and ``file``, the name for messages, to plain tables; refuses with an
        ``InputError`` what it cannot read, and neither follows nor opens what the file names.
    mark
        Of bytes: whether they say themselves that they are of this format. ``None`` for text.
    opens
        Of text: the signs one of which it begins with; "" where any will do.
    tables
        Whether it is laid out for people: `read` then takes ``known``, ``sheets`` and
        ``encoding`` as `surveys.formats.raw.sheets.read_sheets` does.
    """

    words: Words
    endings: tuple[str, ...]
    read: Callable[..., RawFile]
    mark: Callable[[bytes], bool] | None = None
    opens: str = ""
    tables: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file sites are written to, and may be read from (書式).

    Attributes
    ----------
    suffix
        Of what is written, with its dot.
    order
        Where it stands among the others when one is chosen.
    dump
        From a type, its sites, the language and when it is made (an ISO text) to bytes.
    dump_many
        The same of several types in one file; ``None`` where a file holds one table.
    reading
        How it is read; ``None`` where it is written only.
    tells_time
        Whether what is written says when it was made: else the same sites make the same bytes
        whenever they are written.
    """

    id: str
    words: Words
    suffix: str
    mime: str
    order: int
    dump: Callable[[RecordType, Sequence[Portable], Lang, str], bytes]
    dump_many: Callable[[Sites, Lang, str], bytes] | None = None
    reading: Reading | None = None
    tells_time: bool = True


def say_homes(portables: Sequence[Portable]) -> Words:
    """Return what a file says of the homes in it, empty words for none (個人の家についての文)."""
    told = {one.told for one in portables}
    if "exact" in told:
        return Words(
            "庁内用：個人の家の正確な位置が入っています。外に出さないでください。",
            "Office use only (庁内用): it holds where private homes are. Do not pass it on.",
        )
    if "square" in told:
        return Words(
            "個人の家の場所は、町丁と250m四方のまん中で示しています。",
            "Private homes are told by area and by the middle of their 250 m square.",
        )
    return Words("", "")


def tell_homes(portables: Sequence[Portable]) -> dict[str, object]:
    """Return the same as a foreign member, nothing for no home (個人の家についての印)."""
    homes = say_homes(portables)
    return {"homes": {"ja": homes.ja, "en": homes.en}} if homes.ja else {}


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """Return a zip that is the same whenever it is made (まとめる)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            # 1980 is the first year a zip can tell.
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return out.getvalue()
