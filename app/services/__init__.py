"""Use cases, one a file. They know no Streamlit and no SQL; their answers are JSON-ready."""

from __future__ import annotations

from etl.errors import PlatformError


class WrongUse(PlatformError):
    """A use case was asked for what cannot be asked: the person can put it right."""
