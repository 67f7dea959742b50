"""Where the town is kept, who may use it, and where its backups go (置き場所・利用者・控え)."""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import streamlit as st

from geo.base.outside import outside
from geo.base.problems import InputError
from geo.base.settings import TOWN
from geo.base.words import Words
from geo.sources.own_folder import check_home, holds_town, keep_folder
from layers.maps.popup import entity
from layers.served.account import sign_in_needed
from layers.served.clock import now_in_japan, now_in_utc
from layers.served.register import register_now
from pages.parts.frame.signed_in import user_now
from pages.parts.making.backups import say_backup
from surveys.accounts.moments import say_time
from surveys.signing_in.new_user import add_user
from surveys.store.accounts import list_users
from surveys.store.backup_place import find_last, keep_place, read_place, save_there

if TYPE_CHECKING:
    from geo.base.words import Lang
    from surveys.store.register import Register

_SAID: Final = "mk_home_said"


def show_home(folder: Path, lang: Lang) -> None:
    """Show where it is kept, who may use it, and the backups (置き場所・利用者・控え)."""
    with suppress(InputError), st.container(border=True, key="card_mk_home"):
        register = register_now()
        head = Words("置き場所・控え・利用者", "Where it is kept, backups, people")
        st.subheader(head.say(lang), anchor="backup")
        said = st.session_state.pop(_SAID, None)
        if said:
            st.html(f"<p class='kz-note' role='alert'><b>{entity(said)}</b></p>")
        _show_folder(folder, register, lang)
        _show_backup(folder, register, lang)
        _show_people(folder, register, lang)


def _alone() -> bool:
    """Say whether who reads this sits at the machine itself: paths are its own then."""
    return not sign_in_needed()


def _show_folder(folder: Path, register: Register, lang: Lang) -> None:
    kept = Words(f"街と記録の置き場所：{folder}", f"Town and records are kept in {folder}")
    st.html(f"<p style='overflow-wrap:anywhere'>{entity(kept.say(lang))}</p>")
    if not _alone() or holds_town(folder) or list_users(register):
        return
    with st.expander(Words("別の所に置く", "Keep it elsewhere").say(lang)):
        text = st.text_input(
            Words("フォルダの場所（まだないフォルダでもよい）", "Folder (it need not be there yet)").say(lang),
            key="mk_folder", placeholder=str(Path.home() / "Documents" / "KayoiMap"),
        )  # fmt: skip
        words = Words("ここに置く", "Keep it there")
        if st.button(words.say(lang), key="mk_move", disabled=not (text or "").strip()):
            _tell(lambda: _move(text.strip()), lang)


def _move(text: str) -> Words:
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise InputError(
            Words(
                f"「{text}」だけでは、どこのフォルダか分かりません。{Path.home()} のように、はじめから書いてください",
                f"{text} does not say which folder is meant; write it in full, as in {Path.home()}",
            )
        )
    home = check_home(path)
    home.mkdir(parents=True, exist_ok=True)
    keep_folder(home)
    TOWN.put(str(home))
    return Words(f"置き場所を {home} にしました。", f"It is kept in {home} now.")


def _show_backup(folder: Path, register: Register, lang: Lang) -> None:
    if not _alone():
        return
    place = read_place(register)
    last = find_last(place) if place is not None else None
    st.html(f"<p style='overflow-wrap:anywhere'>{entity(say_backup(place, last).say(lang))}</p>")
    with st.expander(
        Words("控えの場所を選ぶ", "Choose the place for backups").say(lang), expanded=False
    ):
        text = st.text_input(
            Words("フォルダの場所（USBメモリや共有フォルダ）", "Folder (a stick, a shared folder)").say(lang),
            value=str(place or ""), key="mk_backup",
        )  # fmt: skip
        if st.button(Words("ここにする", "Choose it").say(lang), key="mk_backup_keep"):
            _tell(lambda: _keep(register, folder, (text or "").strip()), lang)
    if place is not None:
        words = Words("いま控えをとる", "Back up now")
        if st.button(words.say(lang), key="mk_backup_now"):
            with st.spinner(Words("控えをとっています…", "backing up…").say(lang)):
                _tell(lambda: _back_up(folder, place), lang)


def _keep(register: Register, folder: Path, text: str) -> Words:
    keep_place(register, Path(text), folder)
    return Words("控えの場所を決めました。", "The place for backups is chosen.")


def _back_up(folder: Path, place: Path) -> Words:
    day = now_in_japan().strftime("%Y%m%d")
    file, _ = save_there(folder, place, day=day, now=now_in_utc())
    return Words(f"控えをとりました：{file}", f"Backed up to {file}")


def _show_people(folder: Path, register: Register, lang: Lang) -> None:
    users = [one for one in list_users(register) if not one.disabled]
    if users:
        words = Words(f"サインインする人 {len(users)}人", f"{len(users)} people may sign in")
        st.html(f"<p>{words.say(lang)}</p>")
        if _alone():
            again = Words(
                "次に始めたときから、サインインが要ります。",
                "From the next start on people must sign in.",
            )
            st.html(f"<p class='kz-note'>{again.say(lang)}</p>")
    else:
        words = Words(
            "いまは、このパソコンの前の人だけが、サインインなしで使えます。"
            "タブレットやほかの人が使うときは、利用者をつくります。",
            "For now only the person at this computer can use it, without signing in. Make accounts for "
            "tablets and other people.",
        )
        st.html(f"<p>{words.say(lang)}</p>")
    if not _alone() and user_now() is None:
        return
    with (
        st.expander(Words("利用者をつくる", "Make an account").say(lang)),
        st.form("mk_user", clear_on_submit=True),
    ):
        name = st.text_input(
            Words("名前（サインインに使う）", "Name to sign in with").say(lang), max_chars=40
        )
        title = st.text_input(
            Words("役職（記録に残る）", "Role (stands in records)").say(lang), max_chars=60
        )
        one = st.text_input(
            Words("パスワード（10文字から）", "Password (10 characters or more)").say(lang),
            type="password",
        )
        two = st.text_input(Words("もう一度", "Once more").say(lang), type="password")
        if st.form_submit_button(Words("つくる", "Make it").say(lang)):
            _tell(lambda: _add(register, folder, (name, title, one, two)), lang)


def _add(register: Register, folder: Path, told: tuple[str, str, str, str]) -> Words:
    name, title, one, two = told
    if one != two:
        raise InputError(
            Words(
                "2回のパスワードがちがいます。何も変えていません",
                "the two passwords differ; nothing was changed",
            )
        )
    user = add_user(
        register, folder, id_=uuid.uuid4().hex, name=name, title=title, password=one,
        at=say_time(datetime.now(UTC)),
    )  # fmt: skip
    return Words(f"{user.name} をたしました。", f"{user.name} was added.")


def _tell(do: object, lang: Lang) -> None:
    """Do it, and say on the next run what came of it."""
    try:
        words = do()  # type: ignore[operator]
    except InputError as error:
        words = outside(error.words)
    st.session_state[_SAID] = words.say(lang)
    st.rerun()
