"""What a file format is (書式の宣言)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo.base.words import Lang, Words  # noqa: TC001 - in the alias below, and in fields
from surveys.declaration.record_type import RecordType
from surveys.record.portable import Portable

Sites = Mapping[RecordType, Sequence[Portable]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One kind of file sites are written to (書式).

    Attributes
    ----------
    suffix
        With its dot; `surveys.formats.raw.raw` reads files by it.
    dump
        From a type, its sites, the language and when it is made (an ISO text) to bytes.
    dump_many
        The same of several types in one file; ``None`` where a file holds one table.
    """

    id: str
    words: Words
    suffix: str
    mime: str
    dump: Callable[[RecordType, Sequence[Portable], Lang, str], bytes]
    dump_many: Callable[[Sites, Lang, str], bytes] | None = None


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
