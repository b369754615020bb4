"""What a plan chooses among: options with what each sees and costs, and what must, may and must not be together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Group:
    """Options of which `least` to `most` are chosen: the aims of a mount, the cameras of a pole, the fates of a camera.

    name     what people call it, for the sentence that says why a plan is impossible
    options  (n,) columns of the cover
    """

    name: str
    options: Whole
    most: int = 1
    least: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the demand of which so much must be seen: a dong's least share, a zone that must be seen whole.

    demand   (n,) rows of the cover
    amounts  (n,) what each row is worth here, metres for instance: zero or more
    least    what the seen rows' amounts must add up to, in the same unit
    """

    name: str
    demand: Whole
    amounts: Floats
    least: float


@dataclass(frozen=True, slots=True)
class Cap:
    """What the chosen options may add up to: square metres of private plots, for instance.

    amounts  (options,) zero or more
    """

    name: str
    amounts: Floats
    most: float


@dataclass(frozen=True, slots=True)
class Model:
    """A question of siting: maximise the worth of what is seen, less the charges, within the limits.

    cover     scipy.sparse (demand, option), nonzero where the option sees the demand. An option may be an aim of a
              new camera, or a fate of an existing one: kept as it is, re-aimed, moved, taken down (an empty column)
    weights   (demand,) what seeing it is worth, zero or more
    costs     (option,) won, zero or more: an existing camera that stays costs nothing
    budget    what the chosen may cost in all; None: no limit
    p         how many `counted` options may be chosen; None: no limit
    counted   (option,) which are new cameras; None: all
    fixed     options that are open already: outside p, budget, caps and chosen, inside what is seen
    charges   (option,) worth taken off for choosing it: what intrusion weighs against coverage; None: nothing
    poles     (option,) number of the pole that it stands on; None: each its own
    backup    worth of a second camera from another pole, as a share 0..1 of the demand's weight
    sides     scipy.sparse (demand, option), nonzero as `cover`: 1 where it looks along the street, 2 where against,
              3 where it sees both faces; None: not told
    diverse   worth of being seen from both sides, as a share 0..1 of the demand's weight
    """

    cover: Any  # scipy.sparse; scipy ships no types
    weights: Floats
    costs: Floats
    budget: float | None = None
    p: int | None = None
    counted: NDArray[np.bool_] | None = None
    fixed: Sequence[int] = ()
    groups: Sequence[Group] = ()
    shares: Sequence[Share] = ()
    caps: Sequence[Cap] = ()
    charges: Floats | None = None
    poles: Whole | None = None
    backup: float = 0.0
    sides: Any = None
    diverse: float = 0.0


@dataclass(frozen=True, slots=True)
class Solved:
    """A choice of options and how good it provably is.

    chosen  (k,) options in the order of greatest gain
    worth   weight seen, with backup and diversity, less the charges of the chosen
    bound   no choice within the limits is worth more
    gap     (bound - worth) / bound, 0 when the bound is 0 or less
    proved_optimal  True only when worth reaches the bound itself, with no tolerance
    seen    (demand,) what the chosen and the fixed see
    """

    chosen: Whole
    worth: float
    bound: float
    gap: float
    proved_optimal: bool
    seen: NDArray[np.bool_]
