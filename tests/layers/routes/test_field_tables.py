"""Tables of the server's own that the field app follows, each a module of its shell."""

import json

import pytest

from geo.schedule.grammar import PATH as GRAMMAR_TABLE
from layers.field.shell import GRAMMAR, HOME, PRIVACY, load_shell
from surveys.record.privacy_table import dump_privacy

TABLES = {
    "GRAMMAR": (GRAMMAR, lambda: json.loads(GRAMMAR_TABLE.read_text("utf-8"))),
    "PRIVACY": (PRIVACY, lambda: json.loads(json.dumps(dump_privacy()))),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_a_module_the_device_keeps(name):
    address, make = TABLES[name]
    shell = load_shell()
    served = shell.files[address]
    assert served.media == "text/javascript"
    head, _, table = served.body.decode().partition("= ")
    assert head == f"export const {name} "
    assert json.loads(table.rstrip("\n;")) == make()
    assert address in shell.kept and f'href="{address}"' in shell.files[HOME].body.decode()
