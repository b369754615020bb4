"""Who may open which page, take which edition, draw which layer."""

from __future__ import annotations

import pytest

from app import roles
from app.roles import EditionRefused, NotYours


def test_every_role_starts_at_the_start() -> None:
    assert [roles.pages_of([role])[0] for role in roles.ROLES] == ["start"] * 5
    assert roles.pages_of([]) == ()


def test_the_committee_reads_its_report_and_takes_no_map_of_gaps() -> None:
    assert roles.pages_of(["committee"]) == ("start", "plan", "report")
    assert roles.editions_of(["committee"]) == ("public", "committee")
    with pytest.raises(NotYours):
        roles.require_layer("gaps", "internal", ["committee"])


def test_where_the_network_is_blind_is_never_public() -> None:
    for layer in ("gaps", "fields"):
        for edition in ("public", "committee"):
            with pytest.raises(EditionRefused):
                roles.require_layer(layer, edition)
        assert roles.require_layer(layer, "internal") == "internal"


def test_an_edition_that_is_none_is_refused() -> None:
    with pytest.raises(EditionRefused, match="public, committee, internal"):
        roles.require_edition("secret")


@pytest.mark.parametrize(
    ("claim", "held"),
    [
        ("planner", {"planner"}),
        ("operator, auditor", {"operator", "auditor"}),
        (["steward", "golf"], {"steward"}),
        (None, set()),
        ({"planner": True}, set()),
        ("Planner", set()),
    ],
)
def test_a_claim_gives_the_roles_that_it_names(claim: object, held: set[str]) -> None:
    assert roles.roles_in(claim) == held
