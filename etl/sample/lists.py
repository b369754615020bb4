"""Seven departments' lists of one network, invented with the slips of real ones and with the truth beside them.

What a list of another department makes of a camera: a point some metres off, an address spelled otherwise or half of it,
another word for the purpose, a head more or less, a month that nobody remembers. A trial of matching reads these.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LISTS = 7


@dataclass(frozen=True, slots=True)
class Slips:
    """How often a list that tells of another's cameras slips: judgements, from what public registries hold.

    also        chance that another department lists the record too
    exact, far  share of points that are the very same, and that are 15 to 30 m off; the rest is up to 15 m off
    other_*     share of records told with another purpose, count, month, view or pixels; blank_*: with none
    rival       share of records beside which another department has cameras of its own for the same purpose
    """

    also: float = 0.25
    exact: float = 0.35
    far: float = 0.15
    other_purpose: float = 0.12
    other_count: float = 0.08
    other_month: float = 0.15
    blank_month: float = 0.3
    blank_pixels: float = 0.3
    blank_view: float = 0.4
    other_view: float = 0.3
    other_pixels: float = 0.1
    one_address: float = 0.35
    no_address: float = 0.05
    rival: float = 0.03


def retold(
    records: pd.DataFrame, rng: np.random.Generator, *, slips: Slips | None = None
) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Return seven overlapping lists of a network, and for each row the number of the record that it tells of.

    records  columns spatial.matching.COLUMNS, a row a record: the truth
    Returns  rows of the same columns, a new index, `agency` one of "1" to "7"; rows of the same number are the same
             cameras, and no list tells of one twice
    """
    known = slips or Slips()
    owner = pd.factorize(records["agency"])[0] % LISTS
    own = records.assign(agency=owner, record=np.arange(len(records)))
    told = [own]
    for each in range(LISTS):
        chosen = own[(owner != each) & (rng.random(len(own)) < known.also)]
        told.append(_slipped(chosen.assign(agency=each), rng, known))
    rivals = own[rng.random(len(own)) < known.rival]
    told.append(_rivals(rivals, rng, first=len(own)))
    lists = pd.concat(told, ignore_index=True).sample(frac=1.0, random_state=rng).reset_index(drop=True)
    numbers = lists.pop("record").to_numpy(dtype=np.int64)
    return lists.assign(agency=(lists["agency"] + 1).astype(str)), numbers


def _slipped(rows: pd.DataFrame, rng: np.random.Generator, slips: Slips) -> pd.DataFrame:
    n = len(rows)
    moved = _moves(n, rng, slips)
    road, lot = _addresses(rows, rng, slips)
    count = rows["cameras"].to_numpy(int)
    step = np.where(count > 1, rng.choice([-1, 1], n), 1)
    purpose, ground = _purposes(rows, rng, slips)
    return rows.assign(
        x_m=rows["x_m"] + moved[:, 0],
        y_m=rows["y_m"] + moved[:, 1],
        address_road=road,
        address_lot=lot,
        cameras=np.where(rng.random(n) < slips.other_count, count + step, count),
        purpose=purpose,
        legal_ground=ground,
        installed_on=_months(rows, rng, slips),
        pixels=_redrawn(rows["pixels"], np.nan, rng, other=slips.other_pixels, blank=slips.blank_pixels),
        view_text=_redrawn(rows["view_text"], "", rng, other=slips.other_view, blank=slips.blank_view),
    )


def _rivals(rows: pd.DataFrame, rng: np.random.Generator, *, first: int) -> pd.DataFrame:
    """Return cameras of their own that another department hung on the same poles for the same purpose."""
    n = len(rows)
    years = pd.to_timedelta(rng.integers(300, 1500, n), unit="D")
    later = pd.to_datetime(rows["installed_on"]) + years
    return rows.assign(
        agency=(rows["agency"].to_numpy(int) + 1) % LISTS,
        record=first + np.arange(n),
        cameras=rng.integers(1, 4, n),
        installed_on=later.dt.to_period("M").dt.to_timestamp(),
        pixels=2_000_000.0,
        view_text="",
    )


def _moves(n: int, rng: np.random.Generator, slips: Slips) -> NDArray[np.float64]:
    drawn = rng.random(n)
    length = np.select(
        [drawn < slips.exact, drawn < slips.exact + slips.far],
        [0.0, rng.uniform(15.0, 30.0, n)],
        rng.uniform(0.3, 15.0, n),
    )
    turn = rng.uniform(0.0, 2.0 * np.pi, n)
    return np.column_stack([length * np.cos(turn), length * np.sin(turn)])


def _addresses(rows: pd.DataFrame, rng: np.random.Generator, slips: Slips) -> tuple[list[str], list[str]]:
    road, lot = [], []
    for one, two in zip(rows["address_road"], rows["address_lot"], strict=True):
        drawn = rng.random()
        if drawn < slips.no_address:
            one = two = ""
        elif drawn < slips.no_address + slips.one_address and one and two:
            one, two = (one, "") if rng.random() < 0.5 else ("", two)
        road.append(_spelled(one, rng))
        lot.append(_spelled(two, rng))
    return road, lot


def _spelled(address: str, rng: np.random.Generator) -> str:
    """Return an address as another clerk writes it."""
    words = address.split()
    if len(words) > 3 and rng.random() < 0.5:
        words = words[int(rng.integers(1, 3)) :]
    text = ("" if rng.random() < 0.25 else " ").join(words)
    if text and rng.random() < 0.3:
        text += str(rng.choice([" 앞", " 전봇대", "번지", " (골목 입구)", " 일대", " 삼거리"]))
    if len(text) > 6 and rng.random() < 0.05:
        cut = int(rng.integers(0, len(text) - 4))
        text = text[:cut] + text[cut + 1 :]
    return text


def _purposes(rows: pd.DataFrame, rng: np.random.Generator, slips: Slips) -> tuple[list[str], list[str]]:
    known = rows[["purpose", "legal_ground"]].drop_duplicates().to_numpy().tolist() or [["", ""]]
    purpose, ground = [], []
    for code, law in zip(rows["purpose"], rows["legal_ground"], strict=True):
        alike = [each for each in known if each[1] == law and each[0] != code] or known
        if rng.random() < slips.other_purpose:
            code, law = alike[int(rng.integers(len(alike)))]
        purpose.append(str(code))
        ground.append(str(law))
    return purpose, ground


def _redrawn(
    column: pd.Series, none: object, rng: np.random.Generator, *, other: float, blank: float
) -> pd.Series:
    """Return a column with a share of its cells those of other rows, and a share `none`."""
    drawn = rng.random(len(column))
    shuffled = pd.Series(column.to_numpy()[rng.permutation(len(column))], index=column.index)
    return column.where(drawn >= other, shuffled).where((drawn < other) | (drawn >= other + blank), none)


def _months(rows: pd.DataFrame, rng: np.random.Generator, slips: Slips) -> pd.Series:
    days = pd.to_datetime(rows["installed_on"])
    drawn = rng.random(len(rows))
    moved = days + pd.to_timedelta(rng.integers(-90, 91, len(rows)), unit="D")
    other = moved.dt.to_period("M").dt.to_timestamp()
    known = np.where(drawn < slips.other_month, other.to_numpy(), days.to_numpy())
    told = (drawn < slips.other_month) | (drawn >= slips.other_month + slips.blank_month)
    return pd.Series(np.where(told, known, np.datetime64("NaT")), index=rows.index)
