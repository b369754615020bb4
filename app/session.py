"""What a visit holds: the database, the language, the address, and the one door through which pages ask."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import streamlit as st
from streamlit.navigation.page import Page

from app import words
from app.asgi import sign_in_configured
from app.roles import LOCAL, Edition, NotYours, Role, editions_of, require_page
from app.sign_in import Person, SignedOut, person
from etl.db import Database, open_database
from etl.settings import District, settings
from etl.settings import district as read_district
from etl.store.status import last_batch

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

# A page waits so long for one statement of the database, then says that it is slow.
_PATIENCE_S = 20.0
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
            _opened.append(open_database(role="staff", patience_s=_PATIENCE_S))
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


def wish(name: str, options: Sequence[str], *, default: str) -> str:
    """Return what is chosen under a name: earlier in this visit, else in the address, else the default.

    What is no option is not believed, wherever it comes from. The widget of this key then starts with it.
    """
    held = st.session_state.get(name, st.query_params.get(name))
    chosen = held if held in options else default
    if st.session_state.get(name) != chosen:
        st.session_state[name] = chosen
    return chosen


def keep_in_address(name: str, value: str | None) -> None:
    """Write what is chosen into the page's address, so that a link shows the same; nothing leaves it."""
    if not value:
        if name in st.query_params:
            del st.query_params[name]
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def keep_pages(pages: Mapping[str, Page]) -> None:
    """Keep the pages that this visitor may open, by name, so that one can hold a door to another."""
    st.session_state["pages"] = dict(pages)


def pages() -> Mapping[str, Page]:
    """Return the pages that this visitor may open, by name, in the order of the menu."""
    kept: Mapping[str, Page] = st.session_state.get("pages", {})
    return kept


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
            _require_entry()
            # The spinner shows after half a second: an answer at once flickers nothing.
            with st.spinner(words.say("app.asking", language())):
                return True, service(shared_database(), *given, **options)
        except Exception as error:  # the page's last door: people read a sentence, the trace goes to the log
            text, code = words.sentence(error, language(), given=settings().database_url is not None)
            if code == 4:
                forget_database()
            if code != 4 or last:
                _tell(error, text, code)
                break
    return False, None


def _tell(error: Exception, text: str, code: int, *, key: str = "again") -> None:
    if code == 1:
        log.error("a service failed", exc_info=error)
    lang = language()
    st.error(f"{words.say('app.failed', lang)} {text}", icon=":material/cloud_off:")
    st.button(words.say("app.again", lang), key=key)


def record(service: Callable[..., Answer], *given: object, **options: object) -> tuple[bool, Answer | None]:
    """Return True and a service's answer that writes, or say in one sentence why there is none. Nothing is tried twice."""
    hand = writer()
    done, answer = hand.write(service, *given, **options)
    hand.tell()
    return done, answer


@dataclass(slots=True)
class Writer:
    """What writes for a visit and touches no page: wherever a page is touched, another run may cut this one off.

    lang, by, roles  of the visit
    failure          why the last write was not done, or why none may be; None: nothing failed
    """

    lang: words.Lang
    by: str | None
    roles: frozenset[Role]
    failure: Exception | None = None

    def write(
        self, service: Callable[..., Answer], *given: object, **options: object
    ) -> tuple[bool, Answer | None]:
        """Return True and a service's answer that writes, False where there is none: `failure` is why."""
        if isinstance(self.failure, SignedOut | NotYours):
            return False, None
        try:
            writing = open_database(role="loader")
            try:
                return True, service(writing, *given, **options)
            finally:
                writing.close()
        except Exception as error:  # the page's last door, as `ask`
            self.failure = error
        return False, None

    def tell(self) -> None:
        """Say in one sentence on the page why nothing was written, once."""
        if self.failure is None:
            return
        error, self.failure = self.failure, None
        text, code = words.sentence(error, self.lang, given=settings().database_url is not None)
        _tell(error, text, code, key="again_record")


def writer() -> Writer:
    """Return what writes for this visit, all that it takes asked of the page beforehand."""
    lang = language()
    try:
        _require_entry()
    except (SignedOut, NotYours) as refused:
        return Writer(lang, None, frozenset(), refused)
    return Writer(lang, visitor(), roles())


def visitor() -> str | None:
    """Return who is signed in, None without sign-in: the database's user is recorded then."""
    who = _person()
    return who.name if who else None


def roles() -> frozenset[Role]:
    """Return the roles of who sits at the page: those of the claim, all of them where nobody needs to sign in."""
    if not sign_in_configured():
        return LOCAL
    who = _person()
    return who.roles if who else frozenset()


def edition() -> Edition | None:
    """Return the fullest edition that the visitor may see, which is what pages show; None for no role."""
    mine = editions_of(roles())
    return mine[-1] if mine else None


def must_sign_in() -> bool:
    """Say whether sign-in is configured and this visitor has not signed in, or did too long ago."""
    return sign_in_configured() and _person() is None


def enter(page: str) -> None:
    """Note which page the visitor opens. What it asks and records is refused to whom the page isn't open.

    Raises NotYours, SignedOut
    """
    st.session_state["entered"] = page
    _require_entry()


def _require_entry() -> None:
    """Raise SignedOut or NotYours unless the visitor may be where they are; parts of a page that rerun alone ask too."""
    if not sign_in_configured():
        return
    if _person() is None:
        raise SignedOut()
    page = st.session_state.get("entered")
    if page is None:
        raise NotYours("no page was opened")
    require_page(page, roles())


def roles_later() -> Callable[[], frozenset[Role]]:
    """Return what tells the visitor's roles also outside a run of the page, such as when a button makes its file.

    What it returns raises SignedOut once the sign-in is over.
    """
    if not sign_in_configured():
        return lambda: LOCAL
    claims = st.user.to_dict()

    def roles_now() -> frozenset[Role]:
        who = _named(claims)
        if who is None:
            raise SignedOut()
        return who.roles

    return roles_now


def _person() -> Person | None:
    return _named(st.user.to_dict()) if sign_in_configured() else None


def _named(claims: Mapping[str, object]) -> Person | None:
    chosen = settings()
    return person(claims, roles_claim=chosen.roles_claim, hours=chosen.sign_in_hours, now_s=time.time())
