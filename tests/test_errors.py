"""Errors: whoever catches the root catches all, and a value that is wrong is a ValueError."""

from __future__ import annotations

import inspect

from spatial import errors


def test_every_error_descends_from_the_root():
    named = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    assert len(named) > 2
    assert all(issubclass(kind, errors.GolmokError) for kind in named)
    refusals = [kind for kind in named if kind is not errors.GolmokError]
    assert all(issubclass(kind, ValueError) for kind in refusals)
