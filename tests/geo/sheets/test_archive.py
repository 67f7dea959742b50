"""A zip somebody gives is told of as a zip, and a workbook, which is one within, as a workbook."""

import io
import zipfile

import pytest

from geo.base.problems import InputError
from geo.sheets.archive import read_tables


def packed(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"表.csv": b"0" * 60_000_000}, "大きすぎる"),
        ({"../../表.csv": b"a,b\n"}, "外を指す"),
    ],
)
def test_a_zip_that_is_refused_is_called_a_zip(members, why):
    for file, called in (("表.zip", "圧縮ファイル（zip）"), ("表.xlsx", "Excel|ブック")):
        with pytest.raises(InputError) as caught:
            read_tables(packed(members), (".csv",), file=file)
        said = caught.value.words.ja
        assert why in said and any(one in said for one in called.split("|")), said
        assert file.endswith(".xlsx") or ("Excel" not in said and "ブック" not in said), said
