"""Adding somebody who may sign in, from the terminal or the first page (利用者をたす)."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.accounts.new_password import check_new_password
from surveys.accounts.passwords import hash_password
from surveys.accounts.user import User, check_name, check_title
from surveys.store import accounts as store

if TYPE_CHECKING:
    from pathlib import Path

    from surveys.store.register import Register


def check_new_name(register: Register, text: str) -> str:
    """Return the name of a new account as it will be kept (新しい名前を確かめる).

    Raises
    ------
    InputError
        It cannot be a name, or is somebody's.
    """
    name = check_name(text)
    if store.find_account(register, name):
        raise InputError(Words(f"「{name}」はもういます", f"there is an account {name!r} already"))
    return name


def add_user(
    register: Register, town: Path, *, id_: str, name: str, title: str, password: str, at: str
) -> User:
    """Add an account (利用者をたす).

    Parameters
    ----------
    town
        The town's folder: what it is called is no password.
    at
        The moment, as accounts have it (`surveys.accounts.moments`).

    Raises
    ------
    InputError
        The name is taken or none, or the password would be guessed.
    """
    known = [check_title(title), *names_of(town)]
    user = User(id=id_, name=check_new_name(register, name), title=known[0])
    check_new_password(user.name, password, known=known)
    store.add_account(register, store.Account(user=user, password=hash_password(password)), at)
    return user


def names_of(town: Path) -> list[str]:
    """Return what a town is called, as far as it says: others know it as well (街のよび名)."""
    names = [town.resolve().name]
    with suppress(OSError, ValueError):
        recipe = tomllib.loads((town / "town.toml").read_text(encoding="utf-8"))
        names.append(str(recipe.get("name", "")))
    return names
