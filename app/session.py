"""What a visit holds: the database, the language, the address, and the one door through which pages ask."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

import streamlit as st

from app import words
from app.asgi import sign_in_configured
from app.roles import LOCAL, Role, roles_in
from etl.db import Database, open_database
from etl.settings import District, settings
from etl.settings import district as read_district
from etl.store.status import last_batch

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

# How long the map may take to notice a load.
_VERSION_S = 60

_lock = threading.Lock()
_opened: list[Database] = []


def shared_database() -> Database:
    """Return the district's database for reading, opened once for pages and tiles alike.

    Raises DatabaseUnreachable or NotInitialised; the next call tries anew.
    """
    with _lock:
        if not _opened:
            _opened.append(open_database(role="staff"))
        return _opened[0]


def forget_database() -> None:
    """Drop the connections, so that the next question opens new ones (and starts a sleeping cluster)."""
    with _lock:
        while _opened:
            _opened.pop().close()


def district() -> District:
    """Return the settings of the district that is served."""
    return read_district(settings().district)


def language() -> words.Lang:
    """Return the visit's language: chosen, else the address's, else the setting's."""
    if "lang" not in st.session_state:
        st.session_state["lang"] = words.language(st.query_params.get("lang") or settings().language)
    return words.language(st.session_state["lang"])


def language_switch() -> words.Lang:
    """Draw the choice of language, keep it in the address, and return it."""
    language()
    names = {"ko": "한국어", "en": "English"}
    st.segmented_control(
        "언어 Language",
        words.LANGUAGES,
        required=True,
        format_func=lambda lang: names[lang],
        key="lang",
        label_visibility="collapsed",
    )
    keep_in_address("lang", language())
    return language()


def keep_in_address(name: str, value: str) -> None:
    """Write what is chosen into the page's address, so that a link shows the same; what is blank leaves it."""
    if not value:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def map_version() -> str:
    """Return a name for what is loaded: it changes with each load, so that the map asks for new tiles."""
    try:
        return _last_batch(time.monotonic() // _VERSION_S)
    except Exception as error:  # without a database the page says so; the map stays as it is
        log.debug("no version of the map", exc_info=error)
        return ""


@lru_cache(maxsize=1)
def _last_batch(_moment: float) -> str:
    return str(last_batch(shared_database()))


def ask(service: Callable[..., Answer], *given: object, **options: object) -> tuple[bool, Answer | None]:
    """Return True and a service's answer for the database, or say in one sentence why there is none.

    After a lost connection the question is put a second time on a new one: a database that was restarted between
    two clicks is nobody's business.
    """
    for last in (False, True):
        try:
            return True, service(shared_database(), *given, **options)
        except Exception as error:  # the page's last door: people read a sentence, the trace goes to the log
            text, code = words.sentence(error, language(), given=settings().database_url is not None)
            if code == 4:
                forget_database()
            if code != 4 or last:
                _tell(error, text, code)
                break
    return False, None


def _tell(error: Exception, text: str, code: int) -> None:
    if code == 1:
        log.error("a service failed", exc_info=error)
    lang = language()
    st.error(f"{words.say('app.failed', lang)} {text}", icon=":material/cloud_off:")
    st.button(words.say("app.again", lang), key="again")


def record(service: Callable[..., Answer], *given: object, **options: object) -> tuple[bool, Answer | None]:
    """Return True and a service's answer that writes, or say in one sentence why there is none. Nothing is tried twice."""
    try:
        writing = open_database(role="loader")
        try:
            return True, service(writing, *given, **options)
        finally:
            writing.close()
    except Exception as error:  # the page's last door, as `ask`
        text, code = words.sentence(error, language(), given=settings().database_url is not None)
        _tell(error, text, code)
    return False, None


def visitor() -> str | None:
    """Return who is signed in, None without sign-in: the database's user is recorded then."""
    if not (sign_in_configured() and st.user.is_logged_in):
        return None
    return str(st.user.get("email") or st.user.get("name") or st.user.get("sub"))


def roles() -> frozenset[Role]:
    """Return the roles of who sits at the page: those of the claim, all of them where nobody needs to sign in."""
    if not sign_in_configured():
        return LOCAL
    return roles_in(st.user.get("roles")) if st.user.is_logged_in else frozenset()


def must_sign_in() -> bool:
    """Say whether sign-in is configured and this visitor has not signed in."""
    return sign_in_configured() and not st.user.is_logged_in
