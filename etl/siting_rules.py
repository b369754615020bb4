"""What a plan may buy and what it costs: models of camera and prices, read from a district's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any

from spatial.types import LensDefaults, LensModel, Prices, assumed_model

# What a model may leave to the district's [defaults].
_FROM_DEFAULTS = ("height_m", "tilt_deg", "max_range_m")


def read_models(section: object, *, lens: LensDefaults, price_won: int) -> tuple[LensModel, ...]:
    """Return the models of camera that a file's `[[models]]` name, each name once.

    lens       the district's assumptions, which give the height, tilt and greatest range that a model leaves out
    price_won  the price of the one model, the assumed camera, of a file that names none
    Raises     ValueError or TypeError for what they may not hold, OutOfRange for a lens that cannot be
    """
    if not isinstance(section, Sequence) or isinstance(section, str):
        raise TypeError("models are tables, each under [[models]]")
    models = tuple(_model(each, lens) for each in section)
    names = [model.name for model in models]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"models are named twice: {', '.join(twice)}")
    return models or (assumed_model(lens, price_won=price_won),)


def read_prices(section: object, *, price_won: int) -> Prices:
    """Return what a file's `[prices]` says.

    price_won  what a new camera costs with its pole and lines, of a file without prices: then that is the price of its
               model, poles and lines cost nothing beside it, and hanging a camera elsewhere costs as much as a new one
    Raises     ValueError or TypeError for what it may not hold, OutOfRange below 0
    """
    if section is None:
        return Prices(move_won=price_won)
    if not isinstance(section, Mapping):
        raise TypeError("prices are one table, [prices]")
    if unknown := sorted(section.keys() - {each.name for each in fields(Prices)}):
        raise ValueError(f"prices does not know {', '.join(unknown)}")
    for name, value in section.items():
        _number(value, f"prices.{name}", whole=name.endswith(("_won", "_won_per_m")))
    return Prices(**section)


def _model(section: object, lens: LensDefaults) -> LensModel:
    if not isinstance(section, Mapping):
        raise TypeError("models are tables, each under [[models]]")
    given: dict[str, Any] = {name: getattr(lens, name) for name in _FROM_DEFAULTS} | dict(section)
    known = [each.name for each in fields(LensModel) if each.default is MISSING]
    if unknown := sorted(given.keys() - set(known)):
        raise ValueError(f"a model does not know {', '.join(unknown)}")
    if absent := [name for name in known if name not in given]:
        raise ValueError(f"a model lacks {', '.join(absent)}")
    if not isinstance(given["name"], str):
        raise TypeError(f"a model's name is a text, not {given['name']!r}")
    for name in known[1:]:
        _number(given[name], f"{name} of {given['name']}", whole=name == "price_won")
    return LensModel(**given)


def _number(value: object, name: str, *, whole: bool) -> None:
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        raise TypeError(f"{name} must be a {'whole ' if whole else ''}number, not {value!r}")
