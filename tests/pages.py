"""Pages run without a browser, as a visitor opens them by an address; what they say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from streamlit.testing.v1 import AppTest


def visited(
    page: Callable[[], None], lang: str = "en", *, held: Mapping[str, Any] | None = None, **address: str
) -> AppTest:
    """Return a page after its first run without a fault.

    page     its source alone is run: it imports what it needs
    held     what the visit's session holds before
    address  what stands in the page's address
    """
    test = AppTest.from_function(page, default_timeout=30)
    for name, value in {"lang": lang, **address}.items():
        test.query_params[name] = value
    for name, value in (held or {}).items():
        test.session_state[name] = value
    test.run()
    assert not test.exception
    return test


def page_text(test: AppTest) -> str:
    """Return the sentences that a page drew, a line each."""
    return "\n".join(str(part.proto.body) for part in test.get("html"))
