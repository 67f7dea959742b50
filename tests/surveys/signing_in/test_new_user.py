"""Adding somebody who may sign in: a name of their own, and no password that would be guessed."""

import pytest

from geo.base.problems import InputError
from surveys.signing_in.new_user import add_user, check_new_name, names_of
from surveys.store.accounts import list_users
from surveys.store.register import open_register

STRONG = "tulip-window-44"


def test_an_account_is_added_once_and_with_a_password_that_holds(tmp_path):
    (tmp_path / "town.toml").write_text('name = "汐見野市"\n', encoding="utf-8")
    register = open_register(tmp_path)
    told = {"id_": "1", "title": "係", "at": "2026-11-21T01:00:00Z"}
    try:
        for weak in ("short", "aaaaaaaaaaaa", "hanako2026hanako"):
            with pytest.raises(InputError):
                add_user(register, tmp_path, name="hanako", password=weak, **told)
        assert not list_users(register)
        user = add_user(register, tmp_path, name=" Ｈanako ", password=STRONG, **told)
        assert (user.name, user.title) == ("hanako", "係")
        with pytest.raises(InputError, match="already"):
            check_new_name(register, "HANAKO")
    finally:
        register.engine.dispose()
    assert names_of(tmp_path) == [tmp_path.name, "汐見野市"]
