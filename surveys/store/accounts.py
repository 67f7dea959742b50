"""Accounts, sessions and tries to sign in, as the register keeps them (利用者をしまう)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import RowMapping, delete, func, insert, select, update

from geo.base.problems import InputError
from geo.base.words import Words
from surveys.accounts.user import User
from surveys.store.engine import reading, writing
from surveys.store.field_tables import ACCOUNT, SESSION, SIGN_IN_TRY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from surveys.store.register import Register

_CHUNK: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user with what is kept of the password (利用者としまった合いことば)."""

    user: User
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody being signed in on one device (サインインしていること).

    Attributes
    ----------
    id
        The fingerprint of the secret in the reader's cookie.
    ends_at
        When it ends by itself unless it is used meanwhile.
    """

    id: str
    account_id: str
    made_at: str
    seen_at: str
    ends_at: str


def find_account(register: Register, name: str) -> Account | None:
    """Return the account of a name, disabled ones too (利用者を探す)."""
    with reading(register.engine) as connection:
        row = connection.execute(select(ACCOUNT).where(ACCOUNT.c.name == name)).mappings().first()
    return None if row is None else Account(user=_user(row), password=str(row["password"]))


def list_users(register: Register) -> list[User]:
    """Return all users by name (利用者の一覧)."""
    with reading(register.engine) as connection:
        rows = connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.name)).mappings().all()
    return [_user(row) for row in rows]


def has_users(register: Register) -> bool:
    """Say whether there is any account at all, disabled ones too (利用者がいるか)."""
    with reading(register.engine) as connection:
        return bool(connection.scalar(select(func.count()).select_from(ACCOUNT)))


def add_account(register: Register, account: Account, made_at: str) -> None:
    """Keep a new account (利用者をたす).

    Raises
    ------
    InputError
        When the name is taken.
    """
    user = account.user
    with writing(register.engine) as connection:
        if connection.scalar(select(ACCOUNT.c.id).where(ACCOUNT.c.name == user.name)):
            raise InputError(
                Words(f"「{user.name}」はもういます", f"there is an account {user.name!r} already")
            )
        connection.execute(
            insert(ACCOUNT).values(
                id=user.id, name=user.name, title=user.title, password=account.password,
                made_at=made_at,
            )
        )  # fmt: skip


def keep_password(register: Register, account_id: str, password: str) -> None:
    """Keep the same password in a newer form; nobody is signed out (形だけ新しくする)."""
    with writing(register.engine) as connection:
        _change(connection, account_id, password=password)


def change_password(
    register: Register, account_id: str, password: str, *, at: str, try_keys: Iterable[str]
) -> None:
    """Keep a new password; every session ends, and tries are forgotten (合いことばを変える)."""
    with writing(register.engine) as connection:
        _change(connection, account_id, password=password)
        _end_sessions(connection, account_id, at)
        for key in try_keys:
            connection.execute(delete(SIGN_IN_TRY).where(SIGN_IN_TRY.c.key.startswith(key)))


def disable_account(register: Register, account_id: str, at: str) -> None:
    """Let an account sign in no more; every session ends (止める)."""
    with writing(register.engine) as connection:
        _change(connection, account_id, disabled_at=at)
        _end_sessions(connection, account_id, at)


def enable_account(register: Register, account_id: str) -> None:
    """Let an account sign in again (また使えるようにする)."""
    with writing(register.engine) as connection:
        _change(connection, account_id, disabled_at=None)


def keep_session(register: Register, session: Session, *, swept_before: str = "") -> None:
    """Keep a new session; those that ended before a moment go (サインインをしまう)."""
    with writing(register.engine) as connection:
        connection.execute(delete(SESSION).where(SESSION.c.ends_at <= swept_before))
        connection.execute(
            insert(SESSION).values(
                id=session.id, account_id=session.account_id, made_at=session.made_at,
                seen_at=session.seen_at, ends_at=session.ends_at,
            )
        )  # fmt: skip


def find_session(register: Register, id_: str) -> tuple[Session, User] | None:
    """Return a session nobody ended, and whose it is (サインインを探す).

    Whether its time is over is not looked at: see `surveys.signing_in.sessions.is_within`.
    """
    return next(iter(list_sessions(register, [id_])), None)


def list_sessions(register: Register, ids: Iterable[str]) -> list[tuple[Session, User]]:
    """Return those of some sessions that nobody ended, and whose they are (まとめて探す)."""
    with reading(register.engine) as connection:
        return find_sessions(connection, ids)


def find_sessions(connection: Connection, ids: Iterable[str]) -> list[tuple[Session, User]]:
    """Return those of some sessions that nobody ended, of accounts not disabled (中で探す)."""
    wanted = (
        select(
            SESSION.c.id.label("session_id"), SESSION.c.made_at, SESSION.c.seen_at,
            SESSION.c.ends_at, ACCOUNT.c.id, ACCOUNT.c.name, ACCOUNT.c.title,
            ACCOUNT.c.disabled_at,
        )
        .join(ACCOUNT, ACCOUNT.c.id == SESSION.c.account_id)
        .where(SESSION.c.ended_at.is_(None), ACCOUNT.c.disabled_at.is_(None))
    )  # fmt: skip
    found, asked = [], list(ids)
    for at in range(0, len(asked), _CHUNK):
        part = SESSION.c.id.in_(asked[at : at + _CHUNK])
        for row in connection.execute(wanted.where(part)).mappings():
            session = Session(
                id=row["session_id"], account_id=row["id"], made_at=row["made_at"],
                seen_at=row["seen_at"], ends_at=row["ends_at"],
            )  # fmt: skip
            found.append((session, _user(row)))
    return found


def touch_session(register: Register, id_: str, *, seen_at: str, ends_at: str) -> None:
    """Note that a session is in use (使っていると書きとめる)."""
    with writing(register.engine) as connection:
        connection.execute(
            update(SESSION).where(SESSION.c.id == id_).values(seen_at=seen_at, ends_at=ends_at)
        )


def end_session(register: Register, id_: str, at: str) -> None:
    """End one session (サインアウトする)."""
    with writing(register.engine) as connection:
        connection.execute(
            update(SESSION)
            .where(SESSION.c.id == id_, SESSION.c.ended_at.is_(None))
            .values(ended_at=at)
        )


def count_try(register: Register, key: str, *, at: str, since: str) -> tuple[int, str]:
    """Count one more try of a key; return how many there are, and since when (数える).

    Parameters
    ----------
    since
        Tries that began before this are forgotten.
    """
    with writing(register.engine) as connection:
        connection.execute(delete(SIGN_IN_TRY).where(SIGN_IN_TRY.c.first_at <= since))
        # By a clock that was ahead: as if it were of now, or one would wait for that day to come.
        connection.execute(
            update(SIGN_IN_TRY).where(SIGN_IN_TRY.c.first_at > at).values(first_at=at)
        )
        row = connection.execute(
            update(SIGN_IN_TRY)
            .where(SIGN_IN_TRY.c.key == key)
            .values(count=SIGN_IN_TRY.c.count + 1)
            .returning(SIGN_IN_TRY.c.count, SIGN_IN_TRY.c.first_at)
        ).first()
        if row is not None:
            return int(row[0]), str(row[1])
        connection.execute(insert(SIGN_IN_TRY).values(key=key, count=1, first_at=at))
    return 1, at


def forget_tries(register: Register, *, name_key: str, address_key: str) -> None:
    """Forget a name's tries after it signed in, and that one of its address (忘れる)."""
    with writing(register.engine) as connection:
        # Those of the name at single places begin alike.
        connection.execute(delete(SIGN_IN_TRY).where(SIGN_IN_TRY.c.key.startswith(name_key)))
        connection.execute(
            update(SIGN_IN_TRY)
            .where(SIGN_IN_TRY.c.key == address_key, SIGN_IN_TRY.c.count > 0)
            .values(count=SIGN_IN_TRY.c.count - 1)
        )


def _user(row: RowMapping) -> User:
    return User(
        id=str(row["id"]), name=str(row["name"]), title=str(row["title"]),
        disabled=row["disabled_at"] is not None,
    )  # fmt: skip


def _change(connection: Connection, account_id: str, **values: Any) -> None:  # noqa: ANN401 - columns
    connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account_id).values(**values))


def _end_sessions(connection: Connection, account_id: str, at: str) -> None:
    connection.execute(
        update(SESSION)
        .where(SESSION.c.account_id == account_id, SESSION.c.ended_at.is_(None))
        .values(ended_at=at)
    )
