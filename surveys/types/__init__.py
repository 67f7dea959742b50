"""Record types, one file of plain data each (調査票の一覧).

Sites and logs are asked, kept, carried in files and backed up alike, and are apart everywhere else:
what walks, lists, maps, counts or publishes goes through `RECORD_TYPES`, which holds no log. Who
means a log says so, by `LOGS` or `EVERY_TYPE`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.base.registry import find_entries, in_order
from surveys.declaration.check_type import check_type

if TYPE_CHECKING:
    from surveys.declaration.record_type import RecordType


EVERY_TYPE: dict[str, RecordType] = in_order(find_entries(__name__, "TYPE"))
RECORD_TYPES: dict[str, RecordType] = {id_: one for id_, one in EVERY_TYPE.items() if not one.log}
LOGS: dict[str, RecordType] = {id_: one for id_, one in EVERY_TYPE.items() if one.log}
for _one in EVERY_TYPE.values():
    check_type(_one, among=EVERY_TYPE)
