"""What is chosen stands in the page's address: a plan or a load by its number, a part of a page by its code."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from app import session


def number_choice(name: str, title: str, options: Mapping[int, str], *, placeholder: str) -> int | None:
    """Draw a choice among numbered things and return the chosen number, None for none of them.

    name     of it in the address, `?name=12`; its widget is `name_open`
    options  number -> what it is called, in the order of the list
    """
    key, following = f"{name}_open", f"{name}_next"
    if following in st.session_state:
        st.session_state[key] = st.session_state.pop(following)
    elif key not in st.session_state:
        st.session_state[key] = _known(st.query_params.get(name), options)
    chosen = st.selectbox(
        title,
        [*options],
        index=None,
        placeholder=placeholder,
        format_func=options.__getitem__,
        key=key,
        persist_state="session",
    )
    if chosen is None:
        st.query_params.pop(name, None)
    else:
        session.keep_in_address(name, str(chosen))
    return chosen


def code_choice(name: str, title: str, options: Mapping[str, str], *, hidden: bool = False) -> str:
    """Draw a choice among a few codes, the first unless the address says another, and return the chosen one.

    name     of it in the address and of its widget
    options  code -> what it is called; Streamlit's own binding would write that, in one language, into the address
    hidden   the title is for screen readers alone
    """
    first = next(iter(options))
    if name not in st.session_state:
        wish = st.query_params.get(name)
        st.session_state[name] = wish if wish in options else first
    chosen = st.segmented_control(
        title,
        [*options],
        required=True,
        format_func=options.__getitem__,
        key=name,
        label_visibility="collapsed" if hidden else "visible",
        persist_state="session",
    )
    session.keep_in_address(name, chosen or first)
    return chosen or first


def open_next(name: str, number: int | None) -> None:
    """Have the page run again with another number chosen, or with none."""
    # The widget's own key cannot be written once it is drawn: the next run takes this one over.
    st.session_state[f"{name}_next"] = number
    st.rerun()


def unknown_number(name: str, options: Collection[int]) -> str | None:
    """Return what the address names when there is no such number (anymore), else None. To be asked before the choice."""
    wish = st.query_params.get(name)
    return wish if wish and _known(wish, options) is None else None


def _known(wish: str | None, options: Collection[int]) -> int | None:
    return int(wish) if wish and wish.isdecimal() and int(wish) in options else None
