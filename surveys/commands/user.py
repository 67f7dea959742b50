"""``kayoi user``: who may sign in (利用者のコマンド)."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.accounts.moments import say_time
from surveys.accounts.new_password import check_new_password
from surveys.accounts.passwords import hash_password
from surveys.accounts.user import check_title, tidy_name
from surveys.commands.shared import declare_actions, make_id, tell
from surveys.signing_in.new_user import add_user, check_new_name, names_of
from surveys.signing_in.tries import name_key
from surveys.store import accounts as store
from surveys.store.register import open_register

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from geo.base.arguments import Add
    from geo.base.words import Lang
    from surveys.accounts.user import User
    from surveys.store.register import Register

WORDS = Words(
    "サインインする利用者をたし、止め、パスワードを変えます",
    "add accounts, disable them, change their passwords",
)
KEPT: Final = ("account", "session")


def add_arguments(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """Declare the arguments of each of the five (引数)."""
    declare_actions(
        parser,
        lang,
        ("add", Words("利用者をたします", "add an account"), _declare_add),
        ("list", Words("利用者の一覧を出します", "list the accounts"), _declare_town),
        ("disable", Words("サインインできなくします", "let it sign in no more"), _declare_name),
        (
            "enable",
            Words("またサインインできるようにします", "let it sign in again"),
            _declare_name,
        ),
        ("password", Words("パスワードを新しくします", "set a new password"), _declare_password),
    )


def run(args: argparse.Namespace, lang: Lang) -> None:
    """Do one of the five (実行)."""
    actions = {
        "add": _add, "list": _list, "disable": _disable, "enable": _enable, "password": _password,
    }  # fmt: skip
    with _opened(args.town) as register:
        actions[args.action](register, args, lang)


def _declare_town(add: Add) -> None:
    add("--town", "街のフォルダ", "the town's folder", type=Path, required=True, metavar="DIR")


def _declare_name(add: Add) -> None:
    add("name", "サインインの名前", "the name to sign in with", metavar="NAME")
    _declare_town(add)


def _declare_password(add: Add) -> None:
    _declare_name(add)
    add(
        "--password-stdin", "パスワードを標準入力の1行目から読む",
        "read the password from the first line of standard input", action="store_true",
    )  # fmt: skip


def _declare_add(add: Add) -> None:
    _declare_password(add)
    add("--title", "記録に残す役職", "the role that stands in records", default="", metavar="ROLE")


@contextmanager
def _opened(town: Path) -> Iterator[Register]:
    if not town.is_dir():
        raise InputError(Words(f"フォルダ {town} がありません", f"no folder {town}"))
    register = open_register(town)
    try:
        yield register
    finally:
        register.engine.dispose()


def _add(register: Register, args: argparse.Namespace, lang: Lang) -> None:
    name, title = check_new_name(register, args.name), check_title(args.title)
    first = not store.has_users(register)
    secret = _ask_password(name, [title, *names_of(args.town)], lang, stdin=args.password_stdin)
    add_user(register, args.town, id_=make_id(), name=name, title=title, password=secret, at=_now())
    role = Words(f"（{title}）", f" ({title})").say(lang) if title else ""
    tell(Words(f"{name}{role} をたしました", f"added {name}{role}"), lang)
    if first:
        again = Words(
            "はじめての利用者です。kayoi serve が動いていたら、始め直すとサインインが要るようになります",
            "the first account: start kayoi serve anew, and people must sign in",
        )
        tell(again, lang)


def _list(register: Register, _args: argparse.Namespace, lang: Lang) -> None:
    users = store.list_users(register)
    for user in users:
        state = Words("　止めてある", "  disabled").say(lang) if user.disabled else ""
        title = Words(f"　{user.title}", f"  {user.title}").say(lang) if user.title else ""
        line = f"{user.name}{title}{state}"
        tell(Words(line, line), lang)
    if not users:
        tell(Words("利用者はまだいません", "there is no account yet"), lang)


def _disable(register: Register, args: argparse.Namespace, lang: Lang) -> None:
    user = _find(register, args.name)
    store.disable_account(register, user.id, _now())
    done = Words(
        f"{user.name} を止めました。サインインしていた端末も、すぐに使えなくなります",
        f"disabled {user.name}; devices that were signed in are out at once",
    )
    tell(done, lang)


def _enable(register: Register, args: argparse.Namespace, lang: Lang) -> None:
    user = _find(register, args.name)
    store.enable_account(register, user.id)
    done = Words(f"{user.name} は、またサインインできます", f"{user.name} may sign in again")
    tell(done, lang)


def _password(register: Register, args: argparse.Namespace, lang: Lang) -> None:
    user = _find(register, args.name)
    known = [user.title, *names_of(args.town)]
    password = hash_password(_ask_password(user.name, known, lang, stdin=args.password_stdin))
    store.change_password(register, user.id, password, at=_now(), try_keys=[name_key(user.name)])
    done = Words(
        f"{user.name} のパスワードを新しくしました。サインインしていた端末では、もう一度サインインが要ります",
        f"{user.name} has a new password; devices that were signed in must sign in again",
    )
    tell(done, lang)


def _find(register: Register, text: str) -> User:
    found = store.find_account(register, tidy_name(text))
    if found is None:
        raise InputError(
            Words(
                f"「{text}」という利用者はいません。kayoi user list で確かめてください",
                f"there is no account {text!r}; see kayoi user list",
            )
        )
    return found.user


def _ask_password(name: str, known: list[str], lang: Lang, *, stdin: bool) -> str:
    if stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        ask = Words("新しいパスワード（打った字は見えません）: ", "new password (not shown): ")
        password = getpass(ask.say(lang))
        if getpass(Words("もう一度: ", "once more: ").say(lang)) != password:
            raise InputError(
                Words(
                    "2回のパスワードがちがいます。何も変えていません",
                    "the two passwords differ; nothing was changed",
                )
            )
    check_new_password(name, password, known=known)
    return password


def _now() -> str:
    return say_time(datetime.now(UTC))
