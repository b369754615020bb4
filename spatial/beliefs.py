"""What is believed of where cameras look: chances over headings and tilts, and how evidence sharpens them.

A belief is a chance for each of 72 headings (bins of 5 degrees, uniform within) and for each of the steps of the tilt.
It starts even: nobody knows. Each piece of evidence multiplies it by its likelihood, mixed with one that tells nothing,
as far as the evidence is doubted; so no single word, street or glance ever makes a heading certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from spatial.doubts import COMMON, COMMON_CHANCE, TILT_CHANCE, TILTS
from spatial.errors import OutOfRange, WrongShape

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BINS = 72
BIN_DEG = 360.0 / BINS

# A lobe of the mixture: heading, one standard deviation (degrees), share.
Lobe = tuple[float, float, float]

# A turn in ticks, so that 32-bit angles wrap round by themselves.
TURN_TICKS = 2.0**32
# The generator's counter has the camera in its third word, or, with this in the fourth, the pole.
_OF_A_POLE = 1
_COMMON_STREAM = 2
_TILT_STREAM = 3


@dataclass(frozen=True, slots=True, eq=False)
class Beliefs:
    """What is believed of c cameras.

    camera_ids   (c,) ascending
    heading_deg  (c,) where the heading is known, else NaN
    heading_p    (c, BINS) chance of each bin, summing to 1; bin k is the headings from k to k + 1 times 5 degrees
    tilt_p       (c, TILTS) chance of each step of a doubted tilt, the same for all heads of a pole
    pole         (c,) which pole each hangs on
    offset       (c,) how far along the chances 0..1 each looks apart from the first head of its pole: of three heads 0,
                 1/3 and 2/3
    """

    camera_ids: Ints
    heading_deg: Floats
    heading_p: Floats
    tilt_p: Floats
    pole: Ints
    offset: Floats

    @property
    def sums(self) -> Floats:
        """The chance (c, BINS + 1) of a heading below each edge of the bins."""
        whole = np.cumsum(self.heading_p, axis=1)
        sums = np.zeros((len(self.camera_ids), BINS + 1))
        sums[:, 1:] = whole / whole[:, -1:]
        return sums

    def take(self, chosen: NDArray[np.bool_] | Ints) -> Beliefs:
        """Return the beliefs of some cameras; their offsets stay."""
        return Beliefs(*(getattr(self, name)[chosen] for name in self.__slots__))

    def of(self, camera_ids: ArrayLike) -> Beliefs:
        """Return the beliefs of these cameras, ascending. Raises WrongShape if one is not among them."""
        wanted = np.unique(np.asarray(camera_ids, dtype=np.int64))
        if not np.isin(wanted, self.camera_ids).all():
            raise WrongShape("a camera without a belief")
        return self.take(np.searchsorted(self.camera_ids, wanted))


def nothing_known(
    camera_ids: ArrayLike, *, heading_deg: ArrayLike | None = None, pole: ArrayLike | None = None
) -> Beliefs:
    """Return even beliefs: every heading alike, tilts as doubted.

    camera_ids   repeated ones count once
    heading_deg  (n,) known headings, NaN where unknown; None knows none
    pole         (n,) the pole of each; None lets each hang alone, and so look as if it were
    """
    ids = np.asarray(camera_ids, dtype=np.int64)
    unique, first = np.unique(ids, return_index=True)
    known = np.full(len(ids), np.nan) if heading_deg is None else np.asarray(heading_deg, dtype=np.float64)
    poles = -1 - np.arange(len(unique)) if pole is None else np.asarray(pole, dtype=np.int64)[first]
    return Beliefs(
        unique,
        known[first] % 360.0,
        np.full((len(unique), BINS), 1.0 / BINS),
        np.tile(TILT_CHANCE, (len(unique), 1)),
        poles,
        _apart(poles),
    )


def believed(cameras: pd.DataFrame, told: pd.DataFrame) -> Beliefs:
    """Return the beliefs of cameras, even where nothing is told of one.

    cameras  camera_id, site_id and heading_deg (NaN where unknown)
    told     camera_id, heading_sums (BINS + 1 numbers, as `Beliefs.sums`) and tilt_p; of other cameras too
    """
    even = nothing_known(cameras["camera_id"], heading_deg=cameras["heading_deg"], pole=cameras["site_id"])
    known = told[told["camera_id"].isin(even.camera_ids)]
    row = np.searchsorted(even.camera_ids, known["camera_id"].to_numpy(dtype=np.int64))
    heading_p, tilt_p = even.heading_p.copy(), even.tilt_p.copy()
    if len(known):
        heading_p[row] = np.diff(np.stack([np.asarray(each) for each in known["heading_sums"]]), axis=1)
        tilt_p[row] = np.stack([np.asarray(each) for each in known["tilt_p"]])
    return replace(even, heading_p=heading_p, tilt_p=tilt_p)


def _apart(pole: Ints) -> Floats:
    """Return the offset of each camera among those of its pole, in the order they come."""
    order = np.argsort(pole, kind="stable")
    _poles, first, counts = np.unique(pole[order], return_index=True, return_counts=True)
    rank = np.arange(len(pole)) - np.repeat(first, counts)
    offset = np.empty(len(pole))
    offset[order] = rank / np.repeat(counts, counts)
    return offset


def lobes_p(lobes: Sequence[Lobe]) -> Floats:
    """Return the chances (BINS,) of a mixture of wrapped normal distributions.

    lobes   heading, one standard deviation (degrees, above 0) and share of each; shares need not sum to 1
    Raises  OutOfRange without a lobe, for a deviation not positive or a negative share
    """
    table = np.asarray(lobes, dtype=np.float64).reshape(-1, 3)
    heading, spread, share = table.T
    if not (len(table) and (spread > 0.0).all() and (share >= 0.0).all() and share.sum() > 0.0):
        raise OutOfRange("lobes need positive deviations and shares")
    edges = np.arange(BINS + 1) * BIN_DEG
    wraps = 360.0 * np.arange(-3, 4)
    below = ndtr((edges[:, None, None] - heading[:, None] - wraps) / spread[:, None]).sum(axis=2)
    found: Floats = np.diff(below, axis=0) @ (share / share.sum())
    return np.asarray(found / found.sum())


def with_headings(
    beliefs: Beliefs, camera_id: int, likelihood: ArrayLike, *, weight: float, mates: float = 0.0
) -> Beliefs:
    """Return the beliefs after evidence of where a camera looks.

    likelihood  (BINS,) how likely the evidence is for each heading, up to a factor, e.g. `lobes_p`
    weight      0..1, the chance that the evidence has to do with the heading at all
    mates       0..1, how far it tells of the other heads of the pole too, which look apart from this one; 0 for what
                tells of the pole, such as its streets, 1 if they kept apart without fail
    Returns     the same beliefs where the heading is known: evidence adds nothing to it
    Raises      OutOfRange for another weight; WrongShape for a camera without a belief
    """
    row = _row(beliefs, camera_id)
    told = _mixed(beliefs.heading_p[row], np.asarray(likelihood, dtype=np.float64), weight)
    if np.isfinite(beliefs.heading_deg[row]):
        return beliefs
    heading_p = beliefs.heading_p.copy()
    if mates > 0.0:
        for mate in np.flatnonzero(beliefs.pole == beliefs.pole[row]):
            if mate == row:
                continue
            heading_p[mate] *= mates * _told_of_mate(beliefs, row, int(mate), told) + (1.0 - mates)
            heading_p[mate] /= heading_p[mate].sum()
    heading_p[row] *= told
    heading_p[row] /= heading_p[row].sum()
    return replace(beliefs, heading_p=heading_p)


# A bin is looked at in so many places when one head's heading says another's.
_PLACES = 5


def _told_of_mate(beliefs: Beliefs, row: int, mate: int, told: Floats) -> Floats:
    """Return what evidence of one head tells (BINS,) of another: where the one looks when the other looks there."""
    sums, offset = beliefs.sums, beliefs.offset
    edges = np.arange(BINS + 1) * BIN_DEG
    heading = (np.arange(BINS * _PLACES) + 0.5) * BIN_DEG / _PLACES
    turn = (np.interp(heading, edges, sums[mate]) - offset[mate] + offset[row]) % 1.0
    looks = np.minimum((np.interp(turn, sums[row], edges) / BIN_DEG).astype(int), BINS - 1)
    return np.asarray(told[looks].reshape(BINS, _PLACES).mean(axis=1))


def with_glance(
    beliefs: Beliefs, camera_id: int, sees: ArrayLike, *, seen: bool, weight: float, mates: float = 0.0
) -> Beliefs:
    """Return the beliefs after it was looked whether a camera sees a place.

    sees    (variants, BINS) chance that it does for each variant of its optics and each heading: `sees_by_heading`
    seen    what was found
    weight  0..1, the chance that the finding is right; if it is not, it tells nothing
    mates   as `with_headings`
    """
    row = _row(beliefs, camera_id)
    table = np.asarray(sees, dtype=np.float64)
    likelihood = table if seen else 1.0 - table
    if table.shape[0] == 1:
        return with_headings(beliefs, camera_id, likelihood[0], weight=weight, mates=mates)
    by_tilt = np.einsum("s,stb->tb", COMMON_CHANCE, likelihood.reshape(COMMON, TILTS, BINS))
    heading, tilt = _heading_p(beliefs, row), beliefs.tilt_p[row]
    after = with_headings(beliefs, camera_id, tilt @ by_tilt, weight=weight, mates=mates)
    return with_tilt(after, camera_id, by_tilt @ heading, weight=weight)


def with_tilt(beliefs: Beliefs, camera_id: int, likelihood: ArrayLike, *, weight: float) -> Beliefs:
    """Return the beliefs after evidence of a camera's tilt, which its pole's other heads share.

    likelihood  (TILTS,) how likely the evidence is for each step of the tilt, up to a factor
    weight, Raises  as `with_headings`
    """
    row = _row(beliefs, camera_id)
    tilt = beliefs.tilt_p[row]
    told = tilt * _mixed(tilt, np.asarray(likelihood, dtype=np.float64), weight)
    same_pole = beliefs.pole == beliefs.pole[row]
    return replace(beliefs, tilt_p=np.where(same_pole[:, None], told / told.sum(), beliefs.tilt_p))


def _heading_p(beliefs: Beliefs, row: int) -> Floats:
    """Return the chances (BINS,) of a camera's heading; of a known one its bin alone."""
    known = beliefs.heading_deg[row]
    if not np.isfinite(known):
        return np.asarray(beliefs.heading_p[row])
    return np.asarray(np.arange(BINS) == int(known // BIN_DEG), dtype=np.float64)


def _row(beliefs: Beliefs, camera_id: int) -> int:
    row = int(np.searchsorted(beliefs.camera_ids, camera_id))
    if row == len(beliefs.camera_ids) or beliefs.camera_ids[row] != camera_id:
        raise WrongShape("a camera without a belief")
    return row


def _mixed(prior: Floats, likelihood: Floats, weight: float) -> Floats:
    """Return the likelihood, in units of its mean, mixed with one that tells nothing."""
    if not 0.0 <= weight <= 1.0:
        raise OutOfRange(f"a weight lies in 0..1, not {weight}")
    mean = float(prior @ likelihood)
    # Evidence that no heading could have given is no evidence.
    told = likelihood / mean if mean > 0.0 else np.ones(len(likelihood))
    return weight * told + (1.0 - weight)


def sees_by_heading(bearing_deg: float, windows: ArrayLike) -> Floats:
    """Return the chance (v, BINS) that a camera sees a place, for each variant and bin of headings.

    bearing_deg  from the camera to the place
    windows      (v, 2) degrees off the heading between which it sees it; from above to for none
    """
    edge = np.asarray(windows, dtype=np.float64)
    low, high = edge[:, :1], np.maximum(edge[:, 1:], edge[:, :1])
    start = np.arange(BINS) * BIN_DEG
    found = np.zeros((len(edge), BINS))
    for first, last in ((bearing_deg - high, bearing_deg - low), (bearing_deg + low, bearing_deg + high)):
        for turn in (-720.0, -360.0, 0.0, 360.0):
            overlap = np.minimum(last + turn, start + BIN_DEG) - np.maximum(first + turn, start)
            found += np.maximum(overlap, 0.0)
    return np.minimum(found / BIN_DEG, 1.0) * (edge[:, 1:] > edge[:, :1])


@dataclass(frozen=True, slots=True, eq=False)
class Headings:
    """Drawn headings: ticks (cameras, draws) of which 2**32 make a full turn, in the order of camera_ids.

    variant  (cameras, draws) which variant of the doubted optics was drawn (`spatial.doubts`); None: as assumed
    """

    camera_ids: Ints
    ticks: NDArray[np.int32]
    variant: NDArray[np.uint8] | None = None

    @property
    def draws(self) -> int:
        """Return how often each heading was drawn."""
        return int(self.ticks.shape[1])


def draw(beliefs: Beliefs, *, draws: int = 400, seed: int) -> Headings:
    """Draw a heading and a variant of the optics for each camera and draw.

    A pole's heads look apart: they share a number and take it at offsets of their own. What is drawn depends on the
    seed, the number of the draw and the pole with its heads (of a camera whose pole is not given: the camera) alone,
    so shares of several classes, groups and subsets rest on the same draws, and so do shares of two days, but for the
    poles that got or lost a head.
    Raises  OutOfRange if draws is below 1 or the seed no whole number of 64 bits
    Source  Philox-4x64, a counter-based generator: Salmon et al. (2011), Parallel random numbers: as easy as 1, 2, 3
    """
    _require_draws(draws, seed)
    poles, of_pole = np.unique(beliefs.pole, return_inverse=True)
    alone = poles < 0
    key = np.where(alone, 0, poles)
    key[of_pole[beliefs.pole < 0]] = beliefs.camera_ids[beliefs.pole < 0]
    words = _streams(key, np.where(alone, 0, _OF_A_POLE), draws, seed)
    tilt_words = _streams(key, np.where(alone, _TILT_STREAM, _TILT_STREAM + 1), draws, seed)
    common = _common_steps(draws, seed)
    ticks = np.empty((len(of_pole), draws), dtype=np.int32)
    variant = np.empty((len(of_pole), draws), dtype=np.uint8)
    for first in range(0, len(of_pole), _AT_ONCE):
        some = np.arange(first, min(first + _AT_ONCE, len(of_pole)))
        part = beliefs.take(some)
        ticks[some] = to_ticks(_headings(part, words[of_pole[some]]))
        variant[some] = common * TILTS + _stepped(part.tilt_p, tilt_words[of_pole[some]])
    return Headings(beliefs.camera_ids, ticks, variant)


def _common_steps(draws: int, seed: int) -> Ints:
    """Return the common step (1, draws) of each draw, each step about as often as its chance says.

    The outermost steps have a chance of 1/36, just above the 1/40 beyond an end of the interval: drawn blindly, they fall
    within it in one run and out of it in the next. So the numbers go round the circle in steps of the golden section,
    which spreads any first so many of them evenly, from a start that the seed gives.
    Source  Weyl (1916); Niederreiter (1992), Random Number Generation and Quasi-Monte Carlo Methods, 3.1
    """
    zero = np.zeros(1, dtype=np.int64)
    start = _streams(zero, zero + _COMMON_STREAM, 1, seed).astype(np.int64) % 2**32
    return _stepped(COMMON_CHANCE[None, :], (start + np.arange(draws) * _GOLDEN_TICKS).astype(np.int32))


# The golden section of a turn of 2**32; odd, so that no number comes twice.
_GOLDEN_TICKS = 2_654_435_769

# Cameras whose draws are worked out at once, in doubles; all together would take gigabytes for a large network.
_AT_ONCE = 4096


def _headings(beliefs: Beliefs, words: NDArray[np.int32]) -> Floats:
    """Return the headings (c, draws), degrees, of cameras whose poles drew these numbers."""
    turn = (words.astype(np.int64) % 2**32 / TURN_TICKS + beliefs.offset[:, None]) % 1.0
    heading = _inverse(beliefs.sums, turn)
    known = np.isfinite(beliefs.heading_deg)
    heading[known] = beliefs.heading_deg[known, None]
    return heading


def draw_headings(camera_ids: ArrayLike, *, draws: int = 400, seed: int) -> Headings:
    """Draw headings of cameras of which nothing is known, uniformly and independently: `draw` without beliefs."""
    _require_draws(draws, seed)
    unique = np.unique(np.asarray(camera_ids, dtype=np.int64))
    return Headings(unique, _streams(unique, np.zeros(len(unique), dtype=np.int64), draws, seed))


def to_ticks(angle_deg: Floats) -> NDArray[np.int32]:
    """Return angles as ticks, 2**32 a turn, wrapped."""
    turned = ((angle_deg + 180.0) % 360.0 - 180.0) / 360.0 * TURN_TICKS
    return np.rint(turned).astype(np.int64).astype(np.int32)


def _require_draws(draws: int, seed: int) -> None:
    if draws < 1:
        raise OutOfRange(f"draws must be at least 1, not {draws}")
    if not 0 <= seed < 2**64:
        raise OutOfRange(f"seed must be a whole number of 64 bits, not {seed}")


def _streams(keys: Ints, kinds: Ints, draws: int, seed: int) -> NDArray[np.int32]:
    """Return (keys, draws) 32-bit numbers, a stream for each key and kind."""
    stream = np.random.Philox(key=seed)
    # `state` hands out a copy: the start of a stream, whose counter's last words are made the key and the kind.
    start = stream.state
    words = np.empty((len(keys), (draws + 1) // 2), dtype="<u8")
    # A loop, as a generator has no vector of counters: some 10 microseconds a camera.
    for row, (key, kind) in enumerate(zip(keys.astype(np.uint64), kinds.astype(np.uint64), strict=True)):
        start["state"]["counter"][2], start["state"]["counter"][3] = key, kind
        stream.state = start
        words[row] = stream.random_raw(words.shape[1])
    ticks = words.view("<i4").astype(np.int32, copy=False)
    return np.ascontiguousarray(ticks[:, :draws])


def _inverse(sums: Floats, turn: Floats) -> Floats:
    """Return the headings (c, draws), degrees, at which the sums (c, bins + 1) reach the numbers 0..1."""
    edges = np.arange(BINS + 1) * BIN_DEG
    return np.array([np.interp(row, total, edges) for row, total in zip(turn, sums, strict=True)]).reshape(
        turn.shape
    )


def _stepped(chance: Floats, words: NDArray[np.int32]) -> Ints:
    """Return the step (c, draws) that each number falls into; chances (c, steps)."""
    turn = words.astype(np.int64) % 2**32 / TURN_TICKS
    upper = np.cumsum(chance, axis=1)[:, :-1]
    return np.asarray((turn[:, :, None] >= upper[:, None, :]).sum(axis=2), dtype=np.int64)
