"""``kayoi build --map``, ``--encoding`` and names that are asked about; built again the same way."""

import pytest
from town_fixtures import write_town

from geo.cli import main
from geo.sources.how_read import HowRead, load_how, save_how
from geo.sources.tabular import load_table
from geo.sources.town_folder import load_town


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setenv("KAYOI_LANG", "ja")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return write_town(tmp_path / "files")


@pytest.fixture
def salons(tmp_path, files):
    table = tmp_path / "files" / "salons.csv"
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    assert "名称" in head
    text = "\n".join([head.replace("名称", "屋号"), *rows]) + "\n"
    table.write_bytes(text.encode("euc_jp"))
    return table


def build(tmp_path, files, *more):
    return main(["build", "--out", str(tmp_path / "town"), *files, *more])


def test_a_heading_is_told_and_the_town_is_built_again_the_same_way(tmp_path, files, salons):
    assert build(tmp_path, files, "--map", "屋号=名称", "--encoding", "EUC-JP") == 0
    folder = tmp_path / "town"
    assert load_town(folder).salons["name"].tolist() == ["サロン0", "サロン1"]
    kept = next((folder / "sources").glob("salons.csv"))
    assert load_how(kept) == HowRead(columns={"屋号": "名称"}, encoding="euc_jp")
    assert main(["build", "--recipe", str(folder / "town.toml")]) == 0
    assert load_town(folder).salons["name"].tolist() == ["サロン0", "サロン1"]


def test_a_list_without_names_is_refused_and_nothing_is_made(tmp_path, files, salons, capsys):
    assert build(tmp_path, files) == 2
    said = capsys.readouterr().err
    assert "名前のない通いの場が2か所あります" in said and "--map" in said
    assert not (tmp_path / "town").exists()
    assert build(tmp_path, files, "--accept", "names") == 0


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--map", "天体=名称"], "「天体」という列は、どの表にもありません"),
        (["--map", "屋号=施設各"], "「施設各」は、表の見出しとして読めません。近いもの: 施設名"),
        (["--map", "天体"], "'事業所名=名称' のように"),
        (["--encoding", "latin1"], "Shift_JIS"),
        (["--encoding", "UTF-8"], "選んだ文字コード（utf-8-sig）では読めません"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_made(
    tmp_path, files, salons, more, told, capsys
):
    assert build(tmp_path, files, *more) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "town").exists()


def test_a_column_is_left_out_and_another_makes_room(tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("事業所名,name,階数\n西町,x,2\n", encoding="utf-8")
    save_how(table, HowRead(columns={"事業所名": "name", "階数": ""}))
    assert load_table(table).frame.to_dict("records") == [{"name": "西町", "name（もとの列）": "x"}]
    table.with_name("a.csv.reading.toml").write_text("encoding = ", encoding="utf-8")
    with pytest.raises(ValueError, match="mend or delete"):
        load_table(table)
