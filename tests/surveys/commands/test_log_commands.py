"""``kayoi records --type activity``, and a log in a backup and back (`surveys.commands.taking`)."""

import csv

import pytest
from register_fixtures import open_sqlite

from geo.cli import main
from surveys.record.privacy import REASON
from surveys.store.log import LogQuery, each_entry

TABLE = (
    "日程,対応時間（分）,エリア,相手方,事業・会議名等,経過・内容・主な事柄\n"
    "令和8年12月1日,90,中央,社協,協議体,買い物の話\n"
    "令和8年12月2日,10,東町,民生委員,電話,田中さんのごみ出し\n"
)


@pytest.fixture(autouse=True)
def _japanese(monkeypatch):
    monkeypatch.setenv("KAYOI_LANG", "ja")
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def town(tmp_path):
    folder = tmp_path / "街"
    folder.mkdir()
    (tmp_path / "活動記録.csv").write_text(TABLE, encoding="utf-8-sig")
    return folder


def bring(town, *more, file="活動記録.csv"):
    args = ["records", "import", "--town", str(town), "--type", "activity"]
    return main([*args, str(town.parent / file), *more])


def entries(town):
    register = open_sqlite(town)
    found = {one.title: one.answers for one in each_entry(register, LogQuery())}
    register.engine.dispose()
    return found


def test_a_table_that_names_somebody_is_refused_until_somebody_says_why(town, capsys):
    assert bring(town) == 2
    said = capsys.readouterr()
    assert "3行目 「田中さん」" in said.out and "役職・年代・地区" in said.out
    assert "--private-reason" in said.err and entries(town) == {}
    assert bring(town, "--private-reason", "見守りの同意あり") == 0
    found = entries(town)
    assert found["電話"][REASON] == "見守りの同意あり" and REASON not in found["協議体"]


def test_a_dry_run_names_the_rows_and_takes_nothing(town, capsys):
    assert bring(town, "--dry-run") == 0
    assert "「田中さん」" in capsys.readouterr().out and entries(town) == {}


def test_the_log_goes_out_by_its_own_name_and_not_with_all(town, tmp_path):
    assert bring(town, "--private-reason", "同意あり") == 0
    out = tmp_path / "活動.csv"
    args = ["records", "export", "--town", str(town), "--format", "csv", "--out"]
    assert main([*args, str(out), "--type", "activity"]) == 0
    with out.open(encoding="utf-8-sig", newline="") as file:
        heads, *rows = list(csv.reader(file))
    assert len(rows) == 2 and "確認の期日" not in heads and "経過・内容" in heads
    assert main([*args, str(tmp_path / "全部.zip"), "--type", "all"]) == 0
    assert "田中" not in (tmp_path / "全部.zip").read_bytes().decode("latin-1")


def test_the_log_is_in_a_backup_and_comes_back_whole(town, tmp_path):
    assert bring(town, "--private-reason", "同意あり") == 0
    kept, before = tmp_path / "控え.zip", entries(town)
    assert main(["backup", "--town", str(town), str(kept)]) == 0
    other = tmp_path / "戻した街"
    assert main(["restore", str(kept), "--out", str(other)]) == 0
    assert entries(other) == before and len(before) == 2
    assert main(["records", "check", "--town", str(other)]) == 0
