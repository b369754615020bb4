"""The policy page that article 25, paragraph 7 of the Personal Information Protection Act asks of whoever runs cameras.

Its eight items (article 25, paragraph 1 of the Decree) come from the registry and, where no registry tells, from the
district's file. What neither tells is said to be missing: nothing is invented.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

from app.policy_page import document
from app.report_html import html
from app.services import WrongUse, grounds
from app.words import LANGUAGES
from etl.db import Database
from etl.policy import TOPICS, Policy
from etl.store.policy import policy_facts

# The eight items in the order of the Decree: what of each comes from the database, and what the district's file tells.
ITEMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "purpose": (("purposes",), ()),
    "place": (("sites", "dong"), ("range",)),
    "persons": (("agencies",), ("department", "manager", "contact", "access")),
    "keeping": (("retention",), ("hours", "place", "processing")),
    "inspection": ((), ("inspection",)),
    "requests": ((), ("requests",)),
    "protection": ((), ("protection",)),
    "other": ((), ("outsourcing", "other")),
}


class OtherLaw(WrongUse):
    """The district lies where another law holds."""


def policy(db: Database) -> dict[str, Any]:
    """Return what the page says, JSON-ready; `db` may be opened as public, for it asks for nothing else.

    items     of each of the eight: its facts, what is told of it ({language: {topic: text}}), and what is missing
    missing   topics that the district's file does not tell in both languages
    Raises    OtherLaw for a district whose clocks are not Korea's
    """
    district = db.district
    if grounds.told("25-1-1", district.timezone) is None:
        raise OtherLaw(
            f"the policy page is that of Korean law; {district.name} has clocks of {district.timezone}"
        )
    found: dict[str, Any] = policy_facts(db)
    (days,) = found.pop("days")
    found["dong"] = _by_dong(found["sites"])
    return {
        "district": {"name": district.name, "name_ko": district.name_ko, "name_en": district.name_en},
        "at": days["today"],
        "registry": days["registry"],
        "in_force": district.policy.in_force,
        "cameras": sum(site["cameras"] for site in found["sites"]),
        "retention_assumed_days": district.retention_days,
        "items": [_item(name, found, district.policy) for name in ITEMS],
        "missing": _missing(district.policy, TOPICS),
        "invented": district.invented,
    }


def page(db: Database, *, lang: str) -> str:
    """Return the page as one HTML text that holds all it needs; `db` may be opened as public. Raises OtherLaw."""
    return html(document(policy(db), lang))


def write(db: Database, out: Path, *, lang: str) -> dict[str, Any]:
    """Write the page to an .html file that holds all it needs; return what it says, the file and its digest.

    Raises  OtherLaw; WrongUse for a language that we do not speak or a file that is no .html
    """
    if lang not in LANGUAGES:
        raise WrongUse(f"the page speaks {' and '.join(LANGUAGES)}, not {lang!r}")
    if out.suffix.lower() != ".html":
        raise WrongUse(f"the policy page is an .html file, not {out.name}")
    told = policy(db)
    content = html(document(told, lang)).encode()
    out.write_bytes(content)
    return told | {"out": str(out), "lang": lang, "sha256": hashlib.sha256(content).hexdigest()}


def _item(name: str, found: dict[str, Any], policy: Policy) -> dict[str, Any]:
    facts, topics = ITEMS[name]
    told = {lang: {topic: policy.text(topic, lang) for topic in topics} for lang in LANGUAGES}
    return {
        "item": name,
        "facts": {fact: found[fact] for fact in facts},
        "told": told,
        "missing": _missing(policy, topics),
    }


def _missing(policy: Policy, topics: tuple[str, ...]) -> list[str]:
    return [topic for topic in topics if not all(policy.text(topic, lang) for lang in LANGUAGES)]


def _by_dong(sites: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return dong_ko, dong_en, sites and cameras for each dong, in the order of the sites."""
    cameras: Counter[tuple[str | None, str | None]] = Counter()
    poles: Counter[tuple[str | None, str | None]] = Counter()
    for site in sites:
        named = site["dong_ko"], site["dong_en"]
        cameras[named] += site["cameras"]
        poles[named] += 1
    return [
        {"dong_ko": ko, "dong_en": en, "sites": n, "cameras": cameras[ko, en]}
        for (ko, en), n in poles.items()
    ]
