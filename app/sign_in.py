"""Who has signed in: what the claims of a provider say of a person, and for how long. Pure.

Pages read the claims from Streamlit's session, tiles from the signed cookie: both ask here, so both give one answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.roles import Role, roles_in
from spatial.errors import GolmokError

# The names that a claim may give a person, the one that a log can be searched for first.
_NAMES = ("email", "preferred_username", "name", "sub")


class SignedOut(GolmokError):
    """Nobody is signed in, or the sign-in has ended."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has signed in.

    name    what stands in the access log and beside the sign-out button
    roles   those that the claim names; none for somebody that the centre knows nothing of
    """

    name: str
    roles: frozenset[Role]


def person(claims: Mapping[str, object], *, roles_claim: str, hours: float, now_s: float) -> Person | None:
    """Return who the claims speak of; None for nobody, and for a sign-in that is over.

    claims       what the provider signed, as Streamlit keeps it
    roles_claim  the claim that names roles; dots lead into nested ones
    hours        how long a sign-in holds from when the provider made it (`iat`); one without that time holds never
    now_s        seconds since 1970
    """
    made_s = claims.get("iat")
    if not claims.get("is_logged_in") or not isinstance(made_s, int | float):
        return None
    if not made_s <= now_s + _CLOCKS_APART_S or now_s >= made_s + hours * 3600:
        return None
    name = next((str(claims[each]) for each in _NAMES if claims.get(each)), None)
    return Person(name, roles_in(_claim(claims, roles_claim))) if name else None


# A provider's clock may run a little ahead of ours.
_CLOCKS_APART_S = 300


def _claim(claims: Mapping[str, object], path: str) -> object:
    """Return the claim of that very name (some names are addresses, with dots), else what the dots lead to."""
    if path in claims:
        return claims[path]
    found: object = claims
    for step in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(step)
    return found
