"""What a district's file says for its policy page, where no registry holds it: item by item, in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

# The keys of [policy.ko] and [policy.en]: what article 25, paragraph 7 asks for and no registry tells.
TOPICS = (
    "range",
    "department",
    "manager",
    "contact",
    "access",
    "hours",
    "place",
    "processing",
    "inspection",
    "requests",
    "protection",
    "outsourcing",
    "other",
)
LANGUAGES = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Policy:
    """What the operator of the cameras tells of them.

    in_force  the day from which the policy holds; None where the file does not say
    told      language -> topic -> text; what is not told is not there
    """

    in_force: date | None = None
    told: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)

    def text(self, topic: str, lang: str) -> str | None:
        """Return what is told of a topic in a language; None where nothing is. KeyError for a topic that is none."""
        if topic not in TOPICS:
            raise KeyError(topic)
        return self.told.get(lang, {}).get(topic)


def read_policy(section: Mapping[str, object]) -> Policy:
    """Return the policy of a file's section. Raises ValueError or TypeError for what it may not hold."""
    if unknown := sorted(section.keys() - {"in_force", *LANGUAGES}):
        raise ValueError(f"policy does not know {', '.join(unknown)}")
    in_force = section.get("in_force")
    if in_force is not None and type(in_force) is not date:
        raise TypeError(f"policy.in_force expects a day, not {in_force!r}")
    return Policy(in_force, {lang: _texts(lang, section.get(lang, {})) for lang in LANGUAGES})


def _texts(lang: str, texts: object) -> dict[str, str]:
    if not isinstance(texts, Mapping):
        raise TypeError(f"policy.{lang} expects texts by topic, not {texts!r}")
    for topic, text in texts.items():
        if topic not in TOPICS:
            raise ValueError(f"policy.{lang} does not know {topic}; there are: {', '.join(TOPICS)}")
        if not isinstance(text, str) or not text.strip():
            raise TypeError(f"policy.{lang}.{topic} expects a text, not {text!r}")
    return dict(texts)
