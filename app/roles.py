"""Who may see what: the roles that sign-in gives, and the pages, map layers and editions that each may ask for.

Pure tables, asked by the pages, the tiles and every export. Without sign-in the dashboard answers this machine alone,
and whoever sits at it may do all: `LOCAL`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from spatial.errors import GolmokError

Role = Literal["operator", "planner", "committee", "steward", "auditor"]
Edition = Literal["public", "committee", "internal"]

ROLES: tuple[Role, ...] = ("operator", "planner", "committee", "steward", "auditor")
# From the least to the most that an edition tells.
EDITIONS: tuple[Edition, ...] = ("public", "committee", "internal")
DEFAULT_EDITION: Edition = "committee"
LOCAL: frozenset[Role] = frozenset(ROLES)

_PAGES: dict[str, frozenset[Role]] = {
    "start": frozenset(ROLES),
    "find": frozenset({"operator", "planner"}),
    "gaps": frozenset({"operator", "planner", "auditor"}),
    "plan": frozenset({"planner", "committee", "auditor"}),
    "report": frozenset({"planner", "committee", "auditor"}),
    "data": frozenset({"planner", "steward", "auditor"}),
}
_EDITIONS: dict[Edition, frozenset[Role]] = {
    "public": frozenset(ROLES),
    "committee": frozenset({"operator", "planner", "committee", "auditor"}),
    "internal": frozenset({"operator", "planner", "auditor"}),
}
# The least edition that a layer of the live map may be part of: where the network is blind is never public.
LAYER_EDITION: dict[str, Edition] = {
    "boundaries": "public",
    "buildings": "public",
    "alleys": "public",
    "cameras": "public",
    "zones": "committee",
    "fields": "internal",
    "gaps": "internal",
}
# Who may watch the board of open incidents.
_BOARD: frozenset[Role] = frozenset({"operator", "planner", "auditor"})
# Who may see the very point of an incident of a sensitive class; whoever plans sees the middle of a grid cell.
_POINTS: tuple[Role, ...] = ("operator", "auditor")


class NotYours(GolmokError):
    """A page, a tile or an export belongs to other roles."""


class EditionRefused(GolmokError):
    """There is no edition of this name, or it holds no such layer."""


def pages_of(roles: Iterable[Role]) -> tuple[str, ...]:
    """Return the pages that one of the roles may open, in the order of the menu; () for no role."""
    held = set(roles)
    return tuple(page for page, open_to in _PAGES.items() if open_to & held)


def editions_of(roles: Iterable[Role]) -> tuple[Edition, ...]:
    """Return the editions that one of the roles may take, the least first; () for no role."""
    held = set(roles)
    return tuple(edition for edition in EDITIONS if _EDITIONS[edition] & held)


def require_page(page: str, roles: Iterable[Role]) -> None:
    """Raise NotYours unless one of the roles may open the page; KeyError for a page that is none."""
    if not _PAGES[page] & set(roles):
        raise NotYours(page)


def require_board(roles: Iterable[Role]) -> None:
    """Raise NotYours unless one of the roles may watch the board of open incidents."""
    if not _BOARD & set(roles):
        raise NotYours("board")


def require_role(role: Role, roles: Iterable[Role] = LOCAL) -> None:
    """Raise NotYours unless the role is among those of the visitor."""
    if role not in set(roles):
        raise NotYours(role)


def require_edition(edition: str, roles: Iterable[Role] = LOCAL) -> Edition:
    """Return the edition. Raises EditionRefused when there is none of that name, NotYours when the roles may not take it."""
    for known in EDITIONS:
        if known == edition:
            if _EDITIONS[known] & set(roles):
                return known
            raise NotYours(edition)
    raise EditionRefused(f"editions are {', '.join(EDITIONS)}, not {edition!r}")


def require_layer(layer: str, edition: str, roles: Iterable[Role] = LOCAL) -> Edition:
    """Return the edition that holds a layer of the map. Raises as `require_edition`; KeyError for a layer that is none."""
    taken = require_edition(edition, roles)
    if not holds(taken, layer):
        raise EditionRefused(f"the {taken} edition holds no layer {layer!r}")
    return taken


def points_as(roles: Iterable[Role]) -> Role | None:
    """Return the role as which the very points of incidents may be read, None where none of the roles may."""
    held = set(roles)
    return next((role for role in _POINTS if role in held), None)


def holds(edition: Edition, layer: str) -> bool:
    """Tell whether a layer of the map may be part of an edition. KeyError for a layer that is none."""
    return EDITIONS.index(edition) >= EDITIONS.index(LAYER_EDITION[layer])


def roles_in(claim: object) -> frozenset[Role]:
    """Return the roles that a claim of sign-in names: text, or a list of it; what is no role of ours counts for nothing."""
    given = [claim] if isinstance(claim, str) else claim if isinstance(claim, list | tuple) else []
    words = {word for text in given if isinstance(text, str) for word in text.replace(",", " ").split()}
    return frozenset(role for role in ROLES if role in words)
