"""What can be asked of a load, said before the file is opened or the database is."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services import WrongUse, loading


def _nothing(*_: object) -> None:
    """Nobody watches."""


@pytest.mark.parametrize("name", ["어린이보호구역", "a b", "Zones", "1st", "a'; drop", "z" * 64, "a\x00"])
def test_a_layers_name_is_plain(name: str) -> None:
    with pytest.raises(WrongUse, match="small letters"):
        loading.load_file(None, "layer", Path("none.csv"), layer=name, progress=_nothing)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (0, "no coordinates of the code EPSG:0"),
        (-1, "no coordinates"),
        (999_999, "no coordinates"),
        (10**30, "no coordinates"),
        (5703, "does not say where"),  # a height above the sea
    ],
)
def test_assumed_coordinates_exist_and_say_where_a_place_is(code: int, why: str) -> None:
    with pytest.raises(WrongUse, match=why):
        loading.load_file(None, "zones", Path("none.geojson"), assume_crs=code, progress=_nothing)
