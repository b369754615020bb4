"""The question that comes before a file: which editions a role is offered, and what an internal one asks for."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app import session
from app.roles import Role
from app.sign_in import Person


def _page() -> None:
    from app import downloads

    downloads.csv_button("gaps")


def _public_page() -> None:
    from app import downloads

    downloads.csv_button("cameras")


@pytest.fixture(autouse=True)
def _door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLMOK_DISTRICT", "sample")
    monkeypatch.setenv("GOLMOK_LANGUAGE", "en")


def signed_in(monkeypatch: pytest.MonkeyPatch, *roles: Role) -> None:
    """Let somebody of these roles sit at the page."""
    monkeypatch.setattr(session, "sign_in_configured", lambda: True)
    monkeypatch.setattr(session, "_person", lambda: Person("kim", frozenset(roles)))


def run(page=_page) -> AppTest:  # type: ignore[no-untyped-def]
    test = AppTest.from_function(page, default_timeout=20)
    test.run()
    assert not test.exception
    return test


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("committee", ["committee"]),
        ("operator", ["committee", "internal: our centre alone"]),
        ("auditor", ["committee", "internal: our centre alone"]),
    ],
)
def test_each_role_is_offered_its_editions_of_a_table_and_no_other(
    monkeypatch: pytest.MonkeyPatch, role: Role, offered: list[str]
) -> None:
    signed_in(monkeypatch, role)
    test = run()
    assert test.selectbox(key="take_gaps_edition").options == offered
    assert len(test.get("download_button")) == 1  # the committee's asks nothing more


def test_gaps_are_offered_to_nobody_whose_edition_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(monkeypatch, "steward")
    test = run()
    assert not test.selectbox and not test.get("download_button")
    assert "takes no edition" in test.info[0].value
    assert run(_public_page).selectbox(key="take_cameras_edition").options == ["public: anyone"]


def test_an_internal_file_waits_for_a_purpose_and_bears_the_name_of_who_signed_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signed_in(monkeypatch, "planner")
    test = run()
    test.selectbox(key="take_gaps_edition").select("internal").run()
    assert not test.get("download_button")
    assert test.button(key="take_gaps_waits").disabled
    assert [field.key for field in test.text_input] == ["take_gaps_purpose"]
    test.text_input(key="take_gaps_purpose").set_value(" ").run()
    assert not test.get("download_button")
    test.text_input(key="take_gaps_purpose").set_value("patrol").run()
    assert len(test.get("download_button")) == 1


def test_without_sign_in_the_name_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    test = run()
    test.selectbox(key="take_gaps_edition").select("internal").run()
    test.text_input(key="take_gaps_purpose").set_value("patrol").run()
    assert not test.get("download_button")
    test.text_input(key="take_gaps_who").set_value("Lee").run()
    assert len(test.get("download_button")) == 1


def _plan_page() -> None:
    from app import downloads

    downloads.plan_buttons(12)


@pytest.mark.parametrize(
    ("role", "sheet", "table"),
    [
        ("committee", ["committee"], None),
        ("planner", ["committee", "internal: our centre alone"], ["internal: our centre alone"]),
        ("steward", None, None),
    ],
)
def test_a_plan_is_offered_in_the_forms_and_editions_of_a_role(
    monkeypatch: pytest.MonkeyPatch, role: Role, sheet: list[str] | None, table: list[str] | None
) -> None:
    signed_in(monkeypatch, role)
    test = run(_plan_page)
    assert len(test.selectbox(key="take_plan_form").options) == 3
    for form, offered in (("pdf", sheet), ("csv", table), ("gpkg", table)):
        test.selectbox(key="take_plan_form").select(form).run()
        editions = [box.options for box in test.selectbox if box.key == f"take_plan_{form}_edition"]
        assert editions == ([] if offered is None else [offered])
        assert bool(test.info) is (offered is None)
